package io.tidemark.aggregate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** The event of these tests. */
record Sample(long timestamp, long value) {

    private static final long[] EXTREMES = {
        Long.MIN_VALUE,
        Long.MIN_VALUE + 1,
        -1L << 53,
        -2049,
        -2048,
        -1,
        0,
        1,
        2047,
        2048,
        1L << 53,
        Long.MAX_VALUE - 1,
        Long.MAX_VALUE
    };

    /** Seeded samples whose timestamps are all different and in no order; small values, any values or extremes, by seed. */
    static List<Sample> random(Random random, int size) {
        Set<Long> timestamps = new LinkedHashSet<>();
        if (size >= 2) {
            timestamps.add(Long.MIN_VALUE + 1);
            timestamps.add(Long.MAX_VALUE - 1);
        }
        while (timestamps.size() < size) {
            timestamps.add(random.nextBoolean() ? random.nextInt() : random.nextLong());
        }
        int kind = random.nextInt(4);
        List<Sample> samples = new ArrayList<>();
        timestamps.forEach(timestamp -> samples.add(new Sample(timestamp, value(random, kind))));
        Collections.shuffle(samples, random);
        return samples;
    }

    private static long value(Random random, int kind) {
        return switch (kind) {
            case 0 -> random.nextInt(2_001) - 1_000;
            case 1 -> random.nextLong();
            case 2 -> EXTREMES[random.nextInt(EXTREMES.length)];
            default -> random.nextInt();
        };
    }
}

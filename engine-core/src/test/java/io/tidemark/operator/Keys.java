package io.tidemark.operator;

import io.tidemark.testing.Seeds;
import java.util.Random;

/** Long keys that are hard on open addressing. */
final class Keys {
    /** The inverse of the tables' multiplier modulo 2^64: {@code INVERSE * h} hashes to {@code h}. */
    private static final long INVERSE = inverse(0x9E3779B97F4A7C15L);

    private Keys() {}

    private static long inverse(long odd) {
        long inverse = odd;
        for (int i = 0; i < 6; i++) {
            inverse *= 2 - odd * inverse; // Newton: each step doubles the number of right bits
        }
        return inverse;
    }

    /** A key from few enough that it comes again: the edges of long, colliding ones, small ones, any. */
    static long any(Random random, int kinds) {
        int one = random.nextInt(kinds);
        return switch (one % 5) {
            case 0 -> new long[] {0, -1, 1, Long.MIN_VALUE, Long.MAX_VALUE}[one % 4];
            case 1 -> INVERSE * one; // all in the first slot
            case 2 -> INVERSE * (-1 - one); // all in the last slot, so they wrap around to the first ones
            case 3 -> one;
            default -> Seeds.random(one).nextLong();
        };
    }
}

package io.tidemark.watermark;

import java.util.Random;

/** Rows of two longs, timestamp and carried watermark, behind some that are none of ours. */
final class Rows {
    static final int STRIDE = 2;
    static final int PUNCTUATION = 1;

    /** Index of the first row's timestamp. */
    static final int FIRST = 3;

    final long[] longs;
    final int count;

    private Rows(int count) {
        this.count = count;
        this.longs = new long[FIRST + count * STRIDE];
    }

    static Rows of(long... timestamps) {
        Rows rows = new Rows(timestamps.length);
        for (int i = 0; i < timestamps.length; i++) {
            rows.longs[rows.at(i)] = timestamps[i];
            rows.longs[rows.at(i) + PUNCTUATION] = Long.MIN_VALUE;
        }
        return rows;
    }

    /** Out of order around a rising line; about a third carry a watermark. */
    static Rows random(Random random, int count, long origin) {
        Rows rows = new Rows(count);
        for (int i = 0; i < count; i++) {
            long timestamp = origin + i * 2L + random.nextInt(60) - 30;
            rows.longs[rows.at(i)] = timestamp;
            rows.longs[rows.at(i) + PUNCTUATION] =
                    random.nextInt(3) > 0 ? Long.MIN_VALUE : random.nextInt(20) == 0 ? Long.MAX_VALUE : timestamp - 20;
        }
        return rows;
    }

    int at(int row) {
        return FIRST + row * STRIDE;
    }

    long timestamp(int row) {
        return longs[at(row)];
    }
}

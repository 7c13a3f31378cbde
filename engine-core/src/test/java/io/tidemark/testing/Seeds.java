package io.tidemark.testing;

import java.util.Random;

/** Random numbers for tests that try one seed after the other. */
public final class Seeds {
    private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;

    private Seeds() {}

    /**
     * A generator of its own for each seed. Straight from seeds 0, 1, 2 ... the first number of a {@link Random} hardly changes, so that
     * a test which chooses among four cases with it would see only one of them.
     */
    public static Random random(long seed) {
        return new Random(seed * GOLDEN_RATIO);
    }
}

package io.tidemark.testing;

import java.util.SplittableRandom;

/**
 * Random numbers that are the same on every JDK: only {@code nextLong()} of the generator is used, because how a JDK
 * makes a bounded number of it is the JDK's own affair.
 *
 * <p>Threads: belongs to one thread.
 */
final class SeededDraws {
    private static final double UNIT_OF_53_BITS = 0x1.0p-53;

    private final SplittableRandom random;

    SeededDraws(long seed) {
        random = new SplittableRandom(seed);
    }

    /** Draws that have nothing to do with those that follow here. */
    SeededDraws branch() {
        return new SeededDraws(random.nextLong());
    }

    /**
     * A number from {@code smallest} to {@code largest}, both included. Even but for spans near the size of {@code
     * long}.
     */
    long between(long smallest, long largest) {
        if (smallest > largest) {
            throw new IllegalArgumentException("no number lies between " + smallest + " and " + largest);
        }
        long span = largest - smallest + 1;
        if (span > 0) {
            return smallest + (random.nextLong() >>> 1) % span;
        }
        // the span does not fit into a long, so every other draw at least lies inside
        long drawn = random.nextLong();
        while (drawn < smallest || drawn > largest) {
            drawn = random.nextLong();
        }
        return drawn;
    }

    /** A number from 0, included, to 1, excluded. */
    double fraction() {
        return (random.nextLong() >>> 11) * UNIT_OF_53_BITS;
    }

    /** True with this probability; draws a number in any case. */
    boolean chance(double probability) {
        return fraction() < probability;
    }
}

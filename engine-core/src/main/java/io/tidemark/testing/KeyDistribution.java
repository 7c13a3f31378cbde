package io.tidemark.testing;

import java.util.Arrays;

/**
 * Which keys come how often: key {@code k} in proportion to {@code 1 / (k + 1)^skew}. Skew 0 means all alike; 1 is
 * Zipf's law, under which key 0 comes twice as often as key 1 and three times as often as key 2.
 *
 * <p>Threads: immutable. Cost: with a skew 8 bytes a key, and a binary search a draw.
 */
final class KeyDistribution {
    private final int keys;
    private final double skew;
    /** Sum of the weights up to and including each key; empty without a skew. */
    private final double[] cumulative;

    private KeyDistribution(int keys, double skew, double[] cumulative) {
        this.keys = keys;
        this.skew = skew;
        this.cumulative = cumulative;
    }

    static KeyDistribution of(int keys, double skew) {
        if (keys < 1) {
            throw new IllegalArgumentException("a stream needs at least 1 key, got " + keys);
        }
        if (!(skew >= 0 && skew <= 100)) {
            throw new IllegalArgumentException("the skew of the keys must be 0 to 100, got " + skew);
        }
        if (skew == 0) {
            return new KeyDistribution(keys, skew, new double[0]);
        }
        double[] cumulative = new double[keys];
        double sum = 0;
        for (int key = 0; key < keys; key++) {
            // StrictMath: the same to the last bit on every machine
            sum += StrictMath.pow(key + 1.0, -skew);
            cumulative[key] = sum;
        }
        return new KeyDistribution(keys, skew, cumulative);
    }

    long draw(SeededDraws draws) {
        if (cumulative.length == 0) {
            return draws.between(0, keys - 1);
        }
        int found = Arrays.binarySearch(cumulative, draws.fraction() * cumulative[keys - 1]);
        // a hit is the upper edge of its key, which belongs to the next
        return Math.min(found >= 0 ? found + 1 : -found - 1, keys - 1);
    }

    @Override
    public String toString() {
        return keys + (keys == 1 ? " key" : " keys") + (skew == 0 ? "" : " of skew " + skew);
    }
}

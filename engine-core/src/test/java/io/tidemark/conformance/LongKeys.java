package io.tidemark.conformance;

import java.util.ArrayList;
import java.util.List;

/** Gives every name a long of its own, and back: small ones, negative ones and both ends of the range. */
final class LongKeys {
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private final List<String> names = new ArrayList<>();

    long of(String name) {
        int index = names.indexOf(name);
        if (index < 0) {
            index = names.size();
            names.add(name);
        }
        return key(index);
    }

    String nameOf(long key) {
        for (int i = 0; i < names.size(); i++) {
            if (key(i) == key) {
                return names.get(i);
            }
        }
        throw new IllegalArgumentException("no name has the key " + key);
    }

    private static long key(int index) {
        return switch (index) {
            case 0 -> 0;
            case 1 -> Long.MIN_VALUE;
            case 2 -> -1;
            case 3 -> Long.MAX_VALUE;
            default -> index * SPREAD;
        };
    }
}

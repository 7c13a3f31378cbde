package io.tidemark.operator;

/**
 * A closed window that still takes events: which pane each of its keys gets next, and how many late events since its last one have
 * given none. Only of keys with late events, or with a pane of no events, does it know anything.
 */
final class LateWindow {
    /** Instead of a number: no pane is due. */
    static final long NO_PANE = -1;

    final long start;
    final long end;
    /** A key's event count here is the number of its panes. */
    final KeyTable keys;

    private final int fresh;
    private int remainders;

    /** A window over an empty table with one extra long. */
    LateWindow(long start, long end, KeyTable keys) {
        this.start = start;
        this.end = end;
        this.keys = keys;
        this.fresh = keys.width - 1;
    }

    boolean knows(long key) {
        return keys.find(key) >= 0;
    }

    /** A pane of no events was given when the window closed. */
    void addOnTime(long key) {
        int position = keys.claim(key, 0); // by itself, since it may put another array into keys.longs
        keys.longs[position + Entries.COUNT] = 1;
    }

    /**
     * Counts a late event. A key's first makes a pane at once if the window closed without one, then every {@code every}-th does.
     *
     * @param hadPane whether the window closed with a pane of the key; matters only if the window does not know the key
     * @return the number of the pane that is due, or {@link #NO_PANE}
     */
    long add(long key, boolean hadPane, long every) {
        int position = keys.claim(key, 0);
        long panes = keys.longs[position + Entries.COUNT];
        if (panes == 0) {
            keys.longs[position + Entries.COUNT] = 1;
            if (!hadPane) {
                return 0;
            }
            panes = 1;
        }
        long events = keys.longs[position + fresh] + 1;
        if (events < every) {
            remainders += events == 1 ? 1 : 0;
            keys.longs[position + fresh] = events;
            return NO_PANE;
        }
        remainders -= events == 1 ? 0 : 1;
        keys.longs[position + fresh] = 0;
        keys.longs[position + Entries.COUNT] = panes + 1;
        return panes;
    }

    /** How many keys have late events that no pane has shown. */
    int remainders() {
        return remainders;
    }

    /** Whether the key at an occupied position is one of them. */
    boolean hasRemainder(int position) {
        return keys.longs[position + fresh] != 0;
    }

    /** The number of the next pane of the key at a position. */
    long nextPane(int position) {
        return keys.longs[position + Entries.COUNT];
    }
}

package io.tidemark.operator;

/** What a closing window holds, key by key: positions from 0 to {@link #limit} in steps of {@link #step}. */
interface Contents {

    /** One past the last position. */
    int limit();

    /** From one position to the next. */
    int step();

    /** Whether there is a key with events at a position. */
    boolean isOccupied(int position);

    /** Arrival number of the first event of the key at a position. */
    long arrival(int position);

    /** The key at a position. */
    default long keyAt(int position) {
        return entries().key(entryAt(position));
    }

    /** The key's entry, in {@link #entries}; valid until asked for the next one. */
    int entryAt(int position);

    /** Where {@link #entryAt} is. */
    Entries entries();
}

package io.tidemark.operator;

/** What a window that closes or expires holds, key by key: positions from {@link #first} to {@link #limit} in steps of {@link #step}. */
interface Contents {

    /** The first position. */
    int first();

    /** One past the last position. */
    int limit();

    /** From one position to the next. */
    int step();

    /** Whether there is a key with events at a position. */
    boolean isOccupied(int position);

    /** Arrival number of the first event of the key at a position. */
    long arrival(int position);

    /** Number of the key's next pane. */
    default long paneNumber(int position) {
        return 0;
    }

    /** The key at a position. */
    default long keyAt(int position) {
        return entries().key(entryAt(position));
    }

    /** The key's entry, in {@link #entries}; valid until asked for the next one. */
    int entryAt(int position);

    /** Where {@link #entryAt} is. */
    Entries entries();
}

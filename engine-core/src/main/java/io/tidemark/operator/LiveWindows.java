package io.tidemark.operator;

import org.jspecify.annotations.Nullable;

/** From a key to its live windows, and their coming and going. A key is known, and its object retained, while it has a window. */
final class LiveWindows {
    final WindowArena arena;
    private final EntryIndex newestOf;
    private final @Nullable KeyDictionary<?> dictionary;
    private long nextNumber;

    LiveWindows(WindowArena arena, @Nullable KeyDictionary<?> dictionary) {
        this.arena = arena;
        this.newestOf = new EntryIndex(arena);
        this.dictionary = dictionary;
    }

    /** The key's newest window, from which the others follow by {@link WindowArena#older}; NONE if it has none. */
    int newest(long key) {
        return newestOf.get(key);
    }

    /** Guesses the newest windows of a run of keys, see {@link EntryIndex#guess}. */
    void guess(long[] keys, int at, int stride, int count, int[] guesses) {
        newestOf.guess(keys, at, stride, count, guesses);
    }

    /** The key's newest window, of which a guess was made, perhaps before other windows came and went; NONE if it has none. */
    int newest(long key, int guess) {
        return arena.isNewest(guess, key) ? guess : newestOf.get(key);
    }

    /** Brings near what is to be changed when some windows are removed. */
    void prefetch(DueWindows due) {
        if (newestOf.isLarge()) {
            for (int i = 0; i < due.size(); i++) {
                newestOf.fetch(arena.key(due.get(i)));
            }
        }
    }

    /**
     * A new window of a key.
     *
     * @param newer the window that comes after it; NONE if it is the newest
     * @param older the window that comes before it; NONE if it is the oldest
     */
    int begin(long key, long start, long end, int newer, int older) {
        int window = arena.begin(key, start, end, nextNumber++);
        if (dictionary != null) {
            dictionary.retain(key);
        }
        arena.setLinks(window, newer, older);
        if (older != WindowArena.NONE) {
            arena.setNewer(older, window);
        }
        if (newer != WindowArena.NONE) {
            arena.setOlder(newer, window);
        } else if (older != WindowArena.NONE) {
            newestOf.replace(key, older, window);
        } else {
            newestOf.add(key, window);
        }
        return window;
    }

    /**
     * The window with these bounds, begun if the key has it not yet.
     *
     * @param after a window of the key that comes after it, to go on from; NONE to begin with the newest
     */
    int claim(long key, long start, long end, int after) {
        int newer = after;
        int window = after == WindowArena.NONE ? newestOf.get(key) : arena.older(after);
        while (window != WindowArena.NONE && isAfter(window, start, end)) {
            newer = window;
            window = arena.older(window);
        }
        return isThat(window, start, end) ? window : begin(key, start, end, newer, window);
    }

    /** The window with these bounds; NONE if the key has it not. */
    int find(long key, long start, long end) {
        int window = newestOf.get(key);
        while (window != WindowArena.NONE && isAfter(window, start, end)) {
            window = arena.older(window);
        }
        return isThat(window, start, end) ? window : WindowArena.NONE;
    }

    private boolean isThat(int window, long start, long end) {
        return window != WindowArena.NONE && arena.start(window) == start && arena.end(window) == end;
    }

    private boolean isAfter(int window, long start, long end) {
        return arena.end(window) != end ? arena.end(window) > end : arena.start(window) > start;
    }

    /** Forgets a window. */
    void remove(int window) {
        long key = arena.key(window);
        int older = arena.older(window);
        int newer = arena.newer(window);
        if (older != WindowArena.NONE) {
            arena.setNewer(older, newer);
        }
        if (newer != WindowArena.NONE) {
            arena.setOlder(newer, older);
        } else if (older != WindowArena.NONE) {
            newestOf.replace(key, window, older);
        } else {
            newestOf.remove(key, window);
        }
        if (dictionary != null) {
            dictionary.release(key);
        }
        arena.discard(window);
    }

    /** Windows and keys in memory. */
    long entries() {
        return (long) arena.live() + newestOf.size();
    }
}

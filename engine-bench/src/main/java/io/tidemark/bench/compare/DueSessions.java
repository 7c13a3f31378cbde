package io.tidemark.bench.compare;

import java.util.Arrays;

/** The sessions that end at one time, for {@link ContractSessions}. Threads: belongs to one thread. */
final class DueSessions {
    /** So many are in order sooner by insertion. */
    private static final int FEW = 32;

    private static final int DIGIT_BITS = 8;
    private static final int DIGIT = (1 << DIGIT_BITS) - 1;

    private int[] sessions = new int[2 * FEW];
    private int size;

    /** By place: what is sorted by, less the least of it, and the place before; then as many to sort into. */
    private long[] ranks = {};

    private long[] sorted = {};
    private int[] unsorted = {};
    private final int[] places = new int[DIGIT + 2];

    void add(int session) {
        if (size == sessions.length) {
            sessions = Arrays.copyOf(sessions, 2 * size);
        }
        sessions[size++] = session;
    }

    int size() {
        return size;
    }

    int get(int place) {
        return sessions[place];
    }

    void clear() {
        size = 0;
    }

    /** Sorts by start, and those of one start by number. */
    void sort(long[] entries) {
        if (size <= FEW) {
            insert(entries);
        } else {
            sortBy(entries, ContractSessions.NUMBER);
            sortBy(entries, ContractSessions.START);
        }
    }

    private void insert(long[] entries) {
        for (int i = 1; i < size; i++) {
            int session = sessions[i];
            int place = i;
            while (place > 0 && isBefore(entries, session, sessions[place - 1])) {
                sessions[place] = sessions[place - 1];
                place--;
            }
            sessions[place] = session;
        }
    }

    private static boolean isBefore(long[] entries, int session, int other) {
        long start = entries[session + ContractSessions.START];
        long otherStart = entries[other + ContractSessions.START];
        return start < otherStart
                || (start == otherStart
                        && entries[session + ContractSessions.NUMBER] < entries[other + ContractSessions.NUMBER]);
    }

    /** Leaves those that are equal in their order. */
    private void sortBy(long[] entries, int field) {
        if (ranks.length < size) {
            ranks = new long[sessions.length];
            sorted = new long[sessions.length];
            unsorted = new int[sessions.length];
        }
        long least = Long.MAX_VALUE;
        long greatest = Long.MIN_VALUE;
        for (int i = 0; i < size; i++) {
            long value = entries[sessions[i] + field];
            least = Math.min(least, value);
            greatest = Math.max(greatest, value);
        }
        int placeBits = Integer.SIZE - Integer.numberOfLeadingZeros(size);
        for (int i = 0; i < size; i++) {
            ranks[i] = (entries[sessions[i] + field] - least) << placeBits | i;
            unsorted[i] = sessions[i];
        }
        int bits = placeBits + Long.SIZE - Long.numberOfLeadingZeros(greatest - least);
        for (int bit = placeBits; bit < bits; bit += DIGIT_BITS) {
            sortByDigit(bit);
        }
        for (int i = 0; i < size; i++) {
            sessions[i] = unsorted[(int) ranks[i] & ((1 << placeBits) - 1)];
        }
    }

    private void sortByDigit(int bit) {
        Arrays.fill(places, 0);
        for (int i = 0; i < size; i++) {
            places[((int) (ranks[i] >>> bit) & DIGIT) + 1]++;
        }
        for (int digit = 0; digit < DIGIT; digit++) {
            places[digit + 1] += places[digit];
        }
        for (int i = 0; i < size; i++) {
            sorted[places[(int) (ranks[i] >>> bit) & DIGIT]++] = ranks[i];
        }
        long[] before = ranks;
        ranks = sorted;
        sorted = before;
    }
}

package io.tidemark.operator;

import java.util.Arrays;

/**
 * Deadlines of windows, each filed under the stretch of time it lies in: entering one and taking it out cost the same however many there
 * are. What lies farther ahead than the wheel reaches, or in the stretch that the watermark is in, waits in a heap.
 *
 * <p>An entry names its window by position and the low half of its number. That a deadline has moved on since, or its window is gone, is
 * for the owner to find out when it is taken; then it may be entered again. The order in which entries are taken means nothing.
 *
 * <p>Space: 4 bytes and a bit per stretch, 8 per deadline in pieces that go from stretch to stretch.
 */
final class DeadlineWheel {
    /** Enough that a stretch is one unit where gaps are some hundred milliseconds, few enough to stay in the first cache. */
    private static final int STRETCHES = 1 << 10;

    private static final int WORD_BITS = 6;

    /** Longs of a piece: the piece before it in its stretch, then deadlines. */
    private static final int PIECE = 16;

    /** No piece: the first is never used. */
    private static final int NONE = 0;

    /** The length of a stretch is this power of two. */
    private final int shift;
    /** The stretch of the watermark. */
    private long current;

    /** Where the next deadline of each stretch goes, in its newest piece; at that piece's end if it is full. */
    private final int[] free = new int[STRETCHES];
    /** A bit for each stretch that holds something. */
    private final long[] filled = new long[STRETCHES >> WORD_BITS];

    private int filledCount;
    /** Where the first of them begins; {@link Long#MAX_VALUE} if there is none. */
    private long firstFilled = Long.MAX_VALUE;

    private long[] pieces = new long[2 * PIECE];
    private int used = PIECE;
    private int freePiece = NONE;

    private final DeadlineHeap heap = new DeadlineHeap();
    private long first = Long.MAX_VALUE;

    /** What {@link #take} took: the low half of a window's number above its position. */
    private long[] taken = new long[PIECE];

    private int takenCount;

    /**
     * A wheel without deadlines.
     *
     * @param reach how far ahead of the watermark most deadlines lie, in the engine's unit
     */
    DeadlineWheel(long reach) {
        // twice as far: the newest event is ahead of the watermark
        int bits = Long.SIZE - Long.numberOfLeadingZeros(Math.max(0, reach)) + 1;
        shift = Math.max(0, bits - Integer.numberOfTrailingZeros(STRETCHES));
        current = Long.MIN_VALUE >> shift;
    }

    private static long entry(long number, int position) {
        return number << Integer.SIZE | position;
    }

    /** The window of the deadline that was taken at {@code index}. */
    int position(int index) {
        return (int) taken[index];
    }

    /** Whether that deadline was entered for a window with this number, which is negative if it is gone. */
    boolean isOf(int index, long number) {
        return (int) (taken[index] >>> Integer.SIZE) == (int) number && number >= 0;
    }

    /** The smallest watermark at which {@link #take} may take something; {@link Long#MAX_VALUE} if there is nothing. */
    long first() {
        return first;
    }

    /** Enters a deadline above the watermark. */
    void add(long time, long number, int position) {
        long stretch = time >> shift;
        long ahead = stretch - current;
        if (ahead <= 0 || ahead >= STRETCHES) {
            heap.add(time, 0, number, position);
            first = Math.min(first, time);
            return;
        }
        int index = (int) stretch & (STRETCHES - 1);
        int at = free[index];
        if ((at & (PIECE - 1)) == 0) {
            at = extend(index, stretch);
        }
        pieces[at] = entry(number, position);
        free[index] = at + 1;
    }

    /** Puts another piece to a stretch whose last one is full, or that has none; where the next deadline goes. */
    private int extend(int index, long stretch) {
        int at = free[index];
        if (at == NONE) {
            filled[index >> WORD_BITS] |= 1L << index;
            filledCount++;
            firstFilled = Math.min(firstFilled, stretch << shift);
            first = Math.min(first, firstFilled);
        }
        return newPiece(at == NONE ? NONE : at - PIECE) + 1;
    }

    private int newPiece(int before) {
        int piece = freePiece;
        if (piece != NONE) {
            freePiece = (int) pieces[piece];
        } else {
            if (used == pieces.length) {
                pieces = Arrays.copyOf(pieces, Math.multiplyExact(used, 2));
            }
            piece = used;
            used += PIECE;
        }
        pieces[piece] = before;
        return piece;
    }

    /** Takes out all deadlines that {@code watermark} reaches, and some that it nearly does; how many. */
    int take(long watermark) {
        takenCount = 0;
        current = watermark >> shift;
        if (watermark < first) {
            return 0;
        }
        while (!heap.isEmpty() && heap.firstTime() <= watermark) {
            ensureRoom(1);
            taken[takenCount++] = entry(heap.firstNumber(), heap.firstPosition());
            heap.removeFirst();
        }
        if (filledCount > 0 && firstFilled <= watermark) {
            takeFilled(current);
        }
        first = Math.min(firstFilled, heap.firstTime());
        return takenCount;
    }

    /** Takes what is in all stretches up to one; there is some. */
    private void takeFilled(long until) {
        long stretch = firstFilled >> shift;
        while (stretch <= until) {
            int index = (int) stretch & (STRETCHES - 1);
            takeStretch(index);
            filled[index >> WORD_BITS] &= ~(1L << index);
            filledCount--;
            if (filledCount == 0) {
                firstFilled = Long.MAX_VALUE;
                return;
            }
            stretch += distanceToFilled(index);
        }
        firstFilled = stretch << shift;
    }

    /** How many stretches further the next one is that holds something; there is one. */
    private int distanceToFilled(int from) {
        int distance = 1;
        while (true) {
            int index = (from + distance) & (STRETCHES - 1);
            long ahead = filled[index >> WORD_BITS] >>> index;
            if (ahead != 0) {
                return distance + Long.numberOfTrailingZeros(ahead);
            }
            distance += Long.SIZE - (index & (Long.SIZE - 1));
        }
    }

    private void takeStretch(int index) {
        int until = free[index];
        free[index] = NONE;
        int piece = (until - 1) & -PIECE;
        while (piece != NONE) {
            int count = until - piece - 1;
            ensureRoom(count);
            System.arraycopy(pieces, piece + 1, taken, takenCount, count);
            takenCount += count;
            int before = (int) pieces[piece];
            pieces[piece] = freePiece;
            freePiece = piece;
            piece = before;
            until = piece + PIECE;
        }
    }

    private void ensureRoom(int more) {
        if (takenCount + more > taken.length) {
            taken = Arrays.copyOf(taken, Math.max(2 * taken.length, takenCount + more));
        }
    }
}

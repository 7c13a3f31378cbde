package io.tidemark.bench.compare;

import io.tidemark.bench.workload.Contender;
import io.tidemark.bench.workload.EventStream;
import io.tidemark.bench.workload.PaneTally;

/**
 * Five windows on one key with the sum as one would write them for exactly this workload: tumbling 1 s, 10 s and 60 s, sliding 60 s by
 * 1 s and 300 s by 10 s. An event is added once, to its second; each second that closes goes into the others, all arrays indexed by key
 * number. No ring, no batches, nothing generic. The limit that the operator is measured against. Frozen: do not tune
 * it together with the operator.
 *
 * <p>It leaves out what {@link PlainSlidingSum} does.
 *
 * <p>Threads: belongs to one thread. Units: milliseconds.
 */
public final class PlainFiveWindows implements Contender {
    private static final long SECOND = 1_000;
    private static final long TEN_SECONDS = 10_000;
    private static final long MINUTE = 60_000;
    private static final long FIVE_MINUTES = 300_000;

    private final long delay;
    private final PaneTally tally = new PaneTally();
    private final DenseKeys keys;

    /** By key number: the 60 seconds of the sliding minute, in a circle, and the one after it. */
    private final long[][] seconds;

    /** By key number: the 30 tens of seconds of the sliding five minutes, in a circle. */
    private final long[][] tens;

    /** By key number: the tumbling minute. */
    private final long[] minute;

    /** By key number: the closed seconds of the next sliding minute. */
    private final long[] minuteTotals;

    /** By key number: the closed tens of the next sliding five minutes. */
    private final long[] fiveMinuteTotals;

    private int open;
    private int openTen;
    private long end = Long.MIN_VALUE;

    /** Windows for at most {@code keys} keys, closed {@code delay} behind the newest event. */
    public PlainFiveWindows(int keys, long delay) {
        this.delay = delay;
        this.keys = new DenseKeys(keys);
        seconds = new long[(int) (MINUTE / SECOND) + 1][keys + 1];
        tens = new long[(int) (FIVE_MINUTES / TEN_SECONDS)][keys + 1];
        minute = new long[keys + 1];
        minuteTotals = new long[keys + 1];
        fiveMinuteTotals = new long[keys + 1];
    }

    @Override
    public void process(long[] rows) {
        if (end == Long.MIN_VALUE) {
            // an event up to the delay behind the first one may still come
            end = Math.floorDiv(rows[EventStream.TIMESTAMP] - delay, SECOND) * SECOND + SECOND;
        }
        int row = 0;
        while (row < rows.length) {
            row = processSecond(rows, row);
            if (row < rows.length) {
                close();
                row += EventStream.STRIDE;
            }
        }
    }

    /** Takes rows up to the one that closes the open second, which is taken too; that row's index, or the end of the rows. */
    private int processSecond(long[] rows, int from) {
        long[] current = seconds[open];
        long[] next = seconds[after(open)];
        long secondEnd = end;
        long enough = end + delay;
        int row = from;
        for (; row < rows.length; row += EventStream.STRIDE) {
            long timestamp = rows[row + EventStream.TIMESTAMP];
            int key = keys.numberOf(rows[row + EventStream.KEY]);
            long[] sums = timestamp < secondEnd ? current : next;
            sums[key] += rows[row + EventStream.VALUE];
            if (timestamp >= enough) {
                break;
            }
        }
        return row;
    }

    private int after(int index) {
        return index + 1 == seconds.length ? 0 : index + 1;
    }

    private void close() {
        closeSecond();
        if (end % TEN_SECONDS == 0) {
            closeTenSeconds();
        }
        if (end % MINUTE == 0) {
            closeMinute();
        }
        end += SECOND;
    }

    private void closeSecond() {
        int following = after(open);
        long[] entering = seconds[open];
        long[] leaving = seconds[after(following)];
        long[] ten = tens[openTen];
        for (int key = 1; key <= keys.last(); key++) {
            long sum = entering[key];
            if (sum != 0) {
                tally.add(keys.key(key), end - SECOND, end, sum);
                ten[key] += sum;
                minute[key] += sum;
            }
            long total = minuteTotals[key] + sum;
            if (total != 0) {
                tally.add(keys.key(key), end - MINUTE, end, total);
            }
            minuteTotals[key] = total - leaving[key];
            leaving[key] = 0;
        }
        open = following;
    }

    private void closeTenSeconds() {
        int following = openTen + 1 == tens.length ? 0 : openTen + 1;
        long[] entering = tens[openTen];
        long[] leaving = tens[following];
        for (int key = 1; key <= keys.last(); key++) {
            if (entering[key] != 0) {
                tally.add(keys.key(key), end - TEN_SECONDS, end, entering[key]);
            }
            long total = fiveMinuteTotals[key] + entering[key];
            if (total != 0) {
                tally.add(keys.key(key), end - FIVE_MINUTES, end, total);
            }
            fiveMinuteTotals[key] = total - leaving[key];
            leaving[key] = 0;
        }
        openTen = following;
    }

    private void closeMinute() {
        for (int key = 1; key <= keys.last(); key++) {
            if (minute[key] != 0) {
                tally.add(keys.key(key), end - MINUTE, end, minute[key]);
                minute[key] = 0;
            }
        }
    }

    @Override
    public PaneTally.Summary finish() {
        // the open second and the one after it, then until the last window over it has ended
        for (long time = 0; time < 2 * SECOND + TEN_SECONDS + FIVE_MINUTES; time += SECOND) {
            close();
        }
        return tally.summary();
    }
}

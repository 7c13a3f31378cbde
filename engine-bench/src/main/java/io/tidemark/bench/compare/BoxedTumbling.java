package io.tidemark.bench.compare;

import io.tidemark.bench.workload.Contender;
import io.tidemark.bench.workload.EventStream;
import io.tidemark.bench.workload.PaneTally;
import java.util.HashMap;
import java.util.Map;

/**
 * Tumbling windows with count and sum as most would write them: a map from the boxed key to an array of two. Frozen.
 *
 * <p>Threads: belongs to one thread. Units: milliseconds.
 */
public final class BoxedTumbling implements Contender {
    private final long size;
    private final long delay;
    private final PaneTally tally = new PaneTally();

    /** By key, the window that closes next and the one after it. */
    private Map<Long, long[]> open = new HashMap<>();

    private Map<Long, long[]> following = new HashMap<>();
    private long end = Long.MIN_VALUE;

    /** Windows of {@code size}, closed {@code delay} behind the newest event. */
    public BoxedTumbling(long size, long delay) {
        this.size = size;
        this.delay = delay;
    }

    @Override
    public void process(long[] rows) {
        if (end == Long.MIN_VALUE) {
            end = Math.floorDiv(rows[EventStream.TIMESTAMP] - delay, size) * size + size;
        }
        for (int row = 0; row < rows.length; row += EventStream.STRIDE) {
            long timestamp = rows[row + EventStream.TIMESTAMP];
            Map<Long, long[]> map = timestamp < end ? open : following;
            long[] entry = map.computeIfAbsent(rows[row + EventStream.KEY], key -> new long[2]);
            entry[0]++;
            entry[1] += rows[row + EventStream.VALUE];
            if (timestamp >= end + delay) {
                close();
            }
        }
    }

    private void close() {
        open.forEach((key, entry) -> tally.add(key, end - size, end, entry[0], entry[1]));
        Map<Long, long[]> closed = open;
        closed.clear();
        open = following;
        following = closed;
        end += size;
    }

    @Override
    public PaneTally.Summary finish() {
        close();
        close();
        return tally.summary();
    }
}

package io.tidemark.bench.compare;

import io.tidemark.bench.workload.Contender;
import io.tidemark.bench.workload.EventStream;
import io.tidemark.bench.workload.PaneTally;
import io.tidemark.bench.workload.PartsContender;
import io.tidemark.bench.workload.SpentTime;
import io.tidemark.bench.workload.Workload;

/**
 * A loop by hand for sliding windows whose time is taken and whose results are counted. Taking events and giving results are not told
 * apart, all of it counts as taking events.
 *
 * <p>Threads: belongs to one thread. Units: milliseconds.
 */
public final class LoopParts implements PartsContender {
    private final Contender loop;
    private final int keys;
    private final long slide;
    private final SpentTime time = new SpentTime();
    private long slides;
    private long lastSlide = Long.MIN_VALUE;

    private LoopParts(Contender loop, Workload workload, int keys) {
        this.loop = loop;
        this.keys = keys;
        this.slide = workload.spans().get(0).slide();
    }

    /** The loop that keeps the engine's contract, for a workload every key of which is in every window. */
    public static PartsContender withContract(Workload workload, int keys) {
        return new LoopParts(Limits.withContract(workload, keys), workload, keys);
    }

    /**
     * The plain loop, over the same events in the order of their timestamps, for a workload with one value every key of which is in every
     * window: so it can take slides that are shorter than the jitter. Sorting is not in the time.
     */
    public static PartsContender inOrder(Workload workload, int keys) {
        Workload.Span span = workload.spans().get(0);
        Contender loop = workload.measure() == Workload.Measure.MAX
                ? new PlainSlidingMax(keys, span.size(), span.slide(), 0)
                : new PlainSlidingSum(keys, span.size(), span.slide(), 0);
        LoopParts timed = new LoopParts(loop, workload, keys);
        return new Sorted(timed, new InOrder(timed));
    }

    private void countSlides(long[] rows) {
        long last = lastSlide == Long.MIN_VALUE ? Math.floorDiv(rows[EventStream.TIMESTAMP], slide) : lastSlide;
        long first = last;
        for (int row = 0; row < rows.length; row += EventStream.STRIDE) {
            last = Math.max(last, Math.floorDiv(rows[row + EventStream.TIMESTAMP], slide));
        }
        slides += last - first;
        lastSlide = last;
    }

    @Override
    public void process(long[] rows) {
        long start = System.nanoTime();
        loop.process(rows);
        time.addSince(start);
        countSlides(rows);
    }

    @Override
    public long takeEventNanos() {
        return time.take();
    }

    @Override
    public long takeResultNanos() {
        return 0;
    }

    @Override
    public long takeResults() {
        long results = slides * keys;
        slides = 0;
        return results;
    }

    @Override
    public PaneTally.Summary finish() {
        return loop.finish().unchecked();
    }

    /** Hands sorted events on. */
    private record Sorted(LoopParts loop, InOrder sorter) implements PartsContender {

        @Override
        public void process(long[] rows) {
            sorter.process(rows);
        }

        @Override
        public long takeEventNanos() {
            return loop.takeEventNanos();
        }

        @Override
        public long takeResultNanos() {
            return loop.takeResultNanos();
        }

        @Override
        public long takeResults() {
            return loop.takeResults();
        }

        @Override
        public PaneTally.Summary finish() {
            return sorter.finish();
        }
    }
}

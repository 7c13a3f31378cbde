package io.tidemark.bench.compare;

import io.tidemark.bench.workload.Contender;
import io.tidemark.bench.workload.EventStream;
import io.tidemark.bench.workload.PaneTally;
import io.tidemark.bench.workload.PartsContender;
import io.tidemark.bench.workload.SpentTime;
import io.tidemark.bench.workload.Workload;

/**
 * The loop by hand for sliding windows, over the same events in the order of their timestamps: so it can take slides that are shorter than the
 * jitter. Sorting is not in the time; taking events and giving results are not told apart, all of it counts as taking events.
 *
 * <p>Threads: belongs to one thread. Units: milliseconds.
 */
public final class OrderedLimit implements PartsContender {
    private final InOrder sorter;
    private final int keys;
    private final long slide;
    private final SpentTime time = new SpentTime();
    private long slides;
    private long lastSlide = Long.MIN_VALUE;

    /** For a workload with one sliding window and one value, every key of which is in every window. */
    public OrderedLimit(Workload workload, int keys) {
        this.keys = keys;
        Workload.Span span = workload.spans().get(0);
        slide = span.slide();
        Contender loop = workload.measure() == Workload.Measure.MAX
                ? new PlainSlidingMax(keys, span.size(), slide, 0)
                : new PlainSlidingSum(keys, span.size(), slide, 0);
        sorter = new InOrder(new Contender() {
            @Override
            public void process(long[] rows) {
                long start = System.nanoTime();
                loop.process(rows);
                time.addSince(start);
                countSlides(rows);
            }

            @Override
            public PaneTally.Summary finish() {
                return loop.finish();
            }
        });
    }

    private void countSlides(long[] sorted) {
        long last = Math.floorDiv(sorted[sorted.length - EventStream.STRIDE], slide);
        long first = lastSlide == Long.MIN_VALUE ? Math.floorDiv(sorted[0], slide) : lastSlide;
        slides += last - first;
        lastSlide = last;
    }

    @Override
    public void process(long[] rows) {
        sorter.process(rows);
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
        return sorter.finish().unchecked();
    }
}

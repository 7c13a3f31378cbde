package io.tidemark.bench.comparison;

import io.tidemark.bench.workload.Contender;
import io.tidemark.bench.workload.ContenderFactory;
import io.tidemark.bench.workload.EventStream;
import io.tidemark.bench.workload.PaneTally;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Fills one window with distinct keys, scattered over all longs, and looks at what the heap holds after a collection: with the
 * contender and its keys, less what it held with the contender alone. Rows are made a few at a time and do not count.
 *
 * <p>Threads: belongs to one thread.
 */
final class RetainedRun {
    private static final int BATCH = 1_024;
    private static final int COLLECTIONS = 3;
    private static final long WINDOW = 1_000;

    /** Odd, so that a multiple of it is no other's. */
    private static final long SCATTER = 0xD1342543DE82EF95L;

    private final Run run;

    RetainedRun(Run run) {
        this.run = run;
    }

    Outcome measure(ContenderFactory factory) {
        int keys = run.keys();
        Contender contender = factory.create(run.workload(), keys, run.patience());
        long[] rows = new long[BATCH * EventStream.STRIDE];
        long before = usedHeap();
        long start = System.nanoTime();
        for (int first = 0; first < keys; first += BATCH) {
            int count = Math.min(BATCH, keys - first);
            long[] batch = count == BATCH ? rows : new long[count * EventStream.STRIDE];
            for (int i = 0; i < count; i++) {
                int row = i * EventStream.STRIDE;
                batch[row + EventStream.TIMESTAMP] = EventStream.START + (first + i) * (WINDOW - 1) / keys;
                batch[row + EventStream.KEY] = (first + i + 1) * SCATTER;
                batch[row + EventStream.VALUE] = 1;
            }
            contender.process(batch);
        }
        double micros = (System.nanoTime() - start) / 1e3;
        double retained = usedHeap() - before;
        PaneTally.Summary panes = contender.finish();
        if (panes.panes() != keys) {
            throw new IllegalStateException(run.label() + " gave " + panes.panes() + " panes");
        }
        panes.requireContents(keys, keys, run.label());
        Map<Figure, List<Double>> figures = new EnumMap<>(Figure.class);
        figures.put(Figure.PER_KEY, List.of(retained / keys));
        return new Outcome(run, List.of(List.of(keys / micros)), retained / keys, panes, figures);
    }

    /** What is left after collections. */
    private static long usedHeap() {
        Runtime runtime = Runtime.getRuntime();
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        return runtime.totalMemory() - runtime.freeMemory();
    }
}

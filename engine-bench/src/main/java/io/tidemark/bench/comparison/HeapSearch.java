package io.tidemark.bench.comparison;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How much heap a {@link RetainedRun} needs while its table grows: the smallest {@code -Xmx} with which it ends well, found by
 * halving. A memory pool's peak would count tables that are garbage already, and so depend on when the collector feels like
 * running; too small a heap does not. It counts everything in the heap, so it is an upper bound.
 *
 * <p>Threads: belongs to one thread.
 */
final class HeapSearch {
    private static final double MEBIBYTE = 1 << 20;
    private static final double WIDEST = 4;

    private final Fork fork;
    private final int steps;

    /** Halves so often; each is a JVM. */
    HeapSearch(Fork fork, int steps) {
        this.fork = fork;
        this.steps = steps;
    }

    /** The outcome with {@link Figure#PEAK} added; without it, if four times what is retained is not enough. */
    Outcome withPeak(Outcome outcome) throws Fork.FailedRun, InterruptedException {
        double retained = outcome.median(Figure.PER_KEY) * outcome.run().keys();
        double enough = WIDEST;
        double tooLittle = 1;
        if (!fork.isEnough(outcome.run(), mebibytes(enough * retained))) {
            throw new Fork.FailedRun(outcome.run().label() + " needs more than " + WIDEST + " times what it retains");
        }
        for (int step = 0; step < steps; step++) {
            double middle = (enough + tooLittle) / 2;
            if (fork.isEnough(outcome.run(), mebibytes(middle * retained))) {
                enough = middle;
            } else {
                tooLittle = middle;
            }
        }
        Map<Figure, List<Double>> figures = new EnumMap<>(outcome.figures());
        figures.put(Figure.PEAK, List.of(enough));
        return new Outcome(outcome.run(), outcome.rates(), outcome.bytesPerEvent(), outcome.panes(), figures);
    }

    private static int mebibytes(double bytes) {
        return (int) Math.ceil(bytes / MEBIBYTE);
    }
}

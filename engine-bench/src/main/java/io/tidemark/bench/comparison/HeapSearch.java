package io.tidemark.bench.comparison;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How much heap a {@link RetainedRun} needs while its table grows: the smallest {@code -Xmx} with which it ends well, found by
 * halving. A memory pool's peak would count tables that are garbage already, and so depend on when the collector feels like
 * running; too small a heap does not. It counts everything in the heap, so it is an upper bound.
 *
 * <p>G1, the default, did not move large arrays before JDK 22: what it lacks is room in one piece, which tells more of it than of the
 * table. So there are two figures: with ZGC, to which holes are no loss, and with the default.
 *
 * <p>Threads: belongs to one thread.
 */
final class HeapSearch {
    private static final double MEBIBYTE = 1 << 20;
    private static final double WIDEST = 4;
    /** Halves so often; each is a JVM. */
    private static final int STEPS = 6;

    private static final List<String> MOVES_LARGE_ARRAYS = List.of("-XX:+UseZGC");

    private final Fork fork;

    HeapSearch(Fork fork) {
        this.fork = fork;
    }

    /**
     * The outcome with {@link Figure#PEAK} and, if four times what is retained is enough for it, {@link Figure#PEAK_DEFAULT} added.
     *
     * @throws Fork.FailedRun if four times what is retained is not enough for the first
     */
    Outcome withPeak(Outcome outcome) throws Fork.FailedRun, InterruptedException {
        Map<Figure, List<Double>> figures = new EnumMap<>(outcome.figures());
        figures.put(Figure.PEAK, List.of(peak(outcome, MOVES_LARGE_ARRAYS)));
        try {
            figures.put(Figure.PEAK_DEFAULT, List.of(peak(outcome, List.of())));
        } catch (Fork.FailedRun withoutIt) {
            // for information only, and it may be holes that there is no room between
        }
        return new Outcome(outcome.run(), outcome.rates(), outcome.bytesPerEvent(), outcome.panes(), figures);
    }

    private double peak(Outcome outcome, List<String> collector) throws Fork.FailedRun, InterruptedException {
        double retained = outcome.median(Figure.PER_KEY) * outcome.run().keys();
        double enough = WIDEST;
        double tooLittle = 1;
        if (!fork.isEnough(outcome.run(), mebibytes(enough * retained), collector)) {
            throw new Fork.FailedRun(outcome.run().label() + " needs more than " + WIDEST + " times what it retains");
        }
        for (int step = 0; step < STEPS; step++) {
            double middle = (enough + tooLittle) / 2;
            if (fork.isEnough(outcome.run(), mebibytes(middle * retained), collector)) {
                enough = middle;
            } else {
                tooLittle = middle;
            }
        }
        return enough;
    }

    private static int mebibytes(double bytes) {
        return (int) Math.ceil(bytes / MEBIBYTE);
    }
}

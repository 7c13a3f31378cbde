package io.tidemark.testing;

import io.tidemark.time.Timestamps;
import io.tidemark.window.Pane;
import io.tidemark.window.Pane.Timing;
import io.tidemark.window.TimeWindow;
import io.tidemark.window.WindowResult;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a test demands of the panes that came out of a {@link SteppedEngine}. First which panes, then what of them; both
 * may be said again, the last word on each counts.
 *
 * <pre>{@code
 * var engine = SteppedEngine.of(EventTimeEngine.<Payment>builder("test")
 *         .timestamp(Payment::occurredAt)
 *         .watermark(WatermarkStrategy.boundedOutOfOrderness(Duration.ofSeconds(10))));
 * engine.engine()
 *         .keyByLong(Payment::merchantId)
 *         .window(Windows.tumbling(Duration.ofMinutes(1)))
 *         .named("volume")
 *         .allowedLateness(Duration.ofMinutes(5))
 *         .aggregate(Aggregators.sumExact(Payment::amountMinor))
 *         .onLate(engine.lateEvents())
 *         .onResult(engine.results());
 * engine.start();
 * engine.publish(new Payment(1_000, 7, 250)); // step 0
 * engine.publish(new Payment(70_000, 8, 100)); // step 1: the watermark reaches 60000
 * engine.publish(new Payment(59_999, 7, 50)); // step 2: late, but not too late
 * engine.complete();
 *
 * assertPanes(engine)
 *         .ofStream("volume")
 *         .ofKey(7)
 *         .inWindow(0, 60_000)
 *         .hasPanes(ON_TIME, LATE)
 *         .hasValues(250, 300)
 *         .exactly(onTime().value(250).step(1), late().value(300).step(2))
 *         .noneAfterExpiry(300_000);
 * assertPanes(engine).ofKey(8).endWithLast();
 * }</pre>
 *
 * <p>Order is that in which the engine gave the panes. Values and keys are compared with {@code equals}, whole numbers
 * by their value, so 7 stands for {@code 7L}. A retraction is no pane; {@link #retractions()} looks at them. A demand
 * on each pane fails if there is none.
 *
 * <p>Threads: belongs to the thread that drives the engine. Errors: a demand that does not hold is an {@link
 * AssertionError}, so every test framework knows it. It names what was expected and what came at which step. It shows
 * keys only as the test itself passed them in, and of found values numbers only.
 */
public final class PaneAssertions {
    /** Enough to see what happened, few enough to read. */
    private static final int SHOWN = 20;

    private final SteppedEngine<?> engine;
    private final PaneSelection selection;

    private PaneAssertions(SteppedEngine<?> engine, PaneSelection selection) {
        this.engine = engine;
        this.selection = selection;
    }

    /** All panes that the engine's {@link SteppedEngine#results()} took so far. */
    public static PaneAssertions assertPanes(SteppedEngine<?> engine) {
        return new PaneAssertions(engine, PaneSelection.ALL_PANES);
    }

    /**
     * Those of the keyed windows of this name.
     *
     * @throws IllegalArgumentException if the engine has none of that name
     */
    public PaneAssertions ofStream(String name) {
        return select(selection.ofStream(engine.metrics().stream(name).name()));
    }

    /** Those of this key. */
    public PaneAssertions ofKey(Object key) {
        return select(selection.ofKey(Objects.requireNonNull(key, "key")));
    }

    /** Those of the window {@code [start, end)}; of a session, those given while it had these bounds. */
    public PaneAssertions inWindow(long start, long end) {
        return select(selection.inWindow(new TimeWindow(start, end)));
    }

    /** Those given at this step, 0 for the first. */
    public PaneAssertions atStep(int step) {
        return select(selection.atStep(step));
    }

    /**
     * The retractions instead of the panes. Timing, number and value of a retraction are those of the pane it takes
     * back.
     */
    public PaneAssertions retractions() {
        return select(selection.retracted());
    }

    private PaneAssertions select(PaneSelection narrowed) {
        return new PaneAssertions(engine, narrowed);
    }

    /** The panes in question, for demands that are not offered here. */
    public List<Observed<WindowResult<?, ?>>> observed() {
        return selection.from(engine.observedResults());
    }

    /** None. */
    public PaneAssertions isEmpty() {
        return hasSize(0);
    }

    /** So many. */
    public PaneAssertions hasSize(int expected) {
        List<Observed<WindowResult<?, ?>>> found = observed();
        if (found.size() != expected) {
            throw failure("a number of " + expected, "there are " + found.size(), found);
        }
        return this;
    }

    /** These timings and no others, in this order. */
    public PaneAssertions hasPanes(Timing... expected) {
        return inOrder(
                "timings",
                List.of(expected),
                (timing, pane) -> pane.what().pane().timing() == timing);
    }

    /** These aggregates and no others, in this order. One that overflowed equals nothing. */
    public PaneAssertions hasValues(Object... expected) {
        return inOrder("values", Arrays.asList(expected), (value, pane) -> Likeness.hasValue(pane.what(), value));
    }

    /** These numbers of events and no others, in this order. */
    public PaneAssertions hasCounts(long... expected) {
        return inOrder(
                "counts",
                Arrays.stream(expected).boxed().toList(),
                (count, pane) -> pane.what().count() == count);
    }

    /** Panes like these and no others, in this order. */
    public PaneAssertions exactly(PanePattern... expected) {
        return inOrder("panes", List.of(expected), PanePattern::fits);
    }

    /** In each (stream, key, window) they are numbered 0, 1, 2 and so on. */
    public PaneAssertions areNumberedFromZero() {
        return inEachWindow(
                "numbers 0, 1, 2 ... in each window",
                (pane, position, panes) -> pane.what().pane().number() == position);
    }

    /**
     * In each (stream, key, window) the final one, and no other, is marked as the last. A session that was merged into
     * a longer one has no last pane; nor, with allowed lateness, has a window that expires with nothing new, unless its closing behavior is
     * FIRE_ALWAYS.
     */
    public PaneAssertions endWithLast() {
        return inEachWindow(
                "the final pane of each window, and no other, marked as the last",
                (pane, position, panes) -> pane.what().pane().last() == (position == panes - 1));
    }

    /**
     * None came in a step before which the watermark had reached its window's end and the allowed lateness beyond.
     *
     * @param allowedLateness that of the windows, in the engine's unit
     */
    public PaneAssertions noneAfterExpiry(long allowedLateness) {
        List<Long> watermarks = engine.watermarks();
        return inEachWindow("none after the expiry of its window", (pane, position, panes) -> {
            long before = pane.step() == 0 ? Timestamps.NONE : watermarks.get(pane.step() - 1);
            return Timestamps.add(pane.what().end(), allowedLateness) > before;
        });
    }

    private PaneAssertions inEachWindow(String demand, WindowDemand holds) {
        List<Observed<WindowResult<?, ?>>> found = observed();
        if (found.isEmpty()) {
            throw failure(demand, "there is none at all", found);
        }
        Map<PanesOf, List<Observed<WindowResult<?, ?>>>> windows = found.stream()
                .collect(Collectors.groupingBy(
                        pane -> PanesOf.of(pane.what()), LinkedHashMap::new, Collectors.toList()));
        for (List<Observed<WindowResult<?, ?>>> panes : windows.values()) {
            for (int i = 0; i < panes.size(); i++) {
                Observed<WindowResult<?, ?>> pane = panes.get(i);
                if (!holds.test(pane, i, panes.size())) {
                    throw failure(demand, "not so: " + shown(pane), found);
                }
            }
        }
        return this;
    }

    private <T> PaneAssertions inOrder(
            String what, List<T> expected, BiPredicate<T, Observed<WindowResult<?, ?>>> fits) {
        List<Observed<WindowResult<?, ?>>> found = observed();
        for (int i = 0; i < Math.max(expected.size(), found.size()); i++) {
            if (i == found.size()) {
                throw failure(what + " " + expected, "number " + i + " is missing", found);
            }
            Observed<WindowResult<?, ?>> pane = found.get(i);
            if (i == expected.size()) {
                throw failure(
                        what + " " + expected, "number " + i + ", at step " + pane.step() + ", is one too many", found);
            }
            if (!fits.test(expected.get(i), pane)) {
                throw failure(
                        what + " " + expected, "number " + i + ", at step " + pane.step() + ", is another", found);
            }
        }
        return this;
    }

    private AssertionError failure(String expected, String found, List<Observed<WindowResult<?, ?>>> panes) {
        String list =
                panes.stream().limit(SHOWN).map(pane -> "\n  " + shown(pane)).collect(Collectors.joining());
        String more = panes.size() > SHOWN ? "\n  and " + (panes.size() - SHOWN) + " more" : "";
        return new AssertionError(selection + ": expected " + expected + "; " + found + "\nfound " + panes.size()
                + (panes.isEmpty() ? "" : ":") + list + more);
    }

    private static String shown(Observed<WindowResult<?, ?>> observed) {
        WindowResult<?, ?> result = observed.what();
        Pane pane = result.pane();
        return "step " + observed.step() + ": " + result.stream() + " " + result.window() + " " + pane.timing() + " "
                + pane.number() + (pane.last() ? " last" : "") + ", count " + result.count() + ", value "
                + Likeness.show(result);
    }

    private interface WindowDemand {
        boolean test(Observed<WindowResult<?, ?>> pane, int position, int panes);
    }

    private record PanesOf(String stream, @Nullable Object key, TimeWindow window) {
        static PanesOf of(WindowResult<?, ?> result) {
            return new PanesOf(result.stream(), PaneSelection.keyOf(result), result.window());
        }
    }
}

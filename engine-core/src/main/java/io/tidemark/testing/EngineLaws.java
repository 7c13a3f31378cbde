package io.tidemark.testing;

import io.tidemark.EngineMetrics;
import io.tidemark.SourceMetrics;
import io.tidemark.StreamMetrics;
import io.tidemark.window.Pane;
import io.tidemark.window.TimeWindow;
import io.tidemark.window.WindowResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What holds for every engine, whatever its windows: no event is lost from the books, the watermark never goes back, the panes
 * of a window come in order, and nothing stays in memory after the end of input.
 *
 * <p>A broken law is an {@link AssertionError} that names the law, where it broke and the numbers; keys are not printed.
 *
 * <p>Threads: call it from the thread that drives the engine, or when the engine is at rest.
 */
public final class EngineLaws {

    private EngineLaws() {}

    /** All laws on an engine driven step by step; those about the end of input only if it has been reached. */
    public static void check(SteppedEngine<?> engine) {
        check(engine, Long.MAX_VALUE);
    }

    /**
     * As {@link #check(SteppedEngine)}, and no pane comes after its window has expired.
     *
     * @param allowedLateness that of the engine's windows, of several the largest
     */
    public static void check(SteppedEngine<?> engine, long allowedLateness) {
        EngineMetrics metrics = engine.metrics();
        checkBooks(metrics);
        List<Long> watermarks = engine.watermarks();
        checkWatermarks(watermarks);
        checkPanes(engine.observedResults(), watermarks, allowedLateness);
        for (StreamMetrics stream : metrics.streams()) {
            int seen = engine.observedResults(stream.name()).size();
            // a stream that nobody listens to through the stepped engine has nothing to compare
            require(
                    seen == 0 || seen == stream.panes() + stream.retractions(),
                    "results counted = results given",
                    stream.name(),
                    stream);
        }
        if (metrics.watermark() == Long.MAX_VALUE) {
            checkDrained(metrics);
        }
    }

    /** Every event that came in is accounted for, at each source and each keyed stream, and every result that another stream reads. */
    public static void checkBooks(EngineMetrics metrics) {
        long handedOn = 0;
        for (SourceMetrics source : metrics.sources()) {
            handedOn += source.handedOn();
            long accounted =
                    source.handedOn() + source.invalid() + source.future() + source.failed() + source.inFlight();
            require(
                    source.accepted() == accounted && source.inFlight() >= 0,
                    "accepted = handed on + invalid + future + failed + in flight",
                    source.name(),
                    source);
        }
        Map<@Nullable String, Long> given = new HashMap<>();
        given.put(null, handedOn);
        for (StreamMetrics stream : metrics.streams()) {
            given.put(stream.name(), stream.panes() + stream.retractions());
        }
        for (StreamMetrics stream : metrics.streams()) {
            String input = stream.input();
            Long expected = given.get(input);
            require(
                    expected != null && stream.handedOn() == expected,
                    "handed on by " + (input == null ? "the sources" : input) + " (" + expected
                            + ") = handed on to the stream",
                    stream.name(),
                    stream);
            require(
                    stream.handedOn() == stream.aggregated() + stream.late() + stream.unassigned() + stream.failed(),
                    "handed on = aggregated + late + unassigned + failed",
                    stream.name(),
                    stream);
        }
    }

    /** A series of readings of one watermark never goes back. */
    public static void checkWatermarks(List<Long> readings) {
        for (int i = 1; i < readings.size(); i++) {
            require(
                    readings.get(i) >= readings.get(i - 1),
                    "the watermark never goes back",
                    "reading " + i,
                    readings.get(i - 1) + " -> " + readings.get(i));
        }
    }

    /** After the end of input nothing of any window is left. */
    public static void checkDrained(EngineMetrics metrics) {
        for (StreamMetrics stream : metrics.streams()) {
            require(
                    stream.liveWindows() == 0 && stream.liveEntries() == 0,
                    "no window is left after the end of input",
                    stream.name(),
                    stream.liveWindows() + " windows and " + stream.liveEntries() + " entries live");
        }
    }

    /**
     * The panes of each (stream, key, window) are numbered 0, 1, 2 and so on, EARLY before at most one ON_TIME before LATE, none after
     * the last; none is ON_TIME or LATE before the watermark reached the end, EARLY after it, or late beyond the expiry. A retraction takes back
     * the last of them, each at most once.
     *
     * @param results in the order they were given
     * @param watermarks the watermark after each step
     * @param allowedLateness {@link Long#MAX_VALUE} if not known
     */
    static void checkPanes(List<Observed<WindowResult<?, ?>>> results, List<Long> watermarks, long allowedLateness) {
        Map<PanesOf, List<Pane>> before = new LinkedHashMap<>();
        Set<PanesOf> takenBack = new HashSet<>();
        for (Observed<WindowResult<?, ?>> observed : results) {
            WindowResult<?, ?> result = observed.what();
            Pane pane = result.pane();
            TimeWindow window = result.window();
            String where = result.stream() + " " + window + " at step " + observed.step();
            PanesOf panesOf = new PanesOf(result.stream(), keyOf(result), window);
            List<Pane> earlier = before.computeIfAbsent(panesOf, first -> new ArrayList<>());
            if (result.isRetraction()) {
                boolean isStanding =
                        !earlier.isEmpty() && earlier.get(earlier.size() - 1).equals(pane);
                require(isStanding && takenBack.add(panesOf), "what is taken back is the last pane, once", where, pane);
                continue;
            }
            takenBack.remove(panesOf);
            require(pane.number() == earlier.size(), "panes are numbered 0, 1, 2 ...", where, pane);
            if (!earlier.isEmpty()) {
                Pane previous = earlier.get(earlier.size() - 1);
                require(!previous.last(), "no pane follows the last one", where, pane);
                boolean inOrder = pane.timing().compareTo(previous.timing()) >= 0;
                boolean again = pane.timing() == Pane.Timing.ON_TIME && previous.timing() == Pane.Timing.ON_TIME;
                require(inOrder && !again, "EARLY, then at most one ON_TIME, then LATE", where, previous + ", " + pane);
            }
            earlier.add(pane);

            long watermarkBefore = observed.step() == 0 ? Long.MIN_VALUE : watermarks.get(observed.step() - 1);
            long watermarkAfter = watermarks.get(observed.step());
            if (pane.timing() == Pane.Timing.EARLY) {
                require(watermarkBefore < window.end(), "EARLY only before the end", where, watermarkBefore);
            } else {
                require(watermarkAfter >= window.end(), "ON_TIME and LATE only from the end on", where, watermarkAfter);
            }
            require(
                    allowedLateness == Long.MAX_VALUE
                            || ReferenceWindows.sum(window.end(), allowedLateness) > watermarkBefore,
                    "no pane after the window expired",
                    where,
                    watermarkBefore);
        }
    }

    private static @Nullable Object keyOf(WindowResult<?, ?> result) {
        try {
            return result.key();
        } catch (IllegalStateException noKey) {
            return null;
        }
    }

    private static void require(boolean holds, String law, String where, Object found) {
        if (!holds) {
            throw new AssertionError("broken law: " + law + "; " + where + ": " + found);
        }
    }

    private record PanesOf(String stream, @Nullable Object key, TimeWindow window) {}
}

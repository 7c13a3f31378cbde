package io.tidemark.operator;

import io.tidemark.aggregate.Aggregators;
import io.tidemark.time.Timestamps;
import io.tidemark.watermark.IdlePolicy;
import io.tidemark.watermark.SourceWatermark;
import io.tidemark.watermark.WatermarkStrategy;
import io.tidemark.watermark.WatermarkTracker;
import io.tidemark.window.Accumulation;
import io.tidemark.window.ClosingBehavior;
import io.tidemark.window.LateEvent;
import io.tidemark.window.OnTimeBehavior;
import io.tidemark.window.Pane;
import io.tidemark.window.TimeWindow;
import io.tidemark.window.Trigger;
import io.tidemark.window.UpdateListener;
import io.tidemark.window.WindowAssigner;
import io.tidemark.window.WindowResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One stream of windows with any rules, driven by hand: events, watermarks and readings of the clock in, short lines out. A pane is
 * {@code key [start,end) timing number count:sum}, {@code last} behind it, {@code not} before one that is taken back.
 */
final class PaneHarness {
    private static final String UNIT = "w";

    private final WindowAssigner<Object> windows;
    private Trigger trigger = Trigger.afterWatermark();
    private Accumulation accumulation = Accumulation.ACCUMULATING;
    private @Nullable ClosingBehavior closing;
    private OnTimeBehavior onTime = OnTimeBehavior.FIRE_ALWAYS;
    private boolean suppressUnchanged;
    private boolean tellsUpdates;
    private long lateness;
    private KeyLocation.Kind keys = KeyLocation.Kind.LONG;

    private final List<String> said = new ArrayList<>();
    final List<FailureHandler.Stage> failures = new ArrayList<>();
    private final WatermarkTracker tracker = new WatermarkTracker(IdlePolicy.HOLD, TimeUnit.MILLISECONDS);
    private final SourceWatermark source =
            new SourceWatermark("s", WatermarkStrategy.manual(), TimeUnit.MILLISECONDS, Row.VALUE_COLUMN, 0);
    private final OperatorChain chain = new OperatorChain(tracker, (stage, name, cause) -> failures.add(stage));
    private @Nullable StreamCounters counters;

    private PaneHarness(WindowAssigner<Object> windows) {
        this.windows = windows;
    }

    static PaneHarness of(WindowAssigner<Object> windows) {
        return new PaneHarness(windows);
    }

    static Duration millis(long millis) {
        return Duration.ofMillis(millis);
    }

    PaneHarness trigger(Trigger newTrigger) {
        trigger = newTrigger;
        return this;
    }

    PaneHarness lateness(long units) {
        lateness = units;
        return this;
    }

    PaneHarness discarding() {
        accumulation = Accumulation.DISCARDING;
        return this;
    }

    PaneHarness retracting() {
        accumulation = Accumulation.RETRACTING;
        return this;
    }

    /** Retracting, and told as updates. */
    PaneHarness updates() {
        tellsUpdates = true;
        return retracting();
    }

    PaneHarness closing(ClosingBehavior behavior) {
        closing = behavior;
        return this;
    }

    PaneHarness onTimeIfNonEmpty() {
        onTime = OnTimeBehavior.FIRE_IF_NON_EMPTY;
        return this;
    }

    PaneHarness suppressUnchanged() {
        suppressUnchanged = true;
        return this;
    }

    PaneHarness byObject() {
        keys = KeyLocation.Kind.OBJECT;
        return this;
    }

    PaneHarness withoutKey() {
        keys = KeyLocation.Kind.NONE;
        return this;
    }

    /** The counters; from the first call on the declaration is fixed. */
    StreamCounters counters() {
        StreamCounters known = counters;
        if (known == null) {
            known = chain.add(spec());
            counters = known;
            tracker.open(source, false, 0);
        }
        return known;
    }

    private WindowSpec<Object, Object, Long> spec() {
        KeyLocation key = switch (keys) {
            case NONE -> KeyLocation.none();
            case LONG -> KeyLocation.longColumn(Row.KEY_COLUMN);
            case OBJECT -> KeyLocation.objectLane(Row.KEY_LANE);
        };
        UpdateListener<Object, Long> updates = (before, after) ->
                said.add((before == null ? "none" : line(before)) + " -> " + (after == null ? "none" : line(after)));
        return new WindowSpec<>(
                UNIT,
                key,
                windows.in(TimeUnit.MILLISECONDS),
                windows.inputs().isEmpty() ? -1 : Row.VALUE_COLUMN,
                lateness,
                PaneRules.of(trigger, accumulation, closing, onTime, suppressUnchanged, TimeUnit.MILLISECONDS),
                0,
                false,
                Aggregators.sumExact(row -> 0),
                List.of(Row.VALUE_COLUMN),
                result -> said.add(line(result)),
                tellsUpdates ? updates : null,
                event -> said.add(late("late", event)),
                event -> said.add(late("partly", event)),
                false);
    }

    private String line(WindowResult<Object, Long> result) {
        Pane pane = result.pane();
        String key = keys == KeyLocation.Kind.NONE ? "-" : String.valueOf(result.key());
        return (result.isRetraction() ? "not " : "") + key + " [" + result.start() + "," + result.end() + ") "
                + pane.timing() + pane.number() + " " + result.count() + ":" + result.longValue()
                + (pane.last() ? " last" : "") + replaced(result.replaced());
    }

    private static String replaced(List<TimeWindow> bounds) {
        return bounds.isEmpty()
                ? ""
                : bounds.stream().map(TimeWindow::toString).collect(Collectors.joining(" and ", " for ", ""));
    }

    private static String late(String how, LateEvent<Object, Object> event) {
        return how + " " + event.timestamp() + " " + event.reason()
                + (event.missed() == null ? "" : " missed " + event.missed());
    }

    /** An event of key 1 and value 1. */
    PaneHarness event(long timestamp) {
        return event(timestamp, 1, 1);
    }

    PaneHarness event(long timestamp, long key, long value) {
        return events(Row.of(timestamp, key, value));
    }

    /** Events in one batch. */
    PaneHarness events(Row... rows) {
        counters();
        long[] longs = new long[rows.length * Row.LONGS];
        @Nullable Object[] objects = new Object[rows.length * Row.OBJECTS];
        for (int i = 0; i < rows.length; i++) {
            rows[i].write(longs, objects, i);
        }
        RowBatch batch = new RowBatch(longs, Row.LONGS, objects, Row.OBJECTS, Row.EVENT_LANE);
        chain.process(batch, 0, rows.length, source);
        return this;
    }

    /** Rows of a batch of the caller's own; costs no memory by itself. */
    void rows(RowBatch batch, int count) {
        chain.process(batch, 0, count, source);
    }

    PaneHarness watermark(long watermark) {
        counters();
        chain.advanceTo(source, watermark);
        return this;
    }

    /** A reading of the monotonic clock. */
    PaneHarness clock(long nanos) {
        counters();
        chain.onClock(nanos, 0);
        return this;
    }

    /** The end of input. */
    PaneHarness finish() {
        counters();
        chain.finish();
        return this;
    }

    /** What was said since the last time. */
    List<String> take() {
        List<String> taken = List.copyOf(said);
        said.clear();
        return taken;
    }

    /** Whether nothing is left of any window or key. */
    boolean isEmpty() {
        StreamCounters books = counters();
        return books.liveEntries() == 0 && books.liveWindows() == 0 && books.oldestOpenEnd() == Timestamps.END_OF_TIME;
    }
}

package io.tidemark.testing;

import io.tidemark.window.Pane;
import io.tidemark.window.Pane.Timing;
import io.tidemark.window.TimeWindow;
import io.tidemark.window.WindowResult;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a test says of one pane, for {@link PaneAssertions#exactly}: {@code onTime().value(300).last()}. What it does
 * not say is not looked at.
 *
 * <p>Threads: immutable; each call gives another pattern. Values and keys are compared as in {@link PaneAssertions}.
 */
public final class PanePattern {
    private final Timing timing;
    private final @Nullable Object key;
    private final @Nullable TimeWindow window;
    private final @Nullable Object value;
    private final @Nullable Long count;
    private final @Nullable Long number;
    private final @Nullable Integer step;
    private final boolean last;

    private PanePattern(
            Timing timing,
            @Nullable Object key,
            @Nullable TimeWindow window,
            @Nullable Object value,
            @Nullable Long count,
            @Nullable Long number,
            @Nullable Integer step,
            boolean last) {
        this.timing = timing;
        this.key = key;
        this.window = window;
        this.value = value;
        this.count = count;
        this.number = number;
        this.step = step;
        this.last = last;
    }

    /** A pane given before the watermark reached the window's end. */
    public static PanePattern early() {
        return of(Timing.EARLY);
    }

    /** The pane that the window's end gave. */
    public static PanePattern onTime() {
        return of(Timing.ON_TIME);
    }

    /** A pane given after the window's end. */
    public static PanePattern late() {
        return of(Timing.LATE);
    }

    private static PanePattern of(Timing timing) {
        return new PanePattern(timing, null, null, null, null, null, null, false);
    }

    /** Of this key. */
    public PanePattern key(Object expected) {
        return new PanePattern(
                timing, Objects.requireNonNull(expected, "key"), window, value, count, number, step, last);
    }

    /** Of the window {@code [start, end)}; of a session, its bounds at this pane. */
    public PanePattern window(long start, long end) {
        return new PanePattern(timing, key, new TimeWindow(start, end), value, count, number, step, last);
    }

    /** With this aggregate. */
    public PanePattern value(Object expected) {
        return new PanePattern(
                timing, key, window, Objects.requireNonNull(expected, "value"), count, number, step, last);
    }

    /** Of so many events. */
    public PanePattern count(long expected) {
        return new PanePattern(timing, key, window, value, expected, number, step, last);
    }

    /** With this number within its window. */
    public PanePattern number(long expected) {
        return new PanePattern(timing, key, window, value, count, expected, step, last);
    }

    /** Given at this step of the {@link SteppedEngine}. */
    public PanePattern step(int expected) {
        return new PanePattern(timing, key, window, value, count, number, expected, last);
    }

    /** Marked as the last of its window. */
    public PanePattern last() {
        return new PanePattern(timing, key, window, value, count, number, step, true);
    }

    boolean fits(Observed<WindowResult<?, ?>> observed) {
        WindowResult<?, ?> result = observed.what();
        Pane pane = result.pane();
        return pane.timing() == timing
                && (key == null || Likeness.alike(key, PaneSelection.keyOf(result)))
                && (window == null || window.equals(result.window()))
                && (value == null || Likeness.hasValue(result, value))
                && (count == null || count == result.count())
                && (number == null || number == pane.number())
                && (step == null || step == observed.step())
                && (!last || pane.last());
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(timing.toString());
        append(text, " ", number);
        text.append(last ? " last" : "");
        append(text, " of key ", key);
        append(text, " in ", window);
        append(text, " with value ", value);
        append(text, " with count ", count);
        append(text, " at step ", step);
        return text.toString();
    }

    private static void append(StringBuilder text, String what, @Nullable Object said) {
        if (said != null) {
            text.append(what).append(said);
        }
    }
}

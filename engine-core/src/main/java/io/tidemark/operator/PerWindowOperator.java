package io.tidemark.operator;

import io.tidemark.time.Timestamps;
import io.tidemark.window.ClosingBehavior;
import io.tidemark.window.FiringCondition;
import io.tidemark.window.OnTimeBehavior;
import io.tidemark.window.Pane;
import io.tidemark.window.UpdateListener;
import io.tidemark.window.WindowCursor;
import org.jspecify.annotations.Nullable;

/**
 * Windows that each keep what they hold by themselves: every rule of {@link PaneRules} and every way of assigning is possible here. Which
 * events belong to which window is the matter of the subclasses; when a window gives which pane is decided here.
 *
 * <p>Cost: an event updates each of its windows. Every step of the watermark cuts a batch, of all streams of the engine; only plain sessions
 * with one gap for all do without.
 */
abstract class PerWindowOperator<E, K, R> extends WindowOperator<E, K, R> {

    final WindowArena windows;
    final LiveWindows live;
    final Deadlines deadlines;
    final GivenPanes given;
    /** Whether panes come at ends and for late events only, each with something new in it. */
    final boolean plain;
    /** The watermark as of the last step; the very one where every step cuts a batch. */
    long watermark = Timestamps.NONE;

    private final PaneRules rules;
    private final FiringCondition[] conditions;
    private final boolean retracting;
    private final ProgressView progress;
    private final PaneView<K, R> before;
    private boolean clockRead;
    private long firstReading;
    /** Since the first reading: the clock itself may begin anywhere, and wrap. */
    private long clockNanos;

    PerWindowOperator(WindowSpec<E, K, R> spec, FailureHandler failures) {
        super(spec, failures);
        if (spec.emptyHorizon() > 0) {
            throw new IllegalArgumentException(spec.name() + ": empty windows can be given, here up to "
                    + spec.emptyHorizon()
                    + " behind a key's last, only of windows on a grid or calendar whose panes come"
                    + " at their end and for late events; leave out emptyWindows, or the trigger, retracting,"
                    + " onUpdate, suppressUnchanged or closing behavior that asks for more");
        }
        rules = spec.rules();
        plain = rules.allowSlices() && rules.lateEvery() == 1;
        conditions = rules.conditions().toArray(new FiringCondition[0]);
        retracting = rules.isRetracting();
        windows = new WindowArena(columns, memory(spec));
        live = new LiveWindows(windows, dictionary);
        deadlines = new Deadlines(windows, spec.windows().longestWindow(), spec.allowedLateness(), plain);
        boolean keepsContents = retracting || rules.suppressUnchanged();
        given = new GivenPanes(windows, keepsContents ? columns : AggregateColumns.none(failures), keepsContents);
        progress = new ProgressView(windows, columns, spec.name());
        before = new PaneView<>(spec.name(), keyKind, dictionary, columns);
    }

    private WindowArena.Memory memory(WindowSpec<E, K, R> spec) {
        if (!plain) {
            return WindowArena.Memory.FIRING;
        }
        return spec.allowedLateness() > 0 ? WindowArena.Memory.PANES : WindowArena.Memory.NONE;
    }

    /** The smallest watermark at which a window that begins from now on may have to give a pane. */
    abstract long earliestNewDeadline(long atWatermark);

    @Override
    final boolean firesAtEvents() {
        return rules.everyEvents() > 0 || conditions.length > 0;
    }

    @Override
    final void readClock(long nanos) {
        if (!clockRead) {
            clockRead = true;
            firstReading = nanos;
        }
        clockNanos = nanos - firstReading;
    }

    @Override
    final boolean isClockDue() {
        return deadlines.firstClock() <= clockNanos;
    }

    @Override
    final long deadline(long atWatermark) {
        if (atWatermark == Timestamps.NONE) {
            return Long.MIN_VALUE + 1; // the first watermark there is
        }
        return Math.min(earliestNewDeadline(atWatermark), deadlines.firstWatermark());
    }

    @Override
    final long lowBound(long atWatermark) {
        return atWatermark;
    }

    /** Lets a window with new bounds wait for its end, or if that has passed for its expiry. */
    final void await(int window, boolean entered, long atWatermark) {
        if (windows.end(window) > atWatermark) {
            windows.set(window, WindowArena.AWAITED | WindowArena.OPEN | WindowArena.IN_TIME);
            if (!entered) {
                deadlines.awaitEnd(window);
            }
        } else {
            windows.change(window, WindowArena.AWAITED, WindowArena.OPEN);
            if (!entered) {
                deadlines.awaitExpiry(window);
            }
        }
    }

    /** Decides whether a window that has just taken an event, which is counted in it, gives a pane. */
    final void eventAdded(int window, long atWatermark) {
        if (atWatermark < windows.end(window)) {
            if (!rules.hasFiring()) {
                return;
            }
            if (isDue(window, atWatermark)) {
                givePane(window, atWatermark);
            } else {
                armBoundary(window, atWatermark);
                armClock(window);
            }
        } else if (rules.firesAtEnd()) {
            boolean bornLate = !windows.is(window, WindowArena.END_DONE);
            windows.set(window, WindowArena.END_DONE);
            if (bornLate || windows.fresh(window) >= rules.lateEvery()) {
                givePane(window, atWatermark);
            }
        } else if (rules.hasFiring()) {
            if (isDue(window, atWatermark)) {
                givePane(window, atWatermark);
            } else {
                armClock(window);
            }
        }
    }

    private boolean isDue(int window, long atWatermark) {
        if (rules.everyEvents() > 0 && windows.fresh(window) >= rules.everyEvents()) {
            return true;
        }
        for (FiringCondition condition : conditions) {
            progress.show(window, atWatermark);
            try {
                if (condition.isDue(progress)) {
                    return true;
                }
            } catch (RuntimeException thrown) {
                failures.failed(FailureHandler.Stage.CONDITION, spec.name(), thrown);
            }
        }
        return false;
    }

    /** Enters the next step of event time. The steps of a window without a beginning are counted from 1970. */
    private void armBoundary(int window, long atWatermark) {
        long step = rules.everyEventTime();
        if (step == 0 || windows.boundary(window) != WindowArena.UNSET) {
            return;
        }
        long start = windows.start(window);
        long next;
        if (start == Long.MIN_VALUE) {
            next = Timestamps.next(atWatermark, step, 0);
        } else if (atWatermark < start) {
            next = Timestamps.add(start, step);
        } else {
            // their distance may lie outside of long, but not as an unsigned number
            next = Timestamps.add(atWatermark, step - Long.remainderUnsigned(atWatermark - start, step));
        }
        if (next < windows.end(window)) {
            deadlines.awaitBoundary(window, next);
        }
    }

    private void armClock(int window) {
        if (rules.everyClockNanos() > 0 && windows.clock(window) == WindowArena.UNSET) {
            deadlines.awaitClock(window, Timestamps.add(clockNanos, rules.everyClockNanos()));
        }
    }

    @Override
    final boolean firstClosing(long atWatermark, WindowCursor closing) {
        watermark = atWatermark;
        deadlines.gather(atWatermark, clockNanos);
        live.prefetch(deadlines.due());
        return moveToFirst(closing);
    }

    private boolean moveToFirst(WindowCursor closing) {
        int window = deadlines.first();
        if (window == WindowArena.NONE) {
            return false;
        }
        closing.set(windows.start(window), windows.end(window));
        return true;
    }

    @Override
    final boolean close(long atWatermark, WindowCursor closing) {
        int window = deadlines.first();
        deadlines.removeFirst();
        boolean done = reachEnd(window, atWatermark) || reachBoundary(window, atWatermark);
        done |= reachClock(window, atWatermark, done);
        if (isExpired(windows.end(window), atWatermark)) {
            if (!done) {
                givePaneOfExpired(window, atWatermark);
            }
            discard(window);
        }
        return moveToFirst(closing);
    }

    private boolean reachEnd(int window, long atWatermark) {
        if (!windows.is(window, WindowArena.OPEN) || atWatermark < windows.end(window)) {
            return false;
        }
        boolean fires = rules.firesAtEnd();
        windows.change(window, fires ? WindowArena.END_DONE : 0, WindowArena.OPEN);
        boolean expired = isExpired(windows.end(window), atWatermark);
        if (!expired) {
            deadlines.awaitExpiry(window);
        }
        if (!fires) {
            return false;
        }
        if (windows.fresh(window) > 0
                || rules.onTime() == OnTimeBehavior.FIRE_ALWAYS
                || (expired && rules.closing() == ClosingBehavior.FIRE_ALWAYS)) {
            givePane(window, atWatermark);
            return true;
        }
        windows.set(window, WindowArena.ON_TIME_USED);
        return false;
    }

    private boolean reachBoundary(int window, long atWatermark) {
        if (atWatermark >= windows.end(window) || windows.boundary(window) > atWatermark) {
            return false;
        }
        windows.setBoundary(window, WindowArena.UNSET);
        return giveIfFresh(window, atWatermark);
    }

    private boolean reachClock(int window, long atWatermark, boolean done) {
        if (windows.clock(window) > clockNanos) {
            return false;
        }
        windows.setClock(window, WindowArena.UNSET);
        boolean counts = atWatermark < windows.end(window) || !rules.firesAtEnd();
        return !done && counts && giveIfFresh(window, atWatermark);
    }

    private boolean giveIfFresh(int window, long atWatermark) {
        if (windows.fresh(window) == 0) {
            return false;
        }
        givePane(window, atWatermark);
        return true;
    }

    private void givePaneOfExpired(int window, long atWatermark) {
        boolean wouldBeOnTime = !rules.isNever()
                && rules.onTime() == OnTimeBehavior.FIRE_ALWAYS
                && timing(window, atWatermark) == Pane.Timing.ON_TIME;
        boolean fires = windows.fresh(window) > 0 || rules.closing() == ClosingBehavior.FIRE_ALWAYS || wouldBeOnTime;
        if (fires && rules.closing() != ClosingBehavior.DISCARD) {
            givePane(window, atWatermark);
        } else if (retracting) {
            retractParts(window);
        }
    }

    private Pane.Timing timing(int window, long atWatermark) {
        if (atWatermark < windows.end(window)) {
            return Pane.Timing.EARLY;
        }
        boolean onTime = windows.is(window, WindowArena.IN_TIME) && !windows.is(window, WindowArena.ON_TIME_USED);
        return onTime ? Pane.Timing.ON_TIME : Pane.Timing.LATE;
    }

    private void givePane(int window, long atWatermark) {
        if (!gives) {
            return;
        }
        Pane.Timing timing = timing(window, atWatermark);
        int last = given.last(window);
        boolean unchanged = rules.suppressUnchanged()
                && timing != Pane.Timing.ON_TIME
                && last != GivenPanes.NONE
                && columns.sameValue(windows, window, given.records, last);
        if (!unchanged) {
            boolean isLast = isExpired(windows.end(window), atWatermark);
            int part = given.firstPart(window);
            if (retracting) {
                retractParts(window);
            }
            long number = windows.nextPane(window);
            view.show(windows, window, windows.start(window), windows.end(window), Pane.of(timing, number, isLast));
            if (part != GivenPanes.NONE) {
                view.replaces(given.bounds(part));
            }
            replace(last);
            given.keep(window, timing, number, isLast);
            given.forgetParts(window);
        }
        if (rules.isDiscarding()) {
            windows.clearContents(window);
        }
        windows.markSeen(window);
        windows.setBoundary(window, WindowArena.UNSET);
        windows.setClock(window, WindowArena.UNSET);
        if (timing != Pane.Timing.EARLY) {
            windows.set(window, WindowArena.ON_TIME_USED);
        }
    }

    /** Gives what {@link #view} shows in the place of the window's last pane, if it had one. */
    private void replace(int last) {
        panes.increment();
        UpdateListener<K, R> updates = spec.updateListener();
        if (retracting && last != GivenPanes.NONE) {
            showRetraction(last);
            if (updates == null) {
                deliver(before);
            }
        }
        if (updates == null) {
            deliver(view);
        } else {
            deliver(updates, last == GivenPanes.NONE ? null : before, view);
        }
    }

    /** Takes back what the parts of a merged session gave. */
    private void retractParts(int window) {
        UpdateListener<K, R> updates = spec.updateListener();
        for (int part = given.firstPart(window); part != GivenPanes.NONE; part = given.records.link(part)) {
            showRetraction(part);
            if (updates == null) {
                deliver(before);
            } else {
                deliver(updates, before, null);
            }
        }
    }

    private void showRetraction(int record) {
        retractions.increment();
        before.show(given.records, record, given.start(record), given.end(record), given.pane(record));
        before.markRetraction();
    }

    private void deliver(
            UpdateListener<K, R> updates, @Nullable PaneView<K, R> old, @Nullable PaneView<K, R> replacement) {
        try {
            updates.onUpdate(old, replacement);
        } catch (RuntimeException thrown) {
            failures.failed(FailureHandler.Stage.RESULT_LISTENER, spec.name(), thrown);
        } finally {
            before.hide();
            view.hide();
        }
    }

    @Override
    void expire(long atWatermark) {
        if (plain) {
            deadlines.gatherExpired(atWatermark);
            for (int window = deadlines.first(); window != WindowArena.NONE; window = deadlines.first()) {
                deadlines.removeFirst();
                discard(window);
            }
        }
    }

    private void discard(int window) {
        given.forget(window);
        deadlines.forget(window);
        live.remove(window);
    }

    @Override
    final long liveWindows() {
        return windows.open();
    }

    @Override
    long liveEntries() {
        return live.entries() + given.entries() + (dictionary == null ? 0 : dictionary.size());
    }

    @Override
    final long oldestOpenEnd() {
        return windows.firstEnd();
    }
}

package io.tidemark;

import io.tidemark.time.Ticker;
import io.tidemark.time.Timestamps;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine's life: the thread that runs the loop (or the caller who does), its states, its end.
 *
 * <p>Threads: safe from any thread, but for {@link #poll}.
 */
final class EngineRunner {
    private static final Logger LOG = LoggerFactory.getLogger(EventTimeEngine.class);
    /** Threads wait in real time, whatever clock the engine was given. */
    private static final Ticker REAL_TIME = Ticker.system();

    private static final long ASK_MILLIS = 500;
    private static final Duration CLOSE_DEADLINE = Duration.ofSeconds(5);

    private final EngineLoop loop;
    private final EngineConfig<?> config;
    private final Supplier<Long> liveWindows;
    private final Queue<FutureTask<?>> questions = new ConcurrentLinkedQueue<>();
    private final Object lifecycle = new Object();

    private volatile EngineState state = EngineState.NEW;
    private volatile boolean stopNow;
    private volatile @Nullable Thread worker;
    /** A producer asks for the engine to fail; it is not told so itself. */
    private volatile Failures.@Nullable StopException stopAsked;

    private volatile @Nullable Throwable cause;
    private volatile long startNanos;
    private volatile long endNanos;
    private volatile long discardedWindows;

    EngineRunner(EngineLoop loop, EngineConfig<?> config, Supplier<Long> liveWindows) {
        this.loop = loop;
        this.config = config;
        this.liveWindows = liveWindows;
    }

    EngineState state() {
        return state;
    }

    /** Why it failed or was given up on; null if it completed after all. */
    @Nullable
    Throwable cause() {
        return state == EngineState.COMPLETED ? null : cause;
    }

    long discardedWindows() {
        return discardedWindows;
    }

    /** Counted anew each time: an offer that raced with the end may have been in the ring for a moment and then refused. */
    long discardedEvents() {
        return state.isFinal() ? loop.inFlight() : 0;
    }

    /** Nanoseconds since the start, up to the end. */
    long runNanos() {
        if (state == EngineState.NEW) {
            return 0;
        }
        return Math.max(0, (state.isFinal() ? endNanos : loop.nanoTime()) - startNanos);
    }

    boolean isWorker() {
        return Thread.currentThread() == worker;
    }

    void start() {
        synchronized (lifecycle) {
            if (state != EngineState.NEW) {
                throw new IllegalStateException("engine " + config.name() + " cannot be started, it is " + state);
            }
            startNanos = loop.nanoTime();
            state = EngineState.RUNNING;
            if (config.polled()) {
                loop.begin();
            } else {
                Thread thread = new Thread(this::run, "tidemark-" + config.name());
                worker = thread;
                thread.start();
            }
        }
    }

    private void run() {
        try {
            loop.begin();
            int empty = 0;
            while (!state.isFinal()) {
                int work = step();
                if (work > 0) {
                    empty = 0;
                } else if (!state.isFinal()) {
                    empty = Math.min(empty, Integer.MAX_VALUE - 1) + 1; // held there: it must not turn negative
                    config.waitStrategy().idle(empty);
                }
            }
        } catch (Throwable thrown) {
            fail(thrown);
        }
    }

    /** One pass, and what the state asks for. */
    private int step() {
        answer();
        Failures.StopException asked = stopAsked;
        if (asked != null) {
            throw asked;
        }
        if (stopNow) {
            end(EngineState.CLOSED);
            return 0;
        }
        if (state == EngineState.COMPLETING) {
            loop.closeEntrances(); // also of sources opened since
        }
        int work = loop.pass();
        // the stops are looked at last: one that was asked for before complete() must not be overtaken by it
        if (work == 0 && state == EngineState.COMPLETING && loop.isDrained() && !stopNow && stopAsked == null) {
            loop.finish();
            end(EngineState.COMPLETED);
        }
        return work;
    }

    /** Runs a pass on the caller's thread. */
    int poll() {
        if (!config.polled()) {
            throw new IllegalStateException(
                    "engine " + config.name() + " has a thread of its own; build it with polled() to poll it");
        }
        if (state == EngineState.NEW || worker != null) {
            throw new IllegalStateException(
                    "engine " + config.name() + (worker == null ? " is not started" : " is being polled already")
                            + "; poll() is called after start(), and not from a call-back");
        }
        return state.isFinal() ? 0 : pollOnce();
    }

    private int pollOnce() {
        worker = Thread.currentThread();
        try {
            return step();
        } catch (Throwable thrown) {
            fail(thrown);
            if (thrown instanceof Error error) {
                throw error;
            }
            return 0;
        } finally {
            worker = null;
        }
    }

    /** A publisher found a ring full: makes room if that is its own thread's job. False if it must wait for another thread. */
    boolean makeRoom() {
        if (config.polled() && worker == null && !state.isFinal() && state != EngineState.NEW) {
            pollOnce();
            return true;
        }
        return false;
    }

    private void fail(Throwable thrown) {
        Throwable reason = thrown instanceof Failures.StopException stop ? stop.getCause() : thrown;
        cause = reason;
        try {
            LOG.error(
                    "Engine {} failed with {}; open windows are discarded",
                    config.name(),
                    reason == null ? "?" : reason.getClass().getName());
        } finally {
            end(EngineState.FAILED);
        }
    }

    private void end(EngineState finalState) {
        try {
            discardedWindows = finalState == EngineState.COMPLETED ? 0 : liveWindows.get();
        } finally {
            loop.end();
            finish(finalState);
        }
    }

    private void finish(EngineState finalState) {
        endNanos = loop.nanoTime();
        synchronized (lifecycle) { // or a complete() that has just seen RUNNING would write COMPLETING over it
            if (finalState == EngineState.COMPLETED) {
                cause = null; // it came just after a deadline, but it came
            }
            state = finalState;
        }
        long discardedEvents = discardedEvents();
        if (discardedWindows > 0 || discardedEvents > 0) {
            LOG.warn(
                    "Engine {} ended as {}: {} open windows and {} events discarded",
                    config.name(),
                    finalState,
                    discardedWindows,
                    discardedEvents);
        } else {
            LOG.info("Engine {} ended as {}", config.name(), finalState);
        }
        answer();
        synchronized (lifecycle) {
            lifecycle.notifyAll();
        }
    }

    /** Closes the entrance and waits until everything accepted is processed, or the deadline passes. */
    void complete(Duration deadline) {
        synchronized (lifecycle) {
            if (state == EngineState.NEW) {
                end(EngineState.CLOSED);
            }
            if (state == EngineState.RUNNING) {
                state = EngineState.COMPLETING;
                loop.closeEntrances();
            }
        }
        if (isWorker()) {
            return; // asked from a call-back: it happens when the call-back has returned
        }
        boolean interrupted = await(deadline);
        if (interrupted) {
            return;
        }
        synchronized (lifecycle) {
            if (!state.isFinal() && cause == null) { // a failure under way keeps its own cause
                stopNow = true;
                String running = loop.runningCallback();
                cause = new TimeoutException("engine " + config.name() + " did not complete within " + deadline
                        + (running == null ? "; events are still being processed" : "; " + running));
            }
        }
    }

    /** Any thread: the engine thread is to fail at its next step. */
    void stopBecause(Failures.StopException stop) {
        stopAsked = stop;
    }

    /** Stops without processing more. */
    void close() {
        synchronized (lifecycle) {
            if (state.isFinal()) {
                return;
            }
            loop.closeEntrances();
            stopNow = true;
            if (state == EngineState.NEW) {
                end(EngineState.CLOSED);
                return;
            }
        }
        if (!isWorker()) {
            await(CLOSE_DEADLINE);
        }
    }

    /** Waits for the end or the deadline; true if interrupted before either, and the interrupt is kept. */
    private boolean await(Duration deadline) {
        long until = REAL_TIME.nanoTime() + Timestamps.nanos(deadline);
        while (!state.isFinal()) {
            long left = until - REAL_TIME.nanoTime();
            if (left <= 0) {
                break;
            }
            if (config.polled()) {
                pollOnce();
                continue;
            }
            synchronized (lifecycle) {
                if (!state.isFinal()) {
                    try {
                        TimeUnit.NANOSECONDS.timedWait(lifecycle, Math.max(left, 1_000_000));
                    } catch (InterruptedException interruption) {
                        Thread.currentThread().interrupt();
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /** Runs something that reads the operators' state, on the thread that owns it; null if that thread does not answer in time. */
    <T> @Nullable T ask(Supplier<T> question) {
        Thread running = worker;
        if (running == null || running == Thread.currentThread() || !running.isAlive() || state.isFinal()) {
            return question.get();
        }
        FutureTask<T> task = new FutureTask<>(question::get);
        questions.add(task);
        if (state.isFinal()) {
            answer();
        }
        try {
            return task.get(ASK_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            return null;
        } catch (TimeoutException busy) {
            task.cancel(false); // or every look at a long call-back would be work for the engine when it returns
            return null;
        } catch (java.util.concurrent.ExecutionException thrown) {
            throw new IllegalStateException("reading the engine's state failed", thrown.getCause());
        }
    }

    private void answer() {
        for (FutureTask<?> task = questions.poll(); task != null; task = questions.poll()) {
            task.run();
        }
    }
}

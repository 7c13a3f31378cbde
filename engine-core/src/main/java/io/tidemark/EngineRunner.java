package io.tidemark;

import io.tidemark.time.Ticker;
import io.tidemark.time.Timestamps;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine's life: its shards, each with a thread of its own (or run by the caller), its states, its end. It ends when all shards have;
 * one that fails stops the others.
 *
 * <p>Threads: safe from any thread, but for {@link #poll}.
 */
final class EngineRunner {
    private static final Logger LOG = LoggerFactory.getLogger(EventTimeEngine.class);
    /** Threads wait in real time, whatever clock the engine was given. */
    private static final Ticker REAL_TIME = Ticker.system();

    private static final Duration CLOSE_DEADLINE = Duration.ofSeconds(5);

    private final List<EngineWorker> workers = new ArrayList<>();
    private final EngineConfig<?> config;
    private final Supplier<Long> liveWindows;
    private final ThreadFactory threads;
    private final Object lifecycle = new Object();
    private final List<EngineWorker> running; // guarded by lifecycle
    private EngineState outcome =
            EngineState.COMPLETED; // guarded by lifecycle; of the shards that have ended, the worst

    private volatile EngineState state = EngineState.NEW;
    private volatile boolean stopNow;
    /** A producer asks for the engine to fail; it is not told so itself. */
    private volatile Failures.@Nullable StopException stopAsked;

    private volatile @Nullable Throwable cause;
    private volatile long startNanos;
    private volatile long endNanos;
    private volatile long discardedWindows;

    EngineRunner(List<EngineLoop> loops, EngineConfig<?> config, Supplier<Long> liveWindows, ThreadFactory threads) {
        for (EngineLoop loop : loops) {
            workers.add(new EngineWorker(loop, this));
        }
        this.running = new ArrayList<>(workers);
        this.config = config;
        this.liveWindows = liveWindows;
        this.threads = threads;
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
        if (!state.isFinal()) {
            return 0;
        }
        long events = 0;
        for (EngineWorker worker : workers) {
            events += worker.loop.inFlight();
        }
        return events;
    }

    /** Nanoseconds since the start, up to the end. */
    long runNanos() {
        if (state == EngineState.NEW) {
            return 0;
        }
        return Math.max(0, (state.isFinal() ? endNanos : config.ticker().nanoTime()) - startNanos);
    }

    boolean isWorker() {
        return current() != null;
    }

    /** The loop that this thread is running; null if it runs none. */
    @Nullable
    EngineLoop current() {
        for (EngineWorker worker : workers) {
            if (worker.isRunHere()) {
                return worker.loop;
            }
        }
        return null;
    }

    void start() {
        synchronized (lifecycle) {
            if (state != EngineState.NEW) {
                throw new IllegalStateException("engine " + config.name() + " cannot be started, it is " + state);
            }
            startNanos = config.ticker().nanoTime();
            state = EngineState.RUNNING;
            if (config.polled()) {
                startShards(); // before anybody else may run a pass
                return;
            }
        }
        startShards();
    }

    private void startShards() {
        for (int shard = 0; shard < workers.size(); shard++) {
            try {
                workers.get(shard).start(threads, threadName(shard));
            } catch (Throwable thrown) {
                // the shards that run end at their next step, those behind this one never began
                workers.subList(shard + 1, workers.size()).forEach(never -> leave(never, EngineState.CLOSED));
                fail(workers.get(shard), thrown);
                throw thrown;
            }
        }
    }

    private String threadName(int shard) {
        return "tidemark-" + config.name() + (workers.size() == 1 ? "" : "-" + shard);
    }

    /** Runs a pass on the caller's thread. */
    int poll() {
        if (!config.polled()) {
            throw new IllegalStateException(
                    "engine " + config.name() + " has a thread of its own; build it with polled() to poll it");
        }
        boolean polling = isBeingPolled();
        if (state == EngineState.NEW || polling) {
            throw new IllegalStateException(
                    "engine " + config.name() + (polling ? " is being polled already" : " is not started")
                            + "; poll() is called after start(), and not from a call-back");
        }
        return state.isFinal() ? 0 : pollOnce();
    }

    private boolean isBeingPolled() {
        for (EngineWorker worker : workers) {
            if (worker.isRun()) {
                return true;
            }
        }
        return false;
    }

    /** All shards in turn. */
    private int pollOnce() {
        int work = 0;
        for (int shard = 0; shard < workers.size() && !state.isFinal(); shard++) {
            if (!workers.get(shard).isEnded()) {
                work += workers.get(shard).poll();
            }
        }
        return work;
    }

    /** A publisher found a ring full: makes room if that is its own thread's job. False if it must wait for another thread. */
    boolean makeRoom() {
        if (config.polled() && !isBeingPolled() && !state.isFinal() && state != EngineState.NEW) {
            pollOnce();
            return true;
        }
        return false;
    }

    /** A shard has failed, and with it the engine. */
    void fail(EngineWorker worker, Throwable thrown) {
        Throwable reason = thrown instanceof Failures.StopException stop ? stop.getCause() : thrown;
        boolean first;
        synchronized (lifecycle) {
            first = outcome != EngineState.FAILED;
            outcome = EngineState.FAILED;
            if (first) {
                cause = reason;
            }
        }
        try {
            if (first) {
                LOG.error(
                        "Engine {} failed with {}; open windows are discarded",
                        config.name(),
                        reason == null ? "?" : reason.getClass().getName());
            }
        } finally {
            stopOthers(worker);
            leave(worker, EngineState.FAILED);
        }
    }

    /** A shard has failed: no producer waits for it, and the other shards end at their next step. */
    private void stopOthers(EngineWorker failed) {
        if (workers.size() == 1) {
            return;
        }
        stopNow = true;
        closeEntrances();
        for (EngineWorker worker : workers) {
            if (config.polled() && worker != failed && !worker.isEnded()) {
                leave(worker, EngineState.CLOSED); // there may be no other poll
            }
        }
    }

    private void closeEntrances() {
        for (EngineWorker worker : workers) {
            worker.loop.closeEntrances();
        }
    }

    /** A shard has ended; the last one ends the engine. */
    void leave(EngineWorker worker, EngineState how) {
        @Nullable EngineState last;
        synchronized (lifecycle) {
            running.remove(worker);
            if (outcome != EngineState.FAILED && how != EngineState.COMPLETED) {
                outcome = how;
            }
            last = running.isEmpty() ? outcome : null;
        }
        try {
            if (last != null) {
                end(last);
            }
        } finally {
            worker.end();
        }
    }

    private void end(EngineState finalState) {
        try {
            discardedWindows = finalState == EngineState.COMPLETED ? 0 : liveWindows.get();
        } finally {
            for (EngineWorker worker : workers) {
                worker.loop.end();
            }
            finish(finalState);
        }
    }

    private void finish(EngineState finalState) {
        endNanos = config.ticker().nanoTime();
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
        for (EngineWorker worker : workers) {
            worker.answer();
        }
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
                closeEntrances();
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
                String callback = runningCallback();
                cause = new TimeoutException("engine " + config.name() + " did not complete within " + deadline
                        + (callback == null ? "; events are still being processed" : "; " + callback));
            }
        }
    }

    /** Any thread: what call-back is running, on the first shard that runs one; null if none is. */
    @Nullable
    String runningCallback() {
        String callback = null;
        for (int shard = 0; shard < workers.size() && callback == null; shard++) {
            callback = workers.get(shard).loop.runningCallback();
        }
        return callback;
    }

    /** Whether the shards end at their next step. */
    boolean stopsNow() {
        return stopNow;
    }

    /** Why the shards are to fail at their next step; null if they are not. */
    Failures.@Nullable StopException stopAsked() {
        return stopAsked;
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
            closeEntrances();
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

    /** As {@link EngineWorker#ask}. */
    <T> @Nullable T ask(int shard, Supplier<T> question) {
        return workers.get(shard).ask(question);
    }
}

package io.tidemark;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One shard of a running engine: its loop, who runs it now, and what others want to know of it. It does at each step what the
 * {@link EngineRunner} asks for, and tells it how it ended.
 *
 * <p>Threads: {@link #start} belongs to whoever starts the engine, {@link #poll} to the caller of the engine's {@code poll}, the loop to the
 * thread that runs it; questions may be asked from any thread.
 */
final class EngineWorker {
    private static final long ASK_MILLIS = 500;

    final EngineLoop loop;
    private final EngineRunner runner;
    private final EngineConfig<?> config;
    private final Queue<FutureTask<?>> questions = new ConcurrentLinkedQueue<>();
    private volatile @Nullable Thread thread;
    private volatile boolean ended;

    EngineWorker(EngineLoop loop, EngineRunner runner) {
        this.loop = loop;
        this.runner = runner;
        this.config = loop.config;
    }

    /** Begins: on a thread of its own, of this name, unless the caller's will poll. */
    void start(ThreadFactory threads, String name) {
        if (config.polled()) {
            loop.begin();
            return;
        }
        Thread own = threads.newThread(this::run);
        own.setName(name);
        thread = own;
        own.start();
    }

    private void run() {
        try {
            loop.begin();
            int empty = 0;
            while (!ended) {
                int work = step();
                if (work > 0) {
                    empty = 0;
                } else if (!ended) {
                    empty = Math.min(empty, Integer.MAX_VALUE - 1) + 1; // held there: it must not turn negative
                    config.waitStrategy().idle(empty);
                }
            }
        } catch (Throwable thrown) {
            runner.fail(this, thrown);
        }
    }

    /** A step on the caller's thread; an Error goes to the caller too. */
    int poll() {
        thread = Thread.currentThread();
        try {
            return step();
        } catch (Throwable thrown) {
            runner.fail(this, thrown);
            if (thrown instanceof Error error) {
                throw error;
            }
            return 0;
        } finally {
            thread = null;
        }
    }

    /** One pass, and what the state asks for. */
    private int step() {
        answer();
        Failures.StopException asked = runner.stopAsked();
        if (asked != null) {
            throw asked;
        }
        if (runner.stopsNow()) {
            runner.leave(this, EngineState.CLOSED);
            return 0;
        }
        if (runner.state() == EngineState.COMPLETING) {
            loop.closeEntrances(); // also of sources opened since
        }
        int work = loop.pass();
        // the stops are looked at last: one that was asked for before complete() must not be overtaken by it
        if (work == 0
                && runner.state() == EngineState.COMPLETING
                && loop.isDrained()
                && !runner.stopsNow()
                && runner.stopAsked() == null) {
            loop.finish();
            runner.leave(this, EngineState.COMPLETED);
        }
        return work;
    }

    /** Whether some thread has it in hand: its own from the start on, or one that polls. */
    boolean isRun() {
        return thread != null;
    }

    boolean isRunHere() {
        return thread == Thread.currentThread();
    }

    boolean isEnded() {
        return ended;
    }

    /** It makes no step any more. */
    void end() {
        ended = true;
        answer();
    }

    /** Answers what was asked; on the thread that runs it, or on any once there is none. */
    void answer() {
        for (FutureTask<?> task = questions.poll(); task != null; task = questions.poll()) {
            task.run();
        }
    }

    /**
     * Runs something that reads the shard's state, on the thread that owns it; null if that thread does not answer in time, or the question
     * comes from another shard, which might be asked by this one meanwhile.
     */
    <T> @Nullable T ask(Supplier<T> question) {
        Thread owner = thread;
        if (owner == null || owner == Thread.currentThread() || !owner.isAlive() || isOver()) {
            return question.get();
        }
        if (runner.isWorker()) {
            return null;
        }
        FutureTask<T> task = new FutureTask<>(question::get);
        questions.add(task);
        if (isOver()) {
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
        } catch (ExecutionException thrown) {
            throw new IllegalStateException("reading the engine's state failed", thrown.getCause());
        }
    }

    private boolean isOver() {
        return ended || runner.state().isFinal();
    }
}

package io.tidemark;

import io.tidemark.metrics.Counter;
import io.tidemark.metrics.LatencyLog;
import io.tidemark.metrics.LatencyRecorder;
import io.tidemark.operator.OperatorChain;
import io.tidemark.operator.RowBatch;
import io.tidemark.time.Ticker;
import io.tidemark.time.Timestamps;
import io.tidemark.watermark.FutureGuard;
import io.tidemark.watermark.IdlePolicy;
import io.tidemark.watermark.SourceWatermark;
import io.tidemark.watermark.WatermarkTracker;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The duty cycle: take rows from each source, keep out what must not come in, record latencies, hand the rest to the operators, let the
 * clocks act.
 *
 * <p>Threads: one thread at a time runs it; lanes are added by any.
 */
class EngineLoop {
    private static final Logger LOG = LoggerFactory.getLogger(EventTimeEngine.class);
    private static final long HOLD_WARNING_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long HOLD_WARNING_PAUSE_NANOS = TimeUnit.MINUTES.toNanos(10);
    /** A longer pause between two passes, on the machine's own clock, was a stall of ours; silence meanwhile is nobody's fault. */
    private static final long STALL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final String NO_CALLBACK = "";
    private static final VarHandle RUNNING_CALLBACK;
    private static final VarHandle CALLBACK_SINCE;
    private static final VarHandle WATERMARK_SEEN;

    static {
        MethodHandles.Lookup lookup = MethodHandles.lookup();
        try {
            RUNNING_CALLBACK = lookup.findVarHandle(EngineLoop.class, "runningCallback", String.class);
            CALLBACK_SINCE = lookup.findVarHandle(EngineLoop.class, "callbackSinceNanos", long.class);
            WATERMARK_SEEN = lookup.findVarHandle(EngineLoop.class, "watermarkSeen", long.class);
        } catch (ReflectiveOperationException unexpected) {
            throw new ExceptionInInitializerError(unexpected);
        }
    }

    final EngineConfig<?> config;
    final WatermarkTracker tracker;
    final OperatorChain chain;
    /** Replaced as a whole when one is added: a pass goes through them several times, and needs no iterator. */
    volatile Lane[] lanes = {};

    /** Those that the tracker knows. */
    private Lane[] admitted = {};

    final LatencyRecorder closeToCallback = new LatencyRecorder("close-to-callback", 1);
    final LatencyRecorder callback = new LatencyRecorder("callback", 1);
    final Counter handedOn = new Counter();
    private final Counter regressions = new Counter();

    private final Ticker realTime = Ticker.system();
    private final FutureGuard guard;
    private final Rejects rejects;
    private final WallClock wallClock;
    private final int patience;
    /** Whether the wall clock can move the watermark. */
    private final boolean followsClock;

    private final @Nullable LatencyLog log;
    private boolean logFailed;
    private volatile boolean ended;
    private long nextLogNanos;
    private long lastPassReal;
    private long batchNanos;

    /** Written by the engine thread alone, with a release store: it moves in nearly every pass. */
    private long watermarkSeen = Long.MIN_VALUE;

    private long watermarkSeenNanos;
    private long holdWarningDue;

    /** Results given since the batch was taken. */
    int resultsInBatch;

    /** The newest reading of the clock; the engine thread's. */
    private long clockNanos;

    // written with release and opaque stores: a volatile one would cost more than the result that it is about
    @SuppressWarnings("UnusedVariable") // read through RUNNING_CALLBACK
    private String runningCallback = NO_CALLBACK;

    @SuppressWarnings("UnusedVariable") // read through CALLBACK_SINCE
    private long callbackSinceNanos;

    EngineLoop(
            EngineConfig<?> config,
            int processingColumn,
            Rejects rejects,
            Failures failures,
            @Nullable LatencyLog log) {
        this.config = config;
        this.rejects = rejects;
        this.tracker = new WatermarkTracker(config.idlePolicy(), config.unit());
        this.chain = new OperatorChain(tracker, failures);
        this.guard = new FutureGuard(config.maxFutureSkew(), processingColumn);
        this.wallClock = new WallClock(config.epochClock(), config.unit(), !config.polled() && ticksInRealTime());
        this.patience = config.polled() ? 0 : config.waitStrategy().patience();
        this.followsClock = config.idlePolicy() == IdlePolicy.FOLLOW;
        this.log = log;
        if (log != null) {
            log.add(closeToCallback);
            log.add(callback);
        }
    }

    long nanoTime() {
        return config.ticker().nanoTime();
    }

    long batchNanos() {
        return batchNanos;
    }

    /** The wall clock at a reading of the monotonic one. */
    final long nowUnits(long now) {
        return wallClock.units(now);
    }

    @SuppressWarnings("ReferenceEquality") // another ticker may tell another time, even one that equals it
    private boolean ticksInRealTime() {
        return config.ticker() == realTime;
    }

    /** Adds a source. */
    synchronized void open(Lane lane, boolean fromFirstEvent) {
        if (log != null) {
            log.add(lane.latency.recorder);
            log.add(lane.publishToProcessed);
        }
        lane.opensFromFirstEvent = fromFirstEvent;
        Lane[] more = Arrays.copyOf(lanes, lanes.length + 1);
        more[lanes.length] = lane;
        lanes = more;
        if (ended) {
            lane.abandon(); // it came too late for the end to see it
        }
    }

    /** Called once by the thread that will run the passes. */
    void begin() {
        for (Lane lane : lanes) {
            lane.isDrained(); // so that the graces of those that are closed run side by side
        }
        for (Lane lane : lanes) {
            lane.settle();
        }
        long now = nanoTime();
        admit(lanes, now);
        tracker.start(now);
        lastPassReal = realTime.nanoTime();
        watermarkSeenNanos = now;
        holdWarningDue = now;
        nextLogNanos = now + Timestamps.nanos(config.latencyLogInterval());
        wallClock.start(now);
    }

    /** Lets sources that were opened since the last pass count, unless they are closed by now and nothing came from them. */
    private void admit(Lane[] opened, long now) {
        for (int i = admitted.length; i < opened.length; i++) {
            Lane lane = opened[i];
            lane.finished = lane.isDrained();
            if (!lane.finished) {
                tracker.open(lane.watermark, lane.opensFromFirstEvent, now);
            }
        }
        admitted = opened;
    }

    /** Lets idle sources for which events wait hold the watermark again, before the events of another one can lift it past them. */
    private void wake(long now) {
        for (Lane lane : admitted) {
            if (lane.watermark.isIdle() && waits(lane)) {
                tracker.active(lane.watermark, now);
            }
        }
    }

    /** Whether something of a source waits to be taken. */
    boolean waits(Lane lane) {
        return lane.inFlight() > 0;
    }

    /**
     * One pass over all sources.
     *
     * @return rows and commands handled
     */
    int pass() {
        // what silence is measured by: a later reading would charge a source that was looked at before with the work on
        // all others
        long now = nanoTime();
        batchNanos = now;
        clockNanos = now;
        forgiveStall(now);
        Lane[] open = lanes;
        if (open.length > admitted.length) {
            admit(open, now);
        }
        if (tracker.hasIdle()) {
            wake(now);
        }
        chain.readClock(now);
        int work = 0;
        for (Lane lane : open) {
            if (!lane.finished) {
                work += drain(lane, now);
            }
        }
        resultsInBatch = 0; // what the clock closes, no batch has closed
        chain.onClock(now, followsClock ? nowUnits(now) : Timestamps.NONE);
        warnOfHolder(now);
        if (log != null && speaksForAll() && now - nextLogNanos >= 0) {
            nextLogNanos = now + Timestamps.nanos(config.latencyLogInterval());
            guardLog(log::write);
        }
        return work;
    }

    /** Whether this loop writes the log and the warnings; shards share them. */
    boolean speaksForAll() {
        return true;
    }

    /** A disk that is full must not stop payments. */
    private void guardLog(Runnable step) {
        if (logFailed) {
            return;
        }
        try {
            step.run();
        } catch (UncheckedIOException thrown) {
            logFailed = true;
            LOG.warn(
                    "Engine {}: the latency log cannot be written any more; the engine goes on", config.name(), thrown);
        }
    }

    /** What a pause is longer than a stall is no silence. The rest is, or passes that are all slow would keep every source awake. */
    private void forgiveStall(long now) {
        long real = ticksInRealTime() ? now : realTime.nanoTime();
        long pause = real - lastPassReal;
        lastPassReal = real;
        if (pause > STALL_NANOS && !config.polled()) {
            tracker.forgive(pause - STALL_NANOS);
        }
    }

    /** Rows up to the next command, then the commands that stand there. */
    int drain(Lane lane, long now) {
        int work = take(lane, now);
        if (work > 0) {
            tracker.active(lane.watermark, now);
            process(lane, work, nowUnits(beginBatch()));
        }
        for (Command command = lane.command(); command != null; command = lane.command()) {
            tracker.active(lane.watermark, now);
            beginBatch();
            if (command.watermark() < lane.watermark.watermark()) {
                regressions.increment();
            }
            chain.advanceTo(lane.watermark, command.watermark());
            work++;
        }
        if (work == 0 && lane.isDrained()) {
            lane.finished = true;
            tracker.close(lane.watermark);
        }
        return work;
    }

    /** Takes rows of a lane; of one in a hurry, after a while in which more may come. */
    final int take(Lane lane, long now) {
        int max = config.batchSize();
        int rows = lane.take(max);
        if (rows > 0 && rows < max && !lane.mayGrow(rows)) {
            return rows;
        }
        int spins = lane.haste.spins(rows, max, patience, now);
        if (spins > 0) {
            for (int spin = 0; spin < spins; spin++) {
                Thread.onSpinWait();
            }
            int more = lane.take(max) - rows;
            lane.haste.waited(spins, more);
            rows += Math.max(more, 0);
        }
        return rows;
    }

    /**
     * Reads the clock, now that something was taken: nothing of it is younger than the reading.
     *
     * @return the reading
     */
    final long beginBatch() {
        batchNanos = readClock();
        resultsInBatch = 0;
        return batchNanos;
    }

    private void process(Lane lane, int rows, long now) {
        RowBatch batch = lane.batch();
        int row = 0;
        try {
            while (row < rows) {
                int block = Math.min(rows - row, RowBatch.BLOCK);
                batch.measure(row, row + block);
                int passing = block;
                if (!guard.passesAll(batch.earliest(), batch.latest(), now)) {
                    passing = guard.passing(batch.longs(), batch.row(row), batch.longStride(), block, now);
                    batch.measure(row, row + Math.max(passing, 1));
                }
                if (passing > 0) {
                    lane.latency.record(batch, row, passing, now);
                    int first = row;
                    try {
                        chain.processMeasured(batch, first, first + passing, lane.watermark);
                    } finally {
                        row = chain.reached();
                        lane.handedOn.add(row - first);
                        handedOn.add(row - first);
                    }
                }
                if (passing < block) {
                    row++;
                    rejects.reject(lane, batch, row - 1, now);
                }
            }
        } finally {
            // also when user code stops the engine here: what is in the books goes back, the rest is given up with the
            // ring
            lane.release(row, lane.hasStamp(row) ? nanoTime() : 0);
        }
    }

    /** Whether every source's entrance is closed and everything accepted was processed. */
    boolean isDrained() {
        for (Lane lane : lanes) {
            if (!lane.finished) {
                return false;
            }
        }
        return true;
    }

    /** End of input: closes every window. */
    void finish() {
        beginBatch();
        chain.finish();
    }

    /** No source takes more. */
    void closeEntrances() {
        for (Lane lane : lanes) {
            lane.close();
        }
    }

    /** Nothing will be processed any more: producers are released, and what still waits is given up. */
    void end() {
        ended = true;
        for (Lane lane : lanes) {
            lane.abandon();
        }
        if (log != null) {
            guardLog(log::close);
        }
    }

    /** Events accepted and not processed; after the end, those given up. */
    long inFlight() {
        long events = 0;
        for (Lane lane : lanes) {
            events += lane.inFlight();
        }
        return events;
    }

    /** Calls of {@code advanceTo} that would have taken a watermark back and were ignored. */
    long regressions() {
        return regressions.value();
    }

    /** Reads the clock. */
    long readClock() {
        clockNanos = nanoTime();
        return clockNanos;
    }

    void enterCallback(String stream) {
        CALLBACK_SINCE.setOpaque(this, clockNanos);
        RUNNING_CALLBACK.setRelease(this, stream);
    }

    void leaveCallback() {
        RUNNING_CALLBACK.setRelease(this, NO_CALLBACK);
    }

    /** Any thread: what call-back is running, and since when the clock was last read before it; null if none is. */
    @Nullable
    String runningCallback() {
        String stream = (String) RUNNING_CALLBACK.getAcquire(this);
        if (stream.equals(NO_CALLBACK)) {
            return null;
        }
        return "the call-back of " + stream + " has been running for up to "
                + TimeUnit.NANOSECONDS.toMillis(nanoTime() - (long) CALLBACK_SINCE.getOpaque(this)) + " ms";
    }

    /** Any thread: the engine's watermark as of the last pass. */
    long watermarkSeen() {
        return (long) WATERMARK_SEEN.getAcquire(this);
    }

    private void warnOfHolder(long now) {
        if (tracker.watermark() != watermarkSeen) {
            WATERMARK_SEEN.setRelease(this, tracker.watermark());
            watermarkSeenNanos = now;
            return;
        }
        if (now - watermarkSeenNanos < HOLD_WARNING_NANOS || now - holdWarningDue < 0) {
            return;
        }
        SourceWatermark holder = tracker.holder();
        if (holder != null && speaksForAll() && tracker.holdsOthersBack(holder)) {
            holdWarningDue = now + HOLD_WARNING_PAUSE_NANOS;
            LOG.warn(
                    "Engine {}: source {} has held the watermark at {} for {} s while others are ahead;"
                            + " give it an idle timeout or close it if it is done",
                    config.name(),
                    holder.name(),
                    watermarkSeen,
                    TimeUnit.NANOSECONDS.toSeconds(now - watermarkSeenNanos));
        }
    }
}

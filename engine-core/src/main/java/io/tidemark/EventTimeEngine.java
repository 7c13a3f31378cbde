package io.tidemark;

import io.tidemark.metrics.LatencyLog;
import io.tidemark.operator.FailureHandler;
import io.tidemark.ring.CheckReturnValue;
import io.tidemark.ring.OfferResult;
import io.tidemark.ring.RowRing;
import io.tidemark.ring.WaitStrategy;
import io.tidemark.time.Ticker;
import io.tidemark.time.Timestamps;
import io.tidemark.watermark.SourceWatermark;
import io.tidemark.watermark.WatermarkStrategy;
import io.tidemark.window.WindowAssigner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An event-time engine inside your process: events come in late and out of order, windows are closed by the watermark, and you are called
 * back with their results.
 *
 * <pre>{@code
 * EventTimeEngine<Payment> engine = EventTimeEngine.<Payment>builder("payments")
 *     .timestamp(Payment::occurredAt)
 *     .watermark(WatermarkStrategy.boundedOutOfOrderness(Duration.ofSeconds(10)))
 *     .build();
 * engine.keyByLong(Payment::merchantId)
 *     .window(Windows.tumbling(Duration.ofMinutes(1)))
 *     .aggregate(Aggregators.sumExact(Payment::amountMinor))
 *     .onLate(deadLetters::add)
 *     .onResult(r -> report.add(r.key(), r.window(), r.value()));
 * engine.start();
 * if (engine.publish(payment) != OfferResult.ACCEPTED) {
 *     notPublished.add(payment);   // no room for 5 s, or the engine is closed
 * }
 * engine.complete();
 * }</pre>
 *
 * <p>Order of use: build, declare windows, open sources, {@link #start}, publish, {@link #complete} or {@link #close}. Windows are
 * declared before the first source is opened, because they decide what a row carries.
 *
 * <p>Threads: one engine thread runs all call-backs, with {@code shards(n)} one for each shard (none with {@code polled()}, then {@link #poll} does). {@code publish},
 * {@code offer}, {@code advanceTo}, {@code complete}, {@code close}, {@code state}, {@code metrics} and {@code explain} may be called from
 * any thread (with {@code polled()} only from the one that polls); declarations belong to the thread that builds.
 *
 * <p>Units: timestamps count the engine's time unit since 1970, milliseconds unless the builder says otherwise. Null: nowhere
 * allowed. Errors: wrong use throws, naming the value and the remedy; a full ring is an answer, not an exception; what user code
 * throws goes to the {@link ErrorPolicy}.
 *
 * @param <E> event
 */
public class EventTimeEngine<E> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventTimeEngine.class);
    /** Threads wait in real time, whatever clock the engine was given. */
    private static final Ticker REAL_TIME = Ticker.system();

    private static final Duration COMPLETE_DEADLINE = Duration.ofSeconds(30);
    private static final String SHARED_SOURCE = "publish";
    /** On the engine thread a closed source is drained so much later, for which its publishes need no fence. */
    private static final long CLOSING_GRACE_NANOS = 1_000_000;

    private final EngineConfig<E> config;
    private final RowLayout<E> layout;
    private final Failures failures;
    private final SourceParts<E> parts;
    /** One for each shard. */
    private final List<EngineLoop> loops = new ArrayList<>();

    private final EngineRunner runner;
    private final Declarations declarations;
    private final StreamInput<E> events;
    private final List<EngineView> views = new ArrayList<>();
    /** What {@code publish} puts events into: of one shard from the beginning, of several once rows are fixed. */
    private @Nullable SharedInlet<E> shared;

    private @Nullable Shards<E> shards;

    EventTimeEngine(EngineConfig<E> config, RowLayout<E> layout) {
        this.config = config;
        this.layout = layout;
        this.failures = new Failures(config.name(), config.errorPolicy(), config.ticker());
        this.parts = new SourceParts<>(config, layout);
        if (config.keepEvents()) {
            layout.carryEvents();
        }
        Path logFile = config.latencyLog();
        LatencyLog log = logFile == null ? null : new LatencyLog(logFile, config.epochClock());
        Rejects rejects = new Rejects(config, parts.processingColumn(), failures);
        SourceWatermark watermark =
                parts.watermark(SHARED_SOURCE, config.watermark()); // refuses what does not fit, and claims its column
        this.declarations = new Declarations(config, layout);
        this.events = new EventInput<>(declarations, layout);
        if (config.shards() == 1) {
            EngineLoop loop = new EngineLoop(config, parts.processingColumn(), rejects, failures, log);
            QueueLane<E> queue =
                    new QueueLane<>(SHARED_SOURCE, watermark, parts.latency(SHARED_SOURCE), config, layout, failures);
            loop.open(queue, true);
            shared = queue;
            loops.add(loop);
        }
        while (loops.size() < config.shards()) {
            loops.add(new ShardLoop(config, parts.processingColumn(), rejects, failures, log));
        }
        this.runner = new EngineRunner(loops, config, declarations::liveWindows, Thread::new);
        for (int shard = 0; shard < loops.size(); shard++) {
            views.add(new EngineView(config, loops.get(shard), runner, failures, declarations.streams(shard)));
        }
    }

    /** Starts building an engine for events that are objects; the name is shown in logs, threads and explanations. */
    public static <E> EngineBuilder<E> builder(String name) {
        return new EngineBuilder<>(name);
    }

    /** Starts building an engine for rows of numbers: a timestamp, then these columns. */
    public static ColumnEngineBuilder columns(String name, String... columns) {
        return new ColumnEngineBuilder(name, List.of(columns));
    }

    // ---- declaring ----

    /** Events by a key that is an object, as {@code Comparator.comparing}. Extracted on the publishing thread. */
    public <K> KeyedStream<E, K> keyBy(Function<? super E, ? extends K> key) {
        return events.keyBy(key);
    }

    /** Events by a key that is a long, as {@code Comparator.comparingLong}; never boxed on the way. */
    public KeyedStream<E, Long> keyByLong(ToLongFunction<? super E> key) {
        return events.keyByLong(key);
    }

    /** Windows over all events, without a key. */
    public WindowedStream<E, Void> window(WindowAssigner<? super E> windows) {
        return events.window(windows);
    }

    /** On a producer's thread: an extractor threw. A policy that says stop ends the engine, never its producer. */
    void extractorFailed(String source, RuntimeException thrown) {
        try {
            failures.failed(FailureHandler.Stage.EXTRACTOR, source, thrown);
        } catch (Failures.StopException stop) {
            runner.stopBecause(stop);
        }
    }

    /** Fixes what rows carry, once. */
    private synchronized void freeze() {
        if (!layout.isFrozen()) {
            ShardKeys keys = declarations.fix(loops);
            try {
                fixInlets(keys);
            } catch (RuntimeException refused) {
                declarations.clear(loops);
                throw refused;
            }
            layout.freeze();
        }
    }

    private void fixInlets(ShardKeys keys) {
        if (keys.shards() > 1) {
            List<ShardLoop> shardLoops =
                    loops.stream().map(ShardLoop.class::cast).toList();
            shards = new Shards<>(config, layout, parts, shardLoops, keys);
            shared = shards.openShared(SHARED_SOURCE, failures);
        } else {
            shared().fix(layout.projection(config.timestamp()));
        }
    }

    private SharedInlet<E> shared() {
        return Objects.requireNonNull(shared, "rows are not fixed yet");
    }

    // ---- sources ----

    /**
     * Opens a source with the engine's watermark strategy; from now on its watermark counts.
     *
     * @throws IllegalArgumentException if there is, or was, a source of this name
     * @throws IllegalStateException if a declaration is unfinished, or the engine has ended
     */
    public Source<E> source(String name) {
        return source(name, config.watermark());
    }

    /**
     * As {@link #source(String)}, with a strategy of its own.
     *
     * @throws IllegalStateException also if the strategy reads the watermark from events and comes after the first source was opened
     */
    public Source<E> source(String name, WatermarkStrategy<? super E> strategy) {
        Objects.requireNonNull(name, "name");
        synchronized (this) {
            SourceWatermark watermark = parts.watermark(name, strategy);
            freeze();
            if (runner.state().isFinal() || runner.state() == EngineState.COMPLETING) {
                throw new IllegalStateException(
                        "engine " + config.name() + " is " + runner.state() + "; no source can be opened");
            }
            if (Arrays.stream(loops.get(0).lanes).anyMatch(lane -> lane.name.equals(name))) {
                throw new IllegalArgumentException("a source named " + name + " exists; names are unique in an engine");
            }
            if (shards != null) {
                return open(shards.open(name, strategy));
            }
            RowRing ring = new RowRing(
                    config.capacity(),
                    layout.longStride(),
                    layout.objectStride(),
                    config.stampSampling(),
                    config.ticker(),
                    config.polled() ? 0 : CLOSING_GRACE_NANOS);
            RingLane lane = new RingLane(name, watermark, parts.latency(name), ring, layout, config.stampSampling());
            Source<E> source = newSource(lane, layout);
            loops.get(0).open(lane, false);
            return source;
        }
    }

    /** A source that several shards know by now. If the engine began to end meanwhile, some of them may have ended without it. */
    private Source<E> open(ShardRouter router) {
        if (runner.state() != EngineState.NEW && runner.state() != EngineState.RUNNING) {
            router.close();
        }
        return newSource(router, layout);
    }

    Source<E> newSource(RingLane lane, RowLayout<E> rows) {
        return new Source<>(this, new RingInlet<>(this, lane, rows.projection(config.timestamp()), rows));
    }

    Source<E> newSource(ShardRouter router, RowLayout<E> rows) {
        return new Source<>(this, new ShardedInlet<>(this, router, rows.projection(config.timestamp())));
    }

    // ---- running ----

    /**
     * Starts processing: on a thread of its own, or with {@code polled()} on the caller's at each {@link #poll}.
     *
     * @throws IllegalStateException if a declaration is unfinished (the message names the missing call), or it was started before
     * @throws OutOfMemoryError if the machine has no thread left; the engine has failed then, and threads that it has already end by themselves
     */
    public void start() {
        freeze();
        LOG.info(
                "Engine {}: watermark {}, max future skew {} {}, ring {} events, {} {}",
                config.name(),
                config.watermark(),
                config.maxFutureSkew(),
                config.unit(),
                config.capacity(),
                declarations.streams(0).size() == 1 ? "windows" : "streams of windows",
                declarations);
        runner.start();
    }

    /**
     * Publishes an event from any thread, waiting for room up to {@code publishTimeout}. From a call-back it never waits. The answer
     * must be looked at: FULL means that the event is not in.
     *
     * @return ACCEPTED; FULL if there was no room in time, counted as shed; CLOSED
     */
    @CheckReturnValue
    public OfferResult publish(E event) {
        OfferResult result = tryOffer(event);
        return result == OfferResult.FULL ? awaitRoom(() -> tryOffer(event), shared()::countShed) : result;
    }

    /** Publishes an event from any thread, or says at once why not: ACCEPTED, FULL (counted as shed), or CLOSED. */
    @CheckReturnValue
    public OfferResult offer(E event) {
        OfferResult result = tryOffer(event);
        if (result == OfferResult.FULL) {
            shared().countShed();
        }
        return result;
    }

    private OfferResult tryOffer(E event) {
        if (!layout.isFrozen()) {
            freeze();
        }
        return shared().offer(Objects.requireNonNull(event, "event is null; publish real events only"));
    }

    /**
     * Moves the watermark of the source behind {@code publish} by hand, in order with this thread's events: no event stamped below it
     * follows. {@link Long#MAX_VALUE} says that none follows at all. One that would take it back is ignored and counted.
     *
     * @param watermark in the engine's time unit
     */
    public OfferResult advanceTo(long watermark) {
        if (!layout.isFrozen()) {
            freeze();
        }
        Command command = new Command(0, watermark);
        OfferResult result = shared().offer(command);
        return result == OfferResult.FULL ? awaitRoom(() -> shared().offer(command), () -> {}) : result;
    }

    /** Tries again until it is not FULL, the publish timeout has passed, or waiting would be for oneself. */
    OfferResult awaitRoom(Supplier<OfferResult> attempt, Runnable onShed) {
        long until = REAL_TIME.nanoTime() + Timestamps.nanos(config.publishTimeout());
        WaitStrategy waiting = WaitStrategy.backoff();
        OfferResult result = OfferResult.FULL;
        for (int tries = 1; result == OfferResult.FULL; tries++) {
            if (!runner.makeRoom()) {
                if (runner.isWorker() || config.polled() || REAL_TIME.nanoTime() - until >= 0) {
                    break;
                }
                waiting.idle(tries);
            }
            result = attempt.get();
        }
        if (result == OfferResult.FULL) {
            onShed.run();
        }
        return result;
    }

    /**
     * With {@code polled()}: one pass over all sources on this thread, call-backs included.
     *
     * @return events and commands handled; 0 means that nothing is waiting
     * @throws IllegalStateException if the engine has a thread of its own, is not started, or this is called from a call-back
     */
    public int poll() {
        return runner.poll();
    }

    /** As {@link #complete(Duration)} with 30 seconds. */
    public EngineReport complete() {
        return complete(COMPLETE_DEADLINE);
    }

    /**
     * No more input: closes the entrance, processes everything accepted, closes every window, and ends. Waits for that until the
     * deadline. From a call-back it only asks for it and returns at once. An engine that was never started is closed instead.
     *
     * @return a report whose state is COMPLETED, or, when the deadline has passed, COMPLETING with what holds it up as the cause;
     *     the engine then stops after the batch that it is working on, whose call-backs still come. A thread that is interrupted
     *     stops waiting, with the same report without a cause, and the engine goes on completing
     */
    public EngineReport complete(Duration deadline) {
        runner.complete(deadline);
        // a deadline that has passed is not stretched by a question to a thread that is busy
        boolean answers = runner.state().isFinal() || runner.isWorker() || config.polled();
        return report(answers ? metrics() : metrics(false));
    }

    /**
     * Stops now: what waits in the rings and the windows still open are discarded, and the log and the report say how many. After
     * {@link #complete} it does nothing. From a call-back it only asks. The batch that is being
     * worked on is still finished, with its call-backs; waits up to 5 seconds for that.
     */
    @Override
    public void close() {
        runner.close();
    }

    // ---- looking ----

    /** Where the engine is in its life. */
    public EngineState state() {
        return runner.state();
    }

    /**
     * The engine's watermark: {@link Long#MIN_VALUE} before there is one, {@link Long#MAX_VALUE} at the end of input. In a call-back
     * the very one; from other threads it may be a batch old. Cheap, unlike {@link #metrics}.
     */
    public long watermark() {
        EngineLoop own = runner.current();
        if (own != null) {
            return own.tracker.watermark();
        }
        boolean ended = runner.state().isFinal();
        long watermark = Long.MAX_VALUE;
        for (EngineLoop loop : loops) {
            watermark = Math.min(watermark, ended ? loop.tracker.watermark() : loop.watermarkSeen());
        }
        return watermark;
    }

    /** State, accounting, and what was discarded. */
    public EngineReport report() {
        return report(metrics());
    }

    private EngineReport report(EngineMetrics metrics) {
        return new EngineReport(
                runner.state(), metrics, runner.discardedWindows(), runner.discardedEvents(), runner.cause());
    }

    /**
     * The accounting and the latencies now. Read by the engine thread between two batches; if it does not answer within half a
     * second because a call-back holds it, counters are read as they stand and live windows and entries are -1. With several shards each is
     * asked in turn; from a call-back only its own shard is.
     */
    public EngineMetrics metrics() {
        return metrics(true);
    }

    private EngineMetrics metrics(boolean ask) {
        List<EngineMetrics> ofShards = new ArrayList<>();
        for (int shard = 0; shard < views.size(); shard++) {
            EngineView view = views.get(shard);
            EngineMetrics answered = ask ? runner.ask(shard, () -> view.metrics(true)) : null;
            ofShards.add(answered == null ? view.metrics(false) : answered);
        }
        return ShardMetrics.join(ofShards);
    }

    /**
     * In plain words: which windows are open and why, what each source's watermark is, and which source holds the engine's back.
     * For people; the wording may change.
     */
    public String explain() {
        EngineView first = views.get(0);
        if (views.size() == 1) {
            String answered = runner.ask(0, first::explain);
            return answered == null ? first.explainBusy() : answered;
        }
        StringBuilder text = new StringBuilder(first.explainEngine());
        for (int shard = 0; shard < views.size() && !runner.state().isFinal(); shard++) {
            EngineView view = views.get(shard);
            String answered = runner.ask(shard, view::explainShard);
            text.append("Shard ")
                    .append(shard)
                    .append(" of ")
                    .append(views.size())
                    .append(": ");
            text.append(answered == null ? view.explainBusyShard() : answered);
        }
        return text.toString();
    }
}

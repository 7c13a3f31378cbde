package io.tidemark;

import io.tidemark.ring.WaitStrategy;
import io.tidemark.time.EpochClock;
import io.tidemark.time.Ticker;
import io.tidemark.time.Timestamps;
import io.tidemark.watermark.IdlePolicy;
import io.tidemark.watermark.WatermarkStrategy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The settings that both kinds of engine share: with event objects ({@link EngineBuilder}) and with columns
 * ({@link ColumnEngineBuilder}). Each has a default that its method states; the engine logs them once at the start.
 *
 * <p>Threads: belongs to one thread. Errors: a value out of range is refused at once with an {@link IllegalArgumentException}, null
 * with a {@link NullPointerException}.
 *
 * @param <E> event
 * @param <B> the builder itself
 */
public abstract sealed class EngineSettings<E, B extends EngineSettings<E, B>>
        permits EngineBuilder, ColumnEngineBuilder {
    private static final int LARGEST_BATCH = 1 << 16;
    private static final int MOST_SHARDS = 256;

    private final String name;

    @Nullable
    ToLongFunction<? super E> timestamp;

    TimeUnit unit = TimeUnit.MILLISECONDS;
    private @Nullable WatermarkStrategy<? super E> watermark;
    private IdlePolicy idlePolicy = IdlePolicy.HOLD;
    private Duration maxFutureSkew = Duration.ofDays(1);
    private @Nullable ToLongFunction<? super E> processingTime;
    private @Nullable Consumer<? super RejectedEvent<E>> rejectedHandler;
    private ErrorPolicy errorPolicy = ErrorPolicy.goOn();
    private boolean keepEvents;
    private int capacity = 1 << 14;
    private int batchSize = 1024;
    private Duration publishTimeout = Duration.ofSeconds(5);
    private WaitStrategy waitStrategy = WaitStrategy.backoff().withPatience(200);
    private boolean polled;
    private int shards = 1;
    private int latencySampling = 256;
    private int stampSampling = 256;
    private @Nullable Path latencyLog;
    private Duration latencyLogInterval = Duration.ofSeconds(1);
    private Ticker ticker = Ticker.system();
    private EpochClock epochClock = EpochClock.system();

    EngineSettings(String name) {
        this.name = Objects.requireNonNull(name, "name");
    }

    abstract B self();

    /**
     * The unit of all timestamps: milliseconds unless said; microseconds and nanoseconds are as good. Nothing coarser than a second.
     *
     * <pre>{@code
     * EventTimeEngine.<Payment>builder("micros")
     *         .timeUnit(TimeUnit.MICROSECONDS)
     *         .timestamp(Payment::occurredAt)
     * }</pre>
     */
    public B timeUnit(TimeUnit newUnit) {
        if (newUnit.convert(1, TimeUnit.SECONDS) == 0) {
            throw new IllegalArgumentException(
                    "time unit " + newUnit + " is coarser than a second; use SECONDS or finer");
        }
        unit = newUnit;
        return self();
    }

    /** How the watermark follows from the events; required. Sources may be opened with a strategy of their own. */
    public B watermark(WatermarkStrategy<? super E> strategy) {
        watermark = Objects.requireNonNull(strategy, "watermark strategy");
        return self();
    }

    /** What the watermark does while every source is idle: {@link IdlePolicy#HOLD} unless said. */
    public B idlePolicy(IdlePolicy policy) {
        idlePolicy = Objects.requireNonNull(policy, "idle policy");
        return self();
    }

    /**
     * How far ahead of processing time a timestamp may be; 1 day unless said. Events beyond it are rejected before they can move the
     * watermark.
     */
    public B maxFutureSkew(Duration skew) {
        if (skew.isNegative()) {
            throw new IllegalArgumentException("maxFutureSkew must not be negative, got " + skew);
        }
        maxFutureSkew = skew;
        return self();
    }

    /**
     * For a replay: processing time (in the engine's unit) is what this reads from the event, not the clock. Latency is then that
     * of the recorded run, and the future guard works as it would have then.
     */
    public B processingTime(ToLongFunction<? super E> extractor) {
        processingTime = Objects.requireNonNull(extractor, "processing time extractor");
        return self();
    }

    /** Gets rejected events; called by one engine thread. Without it they are counted only. */
    public B onRejected(Consumer<? super RejectedEvent<E>> handler) {
        rejectedHandler = Objects.requireNonNull(handler, "rejected handler");
        return self();
    }

    /** What happens when user code throws: {@link ErrorPolicy#goOn()} unless said. */
    public B errorPolicy(ErrorPolicy policy) {
        errorPolicy = Objects.requireNonNull(policy, "error policy");
        return self();
    }

    /** Lets late and rejected events carry the event object. Costs a reference per row. */
    public B keepEvents() {
        keepEvents = true;
        return self();
    }

    /** How many events each source's ring holds (of several shards each), rounded up to a power of two; 16,384 unless said. */
    public B capacity(int events) {
        capacity = requirePositive(events, "capacity");
        return self();
    }

    /** How many events are taken from a ring at once at most; 1,024 unless said, 65,536 at the most. Never changes results. */
    public B batchSize(int events) {
        if (events > LARGEST_BATCH) {
            throw new IllegalArgumentException("batchSize must be at most " + LARGEST_BATCH + ", got " + events);
        }
        batchSize = requirePositive(events, "batchSize");
        return self();
    }

    /** How long {@code publish} waits for room before it gives up and answers FULL; 5 s unless said. */
    public B publishTimeout(Duration timeout) {
        if (timeout.isNegative()) {
            throw new IllegalArgumentException("publishTimeout must not be negative, got " + timeout);
        }
        publishTimeout = timeout;
        return self();
    }

    /** What the engine thread does when it finds little or nothing: {@code WaitStrategy.backoff().withPatience(200)} unless said. */
    public B waitStrategy(WaitStrategy strategy) {
        waitStrategy = Objects.requireNonNull(strategy, "wait strategy");
        return self();
    }

    /** No thread: the engine works when its owner calls {@link EventTimeEngine#poll}. Everything is then called by one thread. */
    public B polled() {
        polled = true;
        return self();
    }

    /**
     * How many threads share the keys; 1 unless said, 256 at the most. Each key belongs to one of them, windows without a key to the first. The
     * panes do not depend on it (sums of doubles may differ in the last bit): a source's watermark is decided where it publishes, and each
     * key's panes come in the same order.
     * Worth it where the windows' work is more than one core does; publishing costs more, because each row is looked at for its key.
     *
     * <p>With more than one, what is called for results, late events and failures is called from several threads, and so are key
     * comparisons, aggregators, triggers' conditions, windows and calendars of your own, and a wait strategy of your own: they must be safe there, or given per shard as with
     * {@link ResultStage#onResultPerShard}. {@code onRejected} still has one thread; {@code maxFutureSkew} looks at the clock when an event of
     * a source is published. Results of keyed windows cannot enter a second stage, and no watermark strategy can be
     * {@code everyInterval}.
     */
    public B shards(int count) {
        if (count > MOST_SHARDS) {
            throw new IllegalArgumentException("shards must be at most " + MOST_SHARDS + ", got " + count);
        }
        shards = requirePositive(count, "shards");
        return self();
    }

    /**
     * Every how-many-th event enters the latency distribution; a power of two, 256 unless said, 1 for all. Count, extremes and
     * negatives are exact whatever is said here.
     */
    public B latencySampling(int everyN) {
        latencySampling = requirePowerOfTwo(everyN, "latencySampling");
        return self();
    }

    /** Every how-many-th event of a source's own ring is stamped when published; a power of two, 256 unless said. */
    public B stampSampling(int everyN) {
        stampSampling = requirePowerOfTwo(everyN, "stampSampling");
        return self();
    }

    /**
     * Writes all latency histograms to an {@code .hlog} file, a tag per stage, once per interval and at the end. The engine thread
     * writes, about a millisecond each time, so put the file onto a disk that answers.
     */
    public B latencyLog(Path file, Duration interval) {
        if (interval.isZero() || interval.isNegative()) {
            throw new IllegalArgumentException("latencyLog interval must be positive, got " + interval);
        }
        latencyLog = Objects.requireNonNull(file, "file");
        latencyLogInterval = interval;
        return self();
    }

    /** The monotonic clock; the machine's unless said. For tests. */
    public B ticker(Ticker newTicker) {
        ticker = Objects.requireNonNull(newTicker, "ticker");
        return self();
    }

    /** The wall clock; the machine's unless said. For tests, best with {@link #polled()}, which reads it anew for each batch. */
    public B epochClock(EpochClock clock) {
        epochClock = Objects.requireNonNull(clock, "epoch clock");
        return self();
    }

    private static int requirePositive(int value, String what) {
        if (value < 1) {
            throw new IllegalArgumentException(what + " must be 1 or more, got " + value);
        }
        return value;
    }

    private static int requirePowerOfTwo(int value, String what) {
        if (Integer.bitCount(requirePositive(value, what)) != 1) {
            throw new IllegalArgumentException(what + " must be a power of two, got " + value);
        }
        return value;
    }

    final EngineConfig<E> config() {
        WatermarkStrategy<? super E> strategy = watermark;
        if (strategy == null) {
            throw new IllegalArgumentException("engine " + name
                    + " has no watermark strategy; say .watermark(WatermarkStrategy.boundedOutOfOrderness(delay))");
        }
        return new EngineConfig<>(
                name,
                timestamp,
                unit,
                strategy,
                idlePolicy,
                Timestamps.units(maxFutureSkew, unit, "maxFutureSkew"),
                processingTime,
                rejectedHandler,
                errorPolicy,
                keepEvents,
                capacity,
                batchSize,
                publishTimeout,
                waitStrategy,
                polled,
                shards,
                latencySampling,
                stampSampling,
                latencyLog,
                latencyLogInterval,
                ticker,
                epochClock);
    }
}

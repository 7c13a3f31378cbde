package io.tidemark.bench.peers;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.jet.Job;
import com.hazelcast.jet.aggregate.AggregateOperation1;
import com.hazelcast.jet.aggregate.AggregateOperations;
import com.hazelcast.jet.config.JobConfig;
import com.hazelcast.jet.core.JobStatus;
import com.hazelcast.jet.datamodel.KeyedWindowResult;
import com.hazelcast.jet.datamodel.Tuple2;
import com.hazelcast.jet.pipeline.Pipeline;
import com.hazelcast.jet.pipeline.Sink;
import com.hazelcast.jet.pipeline.SinkBuilder;
import com.hazelcast.jet.pipeline.SourceBuilder;
import com.hazelcast.jet.pipeline.SourceBuilder.TimestampedSourceBuffer;
import com.hazelcast.jet.pipeline.StreamSource;
import com.hazelcast.jet.pipeline.StreamStageWithKey;
import com.hazelcast.jet.pipeline.WindowDefinition;
import io.tidemark.bench.workload.Contender;
import io.tidemark.bench.workload.EventStream;
import io.tidemark.bench.workload.PaneTally;
import io.tidemark.bench.workload.Payment;
import io.tidemark.bench.workload.Workload;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A Hazelcast Jet job on one embedded member: a source that reads the rows and makes an object of each, windows by key, a sink that
 * tallies. The job runs before the clock starts; it waits for its rows.
 *
 * <p>A streaming job never ends by itself, so events of keys that the stream does not have follow the rows: far enough behind
 * to close everything, then once more to close their own windows. When the panes of all these keys have come, everything has.
 *
 * <p>Threads: belongs to one thread; one at a time in a JVM, since a job is serialised and finds its ends in static fields.
 */
final class JetJob implements Contender {
    private static final int FILL = 1_024;

    /** Keys that mark the end: enough for each processor to have some. */
    private static final int MARKERS = 64;

    private static final long FAR = 3_600_000;

    /** Events exactly the gap apart are two sessions to Jet, and one here: its gap is longer by this. */
    private static final long TOUCH = 1;

    private static final long LOOK_NANOS = 100_000;

    private static final HazelcastInstance MEMBER = member();

    private static volatile long @Nullable [] rows;
    private static volatile long markerPanes;
    private static PaneTally tally = new PaneTally();

    private final int windowsPerEvent;
    private final Job job;

    private JetJob(Workload workload) {
        windowsPerEvent = workload.windowsPerEvent();
        job = MEMBER.getJet().newJob(pipeline(workload), new JobConfig());
        while (job.getStatus() != JobStatus.RUNNING) {
            Thread.onSpinWait();
        }
    }

    static JetJob start(Workload workload) {
        rows = null;
        markerPanes = 0;
        tally = new PaneTally();
        return new JetJob(workload);
    }

    private static HazelcastInstance member() {
        Config config = new Config();
        config.setProperty("hazelcast.logging.type", "none");
        config.getJetConfig().setEnabled(true);
        config.getNetworkConfig().getJoin().getMulticastConfig().setEnabled(false);
        config.getNetworkConfig().getJoin().getAutoDetectionConfig().setEnabled(false);
        config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface("127.0.0.1");
        return Hazelcast.newHazelcastInstance(config);
    }

    private static Pipeline pipeline(Workload workload) {
        Pipeline pipeline = Pipeline.create();
        StreamStageWithKey<Payment, Long> keyed =
                pipeline.readFrom(source()).withNativeTimestamps(EventStream.JITTER).groupingKey(Payment::key);
        WindowDefinition windows = windows(workload);
        if (workload.measure() == Workload.Measure.COUNT_AND_SUM) {
            AggregateOperation1<Payment, ?, Tuple2<Long, Long>> countAndSum =
                    AggregateOperations.allOf(AggregateOperations.counting(), AggregateOperations.summingLong(Payment::value));
            keyed.window(windows).aggregate(countAndSum).writeTo(countsAndSums());
        } else {
            keyed.window(windows).aggregate(AggregateOperations.summingLong(Payment::value)).writeTo(sums(workload == Workload.SESSIONS ? TOUCH : 0));
        }
        return pipeline;
    }

    private static WindowDefinition windows(Workload workload) {
        if (workload == Workload.SESSIONS) {
            return WindowDefinition.session(Workload.SESSION_GAP + TOUCH);
        }
        Workload.Span span = workload.spans().get(0);
        return span.size() == span.slide()
                ? WindowDefinition.tumbling(span.size())
                : WindowDefinition.sliding(span.size(), span.slide());
    }

    private static StreamSource<Payment> source() {
        return SourceBuilder.timestampedStream("rows", context -> new Reader())
                .<Payment>fillBufferFn(Reader::fill)
                .build();
    }

    /** Reads the rows. */
    private static final class Reader {
        private int next;
        private boolean marked;

        void fill(TimestampedSourceBuffer<Payment> buffer) {
            long[] source = rows;
            if (source == null || marked) {
                return;
            }
            int to = Math.min(source.length, next + FILL * EventStream.STRIDE);
            for (; next < to; next += EventStream.STRIDE) {
                buffer.add(Payment.of(source, next), source[next + EventStream.TIMESTAMP]);
            }
            if (next == source.length) {
                marked = true;
                long last = source[source.length - EventStream.STRIDE + EventStream.TIMESTAMP];
                mark(buffer, last + FAR);
                mark(buffer, last + 2 * FAR);
            }
        }

        private static void mark(TimestampedSourceBuffer<Payment> buffer, long timestamp) {
            for (int key = 1; key <= MARKERS; key++) {
                buffer.add(new Payment(timestamp, -key, 1), timestamp);
            }
        }
    }

    private static Sink<KeyedWindowResult<Long, Tuple2<Long, Long>>> countsAndSums() {
        return SinkBuilder.sinkBuilder("tally", context -> new Object())
                .<KeyedWindowResult<Long, Tuple2<Long, Long>>>receiveFn((none, pane) -> add(
                        pane.key(),
                        pane.start(),
                        pane.end(),
                        pane.result().f0(),
                        pane.result().f1()))
                .preferredLocalParallelism(1)
                .build();
    }

    private static Sink<KeyedWindowResult<Long, Long>> sums(long beyondEnd) {
        return SinkBuilder.sinkBuilder("tally", context -> new Object())
                .<KeyedWindowResult<Long, Long>>receiveFn(
                        (none, pane) -> add(pane.key(), pane.start(), pane.end() - beyondEnd, 0, pane.result()))
                .preferredLocalParallelism(1)
                .build();
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // the one processor of the sink is the only writer
    private static void add(long key, long start, long end, long count, long sum) {
        if (key < 0) {
            markerPanes++;
        } else {
            tally.add(key, start, end, count, sum);
        }
    }

    @Override
    public void process(long[] newRows) {
        rows = newRows;
        while (markerPanes < (long) MARKERS * windowsPerEvent) {
            if (job.getStatus() == JobStatus.FAILED) {
                throw new IllegalStateException("the job failed: " + job.getSuspensionCause());
            }
            LockSupport.parkNanos(LOOK_NANOS); // both processors are for the job
        }
    }

    @Override
    public PaneTally.Summary finish() {
        PaneTally.Summary summary = tally.summary();
        job.cancel();
        try {
            job.join();
        } catch (CancellationException asWanted) {
            // a streaming job ends no other way
        }
        return summary;
    }
}

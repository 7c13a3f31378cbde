package io.tidemark.bench.peers;

import io.tidemark.bench.workload.Contender;
import io.tidemark.bench.workload.EventStream;
import io.tidemark.bench.workload.PaneTally;
import io.tidemark.bench.workload.Workload;
import java.time.Duration;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.functions.AggregateFunction;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.streaming.api.functions.windowing.WindowFunction;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.windowing.assigners.EventTimeSessionWindows;
import org.apache.flink.streaming.api.windowing.assigners.SlidingEventTimeWindows;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;
import org.apache.flink.streaming.api.windowing.assigners.WindowAssigner;
import org.apache.flink.streaming.api.windowing.triggers.EventTimeTrigger;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.streaming.runtime.operators.windowing.WindowOperatorBuilder;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.Collector;

/**
 * Flink's window operator alone, driven by its own test harness: heap state, objects reused, a watermark for each millisecond. Panes are
 * tallied in the window function; nothing goes downstream.
 *
 * <p>Threads: belongs to one thread; one at a time in a JVM, since Flink serialises what it is given.
 */
final class FlinkOperator implements Contender {
    private static PaneTally tally = new PaneTally();
    private static boolean countsEvents;

    private final KeyedOneInputStreamOperatorTestHarness<Long, Event, Void> harness;
    private final Event event = new Event();
    private final StreamRecord<Event> element = new StreamRecord<>(event);
    private long newest = Long.MIN_VALUE;

    /** The one event, written over. */
    public static final class Event {
        /** Whose it is. */
        public long key;

        /** How much. */
        public long value;
    }

    private FlinkOperator(Workload workload) {
        KeySelector<Event, Long> key = keyed -> keyed.key;
        try {
            harness = new KeyedOneInputStreamOperatorTestHarness<>(operator(windows(workload), key), key, Types.LONG);
            harness.setStateBackend(new HashMapStateBackend());
            harness.getExecutionConfig().enableObjectReuse();
            harness.setup();
            harness.open();
        } catch (Exception thrown) {
            throw new IllegalStateException("Flink's harness did not open", thrown);
        }
    }

    static FlinkOperator open(Workload workload) {
        tally = new PaneTally();
        countsEvents = workload.measure() == Workload.Measure.COUNT_AND_SUM;
        return new FlinkOperator(workload);
    }

    private static WindowAssigner<Object, TimeWindow> windows(Workload workload) {
        if (workload == Workload.SESSIONS) {
            return EventTimeSessionWindows.withGap(Duration.ofMillis(Workload.SESSION_GAP));
        }
        Workload.Span span = workload.spans().get(0);
        Duration size = Duration.ofMillis(span.size());
        return span.size() == span.slide()
                ? TumblingEventTimeWindows.of(size)
                : SlidingEventTimeWindows.of(size, Duration.ofMillis(span.slide()));
    }

    private static OneInputStreamOperator<Event, Void> operator(
            WindowAssigner<Object, TimeWindow> windows, KeySelector<Event, Long> key) {
        return new WindowOperatorBuilder<>(
                        windows,
                        EventTimeTrigger.create(),
                        new ExecutionConfig(),
                        TypeInformation.of(Event.class),
                        key,
                        Types.LONG)
                .aggregate(
                        new CountAndSum(),
                        new TallyFunction(),
                        PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO);
    }

    @Override
    public void process(long[] rows) {
        try {
            for (int row = 0; row < rows.length; row += EventStream.STRIDE) {
                long timestamp = rows[row + EventStream.TIMESTAMP];
                event.key = rows[row + EventStream.KEY];
                event.value = rows[row + EventStream.VALUE];
                harness.processElement(element.replace(event, timestamp));
                if (timestamp > newest) {
                    newest = timestamp;
                    harness.processWatermark(timestamp - EventStream.JITTER - 1); // Flink's includes its own timestamp
                    harness.getOutput().clear(); // the watermark that went through
                }
            }
        } catch (Exception thrown) {
            throw new IllegalStateException("Flink's operator failed", thrown);
        }
    }

    @Override
    public PaneTally.Summary finish() {
        try {
            harness.processWatermark(Long.MAX_VALUE);
            harness.close();
        } catch (Exception thrown) {
            throw new IllegalStateException("Flink's operator failed", thrown);
        }
        return tally.summary();
    }

    /** Two longs. */
    private static final class CountAndSum implements AggregateFunction<Event, long[], long[]> {
        private static final long serialVersionUID = 1;

        @Override
        public long[] createAccumulator() {
            return new long[2];
        }

        @Override
        public long[] add(Event added, long[] accumulator) {
            accumulator[0]++;
            accumulator[1] += added.value;
            return accumulator;
        }

        @Override
        public long[] getResult(long[] accumulator) {
            return accumulator;
        }

        @Override
        public long[] merge(long[] into, long[] from) {
            into[0] += from[0];
            into[1] += from[1];
            return into;
        }
    }

    /** Tallies a pane. */
    private static final class TallyFunction implements WindowFunction<long[], Void, Long, TimeWindow> {
        private static final long serialVersionUID = 1;

        @Override
        public void apply(Long key, TimeWindow window, Iterable<long[]> input, Collector<Void> out) {
            for (long[] value : input) {
                long count = countsEvents ? value[0] : 0;
                tally.add(key, window.getStart(), window.getEnd(), count, value[1]);
            }
        }
    }
}

package io.tidemark.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.bench.compare.IndexedTumbling;
import io.tidemark.bench.compare.Limits;
import io.tidemark.bench.workload.Contender;
import io.tidemark.bench.workload.EventStream;
import io.tidemark.bench.workload.PaneTally;
import io.tidemark.bench.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The loops written by hand give the panes that the operator gives, and those that counting one by one gives. */
class LimitsTest {
    private static final int KEYS = 1_000;

    @ParameterizedTest
    @EnumSource
    void aLoopByHand_givesThePanesOfTheOperator(Workload workload) {
        EventStream stream = workload.stream(KEYS, 200_000);

        PaneTally.Summary byHand = run(Limits.of(workload, KEYS), stream);

        assertThat(byHand).isEqualTo(run(new OperatorRun(workload), stream)).isEqualTo(workload.expected(stream));
        assertThat(byHand.panes()).isGreaterThan(KEYS);
    }

    /** A window every 10 ms would only take longer. */
    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"SLIDING_10MS", "SLIDING_MAX_10MS"})
    void aTinyStream_givesThePanesThatCountingOneByOneGives(Workload workload) {
        int keys = 100; // so that there are two events in a millisecond of W3
        EventStream stream = workload.stream(keys, 4_000);
        int events = stream.events();

        assertThat(run(Limits.of(workload, keys), stream))
                .isEqualTo(workload == Workload.SESSIONS ? sessionsOneByOne(stream) : windowsOneByOne(workload, stream))
                .satisfies(panes -> assertThat(panes.panes()).isBetween((long) keys, (long) events * 600))
                .satisfies(panes -> assertThat(panes.late() > 0).isEqualTo(workload == Workload.TUMBLING_LATE));
    }

    @ParameterizedTest
    @EnumSource
    void aStreamPlayedTwice_isOneStream(Workload workload) {
        EventStream stream = workload.stream(KEYS, 100_000);
        Contender byHand = Limits.of(workload, KEYS);
        Contender operator = new OperatorRun(workload);
        for (int i = 0; i < 3; i++) {
            stream.play();
            byHand.process(stream.rows());
            operator.process(stream.rows());
        }

        PaneTally.Summary panes = byHand.finish();

        assertThat(panes).isEqualTo(operator.finish());
        workload.requireContents(panes, stream, 3, "by hand");
    }

    @Test
    void theLoopWithoutHashing_givesTheSamePanes() {
        EventStream stream = Workload.TUMBLING.stream(KEYS, 3_000_000);

        assertThat(run(new IndexedTumbling(KEYS, Workload.TUMBLING_SIZE, EventStream.JITTER), stream))
                .isEqualTo(run(Limits.of(Workload.TUMBLING, KEYS), stream));
    }

    private static PaneTally.Summary run(Contender contender, EventStream stream) {
        contender.process(stream.rows());
        return contender.finish();
    }

    private static PaneTally.Summary windowsOneByOne(Workload workload, EventStream stream) {
        PaneTally tally = new PaneTally();
        long[] rows = stream.rows();
        if (workload == Workload.TUMBLING_LATE) {
            rows = inTime(rows, tally);
        }
        long first = rows[EventStream.TIMESTAMP] - EventStream.JITTER;
        long last = rows[rows.length - EventStream.STRIDE] + EventStream.JITTER;
        for (Workload.Span span : workload.spans()) {
            long start = Math.floorDiv(first, span.slide()) * span.slide() - span.size();
            for (; start <= last; start += span.slide()) {
                for (long key = 0; key < 100; key++) {
                    addWindow(tally, workload.measure(), rows, key, start, start + span.size());
                }
            }
        }
        return tally.summary();
    }

    /** The rows whose window has not ended by the watermark; the others are tallied as late. */
    private static long[] inTime(long[] rows, PaneTally tally) {
        List<Long> kept = new ArrayList<>();
        for (int row = 0; row < rows.length; row += EventStream.STRIDE) {
            long newest = Long.MIN_VALUE;
            for (int before = 0; before <= row; before += EventStream.STRIDE) {
                newest = Math.max(newest, rows[before + EventStream.TIMESTAMP]);
            }
            long timestamp = rows[row + EventStream.TIMESTAMP];
            long end =
                    Math.floorDiv(timestamp, Workload.TUMBLING_SIZE) * Workload.TUMBLING_SIZE + Workload.TUMBLING_SIZE;
            if (end <= newest - EventStream.JITTER) {
                tally.addLate(rows[row + EventStream.KEY], timestamp, rows[row + EventStream.VALUE]);
            } else {
                for (int column = 0; column < EventStream.STRIDE; column++) {
                    kept.add(rows[row + column]);
                }
            }
        }
        return kept.stream().mapToLong(Long::longValue).toArray();
    }

    private static void addWindow(
            PaneTally tally, Workload.Measure measure, long[] rows, long key, long start, long end) {
        long count = 0;
        long sum = 0;
        long max = 0;
        for (int row = 0; row < rows.length; row += EventStream.STRIDE) {
            long timestamp = rows[row + EventStream.TIMESTAMP];
            if (rows[row + EventStream.KEY] == key && timestamp >= start && timestamp < end) {
                count++;
                sum += rows[row + EventStream.VALUE];
                max = Math.max(max, rows[row + EventStream.VALUE]);
            }
        }
        if (count > 0) {
            switch (measure) {
                case COUNT_AND_SUM -> tally.add(key, start, end, count, sum);
                case SUM -> tally.add(key, start, end, sum);
                case MAX -> tally.add(key, start, end, max);
            }
        }
    }

    private record Session(long key, long start, long end, long sum) {
        boolean touches(Session other) {
            return key == other.key && start <= other.end && other.start <= end;
        }

        Session with(Session other) {
            return new Session(key, Math.min(start, other.start), Math.max(end, other.end), sum + other.sum);
        }
    }

    private static PaneTally.Summary sessionsOneByOne(EventStream stream) {
        List<Session> sessions = new ArrayList<>();
        long[] rows = stream.rows();
        for (int row = 0; row < rows.length; row += EventStream.STRIDE) {
            long timestamp = rows[row + EventStream.TIMESTAMP];
            Session merged = new Session(
                    rows[row + EventStream.KEY],
                    timestamp,
                    timestamp + Workload.SESSION_GAP,
                    rows[row + EventStream.VALUE]);
            List<Session> apart = new ArrayList<>();
            for (Session session : sessions) {
                if (merged.touches(session)) {
                    merged = merged.with(session);
                } else {
                    apart.add(session);
                }
            }
            apart.add(merged);
            sessions = apart;
        }
        PaneTally tally = new PaneTally();
        sessions.forEach(session -> tally.add(session.key(), session.start(), session.end(), session.sum()));
        return tally.summary();
    }
}

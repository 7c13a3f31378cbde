package io.tidemark.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.tidemark.bench.compare.Limits;
import io.tidemark.bench.workload.Contender;
import io.tidemark.bench.workload.EventStream;
import io.tidemark.bench.workload.PaneTally;
import io.tidemark.bench.workload.PartsContender;
import io.tidemark.bench.workload.Workload;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The contenders do what they are said to do, whoever is fastest. */
class CoreContenderTest {
    private static final int KEYS = 1_000;
    private static final int EVENTS = 100_000;
    private static final int PATIENCE = 50;
    private static final List<Workload> WORKLOADS =
            List.of(Workload.TUMBLING, Workload.TUMBLING_LATE, Workload.SLIDING_100MS, Workload.SESSIONS);

    @ParameterizedTest
    @EnumSource
    void aContender_givesThePanesOfTheLoopByHand(CoreContender contender) {
        assumeThat(contender.givesPanes()).isTrue();
        for (Workload workload : WORKLOADS) {
            if (contender.takes(workload)) {
                PaneTally.Summary byHand = playTwice(Limits.of(workload, KEYS), workload);
                Contender measured = contender.create(workload, KEYS, PATIENCE);
                PaneTally.Summary expected = measured instanceof PartsContender ? byHand.unchecked() : byHand;

                assertThat(playTwice(measured, workload)).as(workload.id()).isEqualTo(expected);
            }
        }
    }

    @Test
    void latencyRecording_countsEveryEventOfEveryRound() {
        Contender recording = CoreContender.LATENCY_RECORDING.create(Workload.TUMBLING, KEYS, 0);

        assertThat(CoreContender.LATENCY_RECORDING.givesPanes()).isFalse();
        assertThat(playTwice(recording, Workload.TUMBLING).events()).isEqualTo(2 * EVENTS);
    }

    @Test
    void lateEvents_areOneInAHundred() {
        PaneTally.Summary panes = playTwice(Limits.of(Workload.TUMBLING_LATE, KEYS), Workload.TUMBLING_LATE);

        assertThat(panes.late()).isBetween(EVENTS / 60L, EVENTS / 40L);
        assertThat(panes.events() + panes.late()).isEqualTo(2 * EVENTS);
    }

    @Test
    void everyWindowAndAggregator_givesResults() {
        assertThat(EverythingOnce.run()).isGreaterThan(500_000);
    }

    private static PaneTally.Summary playTwice(Contender contender, Workload workload) {
        EventStream stream = workload.stream(KEYS, EVENTS);
        for (int i = 0; i < 2; i++) {
            stream.play();
            contender.process(stream.rows());
        }
        return contender.finish();
    }
}

package io.tidemark.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.bench.workload.PaneTally;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the streams of the workloads do not ask of the loop. */
class ContractSessionsTest {
    private static final long SEED = 7;
    private static final int ENTRY = 8;

    @Test
    void eventBetweenTwoSessions_makesOneOfThem() {
        PaneTally expected = new PaneTally();
        expected.add(1, 100, 125, 7);

        assertThat(summaryOf(100, 1, 1, 115, 1, 2, 108, 1, 4)).isEqualTo(expected.summary());
    }

    @Test
    void eventAsOldAsTheGap_isLateUnlessItsSessionLives() {
        PaneTally expected = new PaneTally();
        expected.add(1, 90, 110, 5);
        expected.add(2, 120, 130, 2);
        expected.addLate(3, 90, 8);

        assertThat(summaryOf(100, 1, 1, 120, 2, 2, 90, 1, 4, 90, 3, 8)).isEqualTo(expected.summary());
    }

    @Test
    void sumOfZero_isAResult() {
        PaneTally expected = new PaneTally();
        expected.add(1, 100, 110, 0);

        assertThat(summaryOf(100, 1, 5, 100, 1, -5)).isEqualTo(expected.summary());
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 32, 33, 1_000})
    void sessionsOfOneEnd_areInTheOrderOfStartAndNumber(int count) {
        Random random = new Random(SEED);
        long[] entries = new long[count * ENTRY];
        DueSessions due = new DueSessions();
        for (int session = 0; session < entries.length; session += ENTRY) {
            entries[session + ContractSessions.START] = random.nextInt(count / 2) - 10L;
            entries[session + ContractSessions.NUMBER] = random.nextLong() >>> 20;
            due.add(session);
        }
        Comparator<Integer> byStart = Comparator.comparingLong(session -> entries[session + ContractSessions.START]);
        List<Integer> expected = IntStream.range(0, count)
                .mapToObj(i -> i * ENTRY)
                .sorted(byStart.thenComparingLong(session -> entries[session + ContractSessions.NUMBER]))
                .toList();

        due.sort(entries);

        assertThat(IntStream.range(0, count).mapToObj(due::get).toList())
                .as("seed %d", SEED)
                .isEqualTo(expected);
    }

    /** Of rows of timestamp, key and value, with a gap of 10 and a delay of 20. */
    private static PaneTally.Summary summaryOf(long... rows) {
        ContractSessions sessions = new ContractSessions(10, 20);
        sessions.process(rows);
        return sessions.finish();
    }
}

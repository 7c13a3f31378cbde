package io.tidemark.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.operator.ChainHarness.Step;
import io.tidemark.testing.Seeds;
import io.tidemark.watermark.WatermarkStrategy;
import io.tidemark.window.ClosingBehavior;
import io.tidemark.window.WindowAssigner;
import io.tidemark.window.Windows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sessions that have ended may wait for the end of a block of rows: what is given, and in which order, must not show it. */
class WaitingSessionsTest {
    private static final WindowAssigner<Object> TENS = Windows.session(Duration.ofMillis(10));

    static Stream<List<io.tidemark.operator.Stream>> streams() {
        io.tidemark.operator.Stream waiting = io.tidemark.operator.Stream.of("a", TENS);
        io.tidemark.operator.Stream tumbling =
                io.tidemark.operator.Stream.of("b", Windows.tumbling(Duration.ofMillis(10)));
        io.tidemark.operator.Stream sessions =
                io.tidemark.operator.Stream.of("b", Windows.session(Duration.ofMillis(5)));
        return Stream.of(
                List.of(waiting),
                List.of(waiting, sessions),
                List.of(waiting, sessions.lateness(20)),
                List.of(waiting, tumbling),
                List.of(waiting, tumbling.lateness(20)),
                List.of(waiting, tumbling.lateness(20).lateEvery(2)),
                List.of(waiting, sessions.lateness(20).lateEvery(2)),
                List.of(waiting, tumbling.lateness(7).closing(ClosingBehavior.FIRE_ALWAYS)),
                List.of(waiting.by(KeyLocation.Kind.OBJECT), sessions));
    }

    private static List<String> said(List<io.tidemark.operator.Stream> streams, List<Row> rows, int block) {
        ChainHarness harness =
                new ChainHarness().source(WatermarkStrategy.boundedOutOfOrderness(Duration.ofMillis(rows.size() % 7)));
        streams.forEach(harness::stream);
        harness.run(rows.stream().map(Step::event).toList(), any -> block).finish();
        return harness.said;
    }

    @ParameterizedTest
    @MethodSource("streams")
    void inBlocksOrOneByOne_theSameIsSaidInTheSameOrder(List<io.tidemark.operator.Stream> streams) {
        for (long seed = 0; seed < 150; seed++) {
            Random random = Seeds.random(seed);
            List<Row> rows = new ArrayList<>();
            long time = -100;
            int keys = 1 + random.nextInt(8);
            for (int i = 60 + random.nextInt(7); i > 0; i--) {
                time += random.nextInt(5);
                rows.add(Row.of(time - random.nextInt(12), random.nextInt(keys), random.nextInt(100)));
            }
            List<String> oneByOne = said(streams, rows, 1);
            assertThat(said(streams, rows, 100)).as("seed %d", seed).isEqualTo(oneByOne);
            assertThat(said(streams, rows, 7)).as("seed %d", seed).isEqualTo(oneByOne);
        }
    }

    /** A slot that is free leads to no entry, whatever lies in front of the first. */
    @Test
    void aGuessAtAFreeSlot_isAnEntryOfAnotherKey() {
        int highest = 0;
        for (int extraLongs = 0; extraLongs < 20; extraLongs++) {
            EntryArena arena = new EntryArena(AggregateColumns.none((stage, name, cause) -> {}), extraLongs);
            EntryIndex index = new EntryIndex(arena);
            int entry = arena.allocate(1);
            index.add(1, entry);
            int[] guesses = new int[2];
            index.guess(new long[] {0, 1}, 0, 1, 2, guesses);
            assertThat(guesses).containsExactly(arena.first(), entry);
            highest = Math.max(highest, arena.first());
        }
        assertThat(highest).as("some entries begin behind what is free").isPositive();
    }
}

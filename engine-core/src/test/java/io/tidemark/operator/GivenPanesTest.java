package io.tidemark.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.aggregate.Aggregators;
import io.tidemark.window.Pane;
import io.tidemark.window.Pane.Timing;
import io.tidemark.window.TimeWindow;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is kept of panes that were given, and for how long. */
class GivenPanesTest {
    private static final FailureHandler NO_FAILURE = (stage, name, cause) -> {
        throw new AssertionError(cause);
    };

    private final AggregateColumns<Object, Long> sums =
            new AggregateColumns<>(Aggregators.sumExact(row -> 0), List.of(Row.VALUE_COLUMN), "sums", NO_FAILURE);
    private final WindowArena arena = new WindowArena(sums, WindowArena.Memory.FIRING);
    private final GivenPanes given = new GivenPanes(arena, sums, true);
    private final GivenPanes bare = new GivenPanes(arena, AggregateColumns.none(NO_FAILURE), false);
    private long numbers;

    /** A window that holds so many events. */
    private int window(long start, long end, int events) {
        int window = arena.begin(1, start, end, numbers++);
        add(window, events);
        return window;
    }

    private void add(int window, int events) {
        arena.longs[window + Entries.COUNT] += events;
    }

    /** Gives a pane. */
    private void give(GivenPanes to, int window, Timing timing) {
        to.keep(window, timing, arena.nextPane(window), false);
    }

    @Test
    void theLastPane_isKeptWithItsContents_andReplacedByTheNext() {
        int window = window(0, 10, 1);
        assertThat(given.last(window)).isEqualTo(GivenPanes.NONE);
        given.keep(window, Timing.EARLY, 0, false);
        int record = given.last(window);
        add(window, 4);
        assertThat(given.records.count(record)).isEqualTo(1);
        assertThat(given.pane(record)).isEqualTo(Pane.of(Timing.EARLY, 0, false));
        given.keep(window, Timing.LATE, 7, true);
        assertThat(given.last(window)).isEqualTo(record);
        assertThat(given.records.count(record)).isEqualTo(5);
        assertThat(given.pane(record)).isEqualTo(Pane.of(Timing.LATE, 7, true));
        assertThat(given.start(record)).isZero();
        assertThat(given.end(record)).isEqualTo(10);
        assertThat(given.entries()).isEqualTo(1);
    }

    @Test
    void withoutContents_nothingIsKept() {
        int window = window(0, 10, 1);
        give(bare, window, Timing.EARLY);
        assertThat(bare.last(window)).isEqualTo(GivenPanes.NONE);
        assertThat(bare.entries()).isZero();
    }

    @Test
    void aSessionWithoutAPane_leavesNoPart() {
        int window = window(0, 10, 1);
        given.becomePart(window, window);
        bare.becomePart(window, window);
        assertThat(given.firstPart(window)).isEqualTo(GivenPanes.NONE);
        assertThat(bare.firstPart(window)).isEqualTo(GivenPanes.NONE);
        assertThat(given.entries() + bare.entries()).isZero();
    }

    @Test
    void aSessionThatChangesItsBounds_becomesAPartOfItself() {
        for (GivenPanes panes : List.of(given, bare)) {
            int window = window(0, 10, 1);
            give(panes, window, Timing.ON_TIME);
            panes.becomePart(window, window);
            arena.rebound(window, -5, 20);
            assertThat(panes.last(window)).isEqualTo(GivenPanes.NONE);
            assertThat(panes.bounds(panes.firstPart(window))).containsExactly(new TimeWindow(0, 10));
            assertThat(panes.entries()).isEqualTo(1);
        }
    }

    @Test
    void parts_areInTheOrderOfEndAndStart_whateverTheOrderTheyCameIn() {
        for (GivenPanes panes : List.of(given, bare)) {
            int merged = window(20, 30, 1);
            give(panes, merged, Timing.ON_TIME);
            panes.becomePart(merged, merged);
            for (long[] bounds : new long[][] {{40, 50}, {0, 10}, {5, 30}, {25, 30}}) {
                int part = window(bounds[0], bounds[1], 1);
                give(panes, part, Timing.ON_TIME);
                panes.becomePart(part, merged);
                assertThat(panes.last(part)).isEqualTo(GivenPanes.NONE);
            }
            assertThat(panes.bounds(panes.firstPart(merged)))
                    .containsExactly(
                            new TimeWindow(0, 10),
                            new TimeWindow(5, 30),
                            new TimeWindow(20, 30),
                            new TimeWindow(25, 30),
                            new TimeWindow(40, 50));
        }
    }

    @Test
    void partsOfAPart_goOverToTheMergedSession() {
        for (GivenPanes panes : List.of(given, bare)) {
            int inner = window(20, 30, 1);
            give(panes, inner, Timing.ON_TIME);
            panes.becomePart(inner, inner);
            arena.rebound(inner, 20, 35);
            int merged = window(0, 10, 1);
            give(panes, merged, Timing.ON_TIME);
            panes.becomePart(merged, merged);
            panes.becomePart(inner, merged);
            assertThat(panes.firstPart(inner)).isEqualTo(GivenPanes.NONE);
            assertThat(panes.bounds(panes.firstPart(merged)))
                    .as("the inner one gave none under its new bounds")
                    .containsExactly(new TimeWindow(0, 10), new TimeWindow(20, 30));
        }
    }

    @Test
    void aPart_keepsWhatThePaneHeld() {
        int part = window(0, 10, 3);
        given.keep(part, Timing.ON_TIME, arena.nextPane(part), false);
        int merged = window(20, 30, 5);
        given.becomePart(part, merged);
        int record = given.firstPart(merged);
        assertThat(given.records.count(record)).isEqualTo(3);
        assertThat(given.pane(record)).isEqualTo(Pane.of(Timing.ON_TIME, 0, false));
    }

    @Test
    void whatIsForgotten_isGone_withItsParts() {
        int merged = window(0, 10, 1);
        give(given, merged, Timing.EARLY);
        given.becomePart(merged, merged);
        arena.rebound(merged, 0, 20);
        int other = window(30, 40, 1);
        give(given, other, Timing.EARLY);
        given.becomePart(other, merged);
        give(given, merged, Timing.EARLY);
        assertThat(given.entries()).isEqualTo(3);
        given.forgetParts(merged);
        assertThat(given.firstPart(merged)).isEqualTo(GivenPanes.NONE);
        assertThat(given.entries()).isEqualTo(1);
        given.forget(merged);
        assertThat(given.last(merged)).isEqualTo(GivenPanes.NONE);
        assertThat(given.entries()).isZero();
        given.forget(merged);
        assertThat(given.entries()).isZero();
    }

    @Test
    void forgetting_takesThePartsAlong() {
        int merged = window(0, 10, 1);
        give(given, merged, Timing.EARLY);
        given.becomePart(merged, merged);
        given.forget(merged);
        assertThat(given.entries()).isZero();
        assertThat(given.firstPart(merged)).isEqualTo(GivenPanes.NONE);
    }

    @Test
    void aHundredThousandRecords_oneAfterTheOther_takeTheRoomOfOne() {
        int room = given.records.longs.length;
        int window = window(0, 10, 1);
        for (int i = 0; i < 100_000; i++) {
            give(given, window, Timing.EARLY);
            given.becomePart(window, window);
            arena.rebound(window, 0, 10);
            given.forgetParts(window);
        }
        assertThat(given.records.longs).hasSize(room);
        assertThat(given.entries()).isZero();
    }
}

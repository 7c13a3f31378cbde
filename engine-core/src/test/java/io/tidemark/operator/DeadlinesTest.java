package io.tidemark.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What comes up when, in which order, and what of it is stale. Allowed lateness 5. */
class DeadlinesTest {
    private static final long NO_CLOCK = Long.MIN_VALUE;

    private final WindowArena arena = new WindowArena(
            AggregateColumns.none((stage, name, cause) -> {
                throw new AssertionError(cause);
            }),
            WindowArena.Memory.FIRING);
    private final Deadlines deadlines = new Deadlines(arena, 10, 5, false);
    private final Deadlines endsOnly = new Deadlines(arena, 10, 5, true);
    private long numbers;

    private int open(long start, long end) {
        int window = arena.begin(1, start, end, numbers++);
        arena.set(window, WindowArena.OPEN);
        return window;
    }

    private int closed(long start, long end) {
        return arena.begin(1, start, end, numbers++);
    }

    private List<Integer> due(long watermark, long clock) {
        deadlines.gather(watermark, clock);
        List<Integer> due = new ArrayList<>();
        for (int first = deadlines.first(); first != WindowArena.NONE; first = deadlines.first()) {
            due.add(first);
            deadlines.removeFirst();
        }
        return due;
    }

    private List<Integer> due(long watermark) {
        return due(watermark, NO_CLOCK);
    }

    @Test
    void nothingAwaited_nothingIsDue() {
        assertThat(due(Long.MAX_VALUE, Long.MAX_VALUE)).isEmpty();
        assertThat(deadlines.firstWatermark()).isEqualTo(Long.MAX_VALUE);
        assertThat(deadlines.firstClock()).isEqualTo(Long.MAX_VALUE);
        assertThat(arena.firstEnd()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void anEnd_isDueExactlyThere() {
        int window = open(0, 10);
        deadlines.awaitEnd(window);
        assertThat(deadlines.firstWatermark()).isEqualTo(10);
        assertThat(arena.firstEnd()).isEqualTo(10);
        assertThat(due(9)).isEmpty();
        assertThat(due(10)).containsExactly(window);
        assertThat(due(10)).as("once").isEmpty();
    }

    @Test
    void anExpiry_isDueTheLatenessBehindTheEnd() {
        int window = closed(0, 10);
        deadlines.awaitExpiry(window);
        assertThat(deadlines.firstWatermark()).isEqualTo(15);
        assertThat(arena.firstEnd()).as("it is not open").isEqualTo(Long.MAX_VALUE);
        assertThat(due(14)).isEmpty();
        assertThat(due(15)).containsExactly(window);
    }

    @Test
    void anExpiry_isHeldAtTheEndOfTime() {
        deadlines.awaitExpiry(closed(0, Long.MAX_VALUE - 2));
        assertThat(due(Long.MAX_VALUE - 1)).isEmpty();
        assertThat(due(Long.MAX_VALUE)).hasSize(1);
    }

    @Test
    void aBoundary_isDueExactlyThere_unlessItWasMovedOrUnset() {
        int window = open(0, 10);
        deadlines.awaitBoundary(window, 4);
        assertThat(deadlines.firstWatermark()).isEqualTo(4);
        assertThat(due(3)).isEmpty();
        assertThat(due(4)).containsExactly(window);
        deadlines.awaitBoundary(window, 5);
        arena.setBoundary(window, WindowArena.UNSET);
        assertThat(due(9)).isEmpty();
        deadlines.awaitBoundary(window, 6);
        deadlines.awaitBoundary(window, 8);
        assertThat(due(7)).isEmpty();
        assertThat(due(8)).containsExactly(window);
    }

    @Test
    void aClockReading_isDueExactlyThere_unlessItWasUnset() {
        int window = open(0, 10);
        deadlines.awaitClock(window, 100);
        assertThat(deadlines.firstClock()).isEqualTo(100);
        assertThat(deadlines.firstWatermark()).isEqualTo(Long.MAX_VALUE);
        assertThat(due(9, 99)).isEmpty();
        assertThat(due(9, 100)).containsExactly(window);
        deadlines.awaitClock(window, 200);
        arena.setClock(window, WindowArena.UNSET);
        assertThat(due(9, 200)).isEmpty();
    }

    @Test
    void unset_isNothingToWaitFor() {
        int window = open(0, 10);
        deadlines.awaitClock(window, WindowArena.UNSET);
        assertThat(due(9, Long.MAX_VALUE)).isEmpty();
    }

    @Test
    void aWindowDueForSeveralReasons_comesOnce() {
        int window = open(0, 10);
        deadlines.awaitEnd(window);
        deadlines.awaitBoundary(window, 5);
        deadlines.awaitClock(window, 100);
        assertThat(due(10, 100)).containsExactly(window);
    }

    @Test
    void whatIsDue_comesByEndThenStartThenNumber_forWhateverReason() {
        int late = closed(0, 10);
        int second = open(5, 20);
        int first = open(4, 20);
        int twin = open(5, 20);
        int last = open(0, 30);
        deadlines.awaitBoundary(last, 7);
        deadlines.awaitEnd(twin);
        deadlines.awaitEnd(second);
        deadlines.awaitClock(first, 100);
        deadlines.awaitExpiry(late);
        assertThat(due(20, 100)).containsExactly(late, first, second, twin, last);
    }

    @Test
    void aWindowThatIsGone_isNeverDue_notEvenWhenItsPlaceIsTakenAgain() {
        int gone = open(0, 10);
        deadlines.awaitEnd(gone);
        deadlines.awaitBoundary(gone, 5);
        deadlines.awaitClock(gone, 100);
        arena.discard(gone);
        int late = closed(0, 10);
        deadlines.awaitExpiry(late);
        arena.discard(late);
        int successor = open(0, 10);
        arena.setBoundary(successor, 5);
        arena.setClock(successor, 100);
        assertThat(due(15, 100)).isEmpty();
        int closedSuccessor = closed(0, 10);
        assertThat(closedSuccessor).isNotEqualTo(successor);
        assertThat(due(15, 100)).isEmpty();
    }

    @Test
    void anEndThatHasMovedOn_isPutRightWhenItComesUp() {
        int window = open(0, 10);
        deadlines.awaitEnd(window);
        arena.rebound(window, 0, 20);
        assertThat(arena.firstEnd()).isEqualTo(20);
        assertThat(due(19)).isEmpty();
        assertThat(due(20)).containsExactly(window);
    }

    @Test
    void anEndThatWasEnteredTwice_comesOnce() {
        int window = open(0, 10);
        deadlines.awaitEnd(window);
        arena.rebound(window, -5, 10);
        deadlines.awaitEnd(window);
        assertThat(due(10)).containsExactly(window);
    }

    @Test
    void anExpiry_ofAWindowThatIsOpenAgain_orEndsLater_isStale() {
        int reopened = closed(0, 10);
        deadlines.awaitExpiry(reopened);
        arena.set(reopened, WindowArena.OPEN);
        arena.rebound(reopened, 0, 14);
        int longer = closed(0, 10);
        deadlines.awaitExpiry(longer);
        arena.rebound(longer, 0, 11);
        assertThat(due(15)).isEmpty();
    }

    /** Panes move boundaries and clocks on all the time; what waits for an hour must not pile up meanwhile. */
    @Test
    void whatIsUnsetAndSetAgain_orMovesOn_takesTheRoomOfOne() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        int window = open(0, 1_000_000);
        deadlines.awaitBoundary(window, 500_000);
        deadlines.awaitClock(window, 500_000);
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 100_000; i++) {
            arena.setBoundary(window, WindowArena.UNSET);
            deadlines.awaitBoundary(window, 500_000 + i / 2);
            arena.setClock(window, WindowArena.UNSET);
            deadlines.awaitClock(window, 500_000 + i);
        }
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(100_000);
        assertThat(due(549_998, 599_998)).isEmpty();
        assertThat(due(549_999, 599_998)).containsExactly(window);
        arena.setBoundary(window, WindowArena.UNSET);
        assertThat(due(549_999, 599_999)).containsExactly(window);
    }

    @Test
    void aDeadlineThatMovesForward_comesUpAtItsOwnTime_onceAndNotBefore() {
        int window = open(0, 100);
        deadlines.awaitBoundary(window, 50);
        deadlines.awaitBoundary(window, 20);
        deadlines.awaitClock(window, 500);
        deadlines.awaitClock(window, 200);
        assertThat(due(19, 199)).isEmpty();
        assertThat(due(20, 199)).containsExactly(window);
        deadlines.awaitBoundary(window, 60);
        assertThat(due(59, 199)).isEmpty();
        assertThat(due(60, 199)).containsExactly(window);
        assertThat(due(61, 200)).containsExactly(window);
        deadlines.awaitClock(window, 600);
        assertThat(due(61, 599)).isEmpty();
        assertThat(due(61, 600)).containsExactly(window);
    }

    @Test
    void underANewNumber_everythingIsEnteredAnew() {
        int window = open(0, 100);
        deadlines.awaitBoundary(window, 20);
        deadlines.awaitClock(window, 200);
        arena.renumber(window, 77);
        deadlines.awaitBoundary(window, 30);
        deadlines.awaitClock(window, 300);
        assertThat(due(29, 299)).isEmpty();
        assertThat(due(30, 299)).containsExactly(window);
        assertThat(due(30, 300)).containsExactly(window);
    }

    @Test
    void underTheSameNumber_whatWasEnteredStays() {
        int window = open(0, 100);
        deadlines.awaitBoundary(window, 20);
        deadlines.awaitClock(window, 200);
        arena.renumber(window, arena.number(window));
        assertThat(arena.enteredBoundary(window)).isEqualTo(20);
        assertThat(arena.enteredClock(window)).isEqualTo(200);
    }

    @Test
    void anEntry_outlivesAStartThatMoves() {
        int opened = open(0, 10);
        deadlines.awaitEnd(opened);
        arena.rebound(opened, -5, 10);
        int late = closed(0, 5);
        deadlines.awaitExpiry(late);
        arena.rebound(late, -5, 5);
        assertThat(due(10)).containsExactly(late, opened);
    }

    @Test
    void anExpiryThatHasMovedOn_isPutRightWhenItComesUp() {
        int window = closed(0, 10);
        deadlines.awaitExpiry(window);
        arena.rebound(window, 0, 20);
        assertThat(due(24)).isEmpty();
        assertThat(due(25)).containsExactly(window);
        assertThat(due(100)).isEmpty();
    }

    // where ends alone give panes

    private List<Integer> expired(long watermark) {
        endsOnly.gatherExpired(watermark);
        List<Integer> expired = new ArrayList<>();
        for (int first = endsOnly.first(); first != WindowArena.NONE; first = endsOnly.first()) {
            expired.add(first);
            endsOnly.removeFirst();
        }
        return expired;
    }

    @Test
    void endsOnly_gathersEndsAlone() {
        int second = open(0, 20);
        int first = open(0, 10);
        int late = closed(0, 10);
        endsOnly.awaitEnd(second);
        endsOnly.awaitEnd(first);
        endsOnly.awaitExpiry(late);
        endsOnly.gather(19, NO_CLOCK);
        assertThat(endsOnly.first()).isEqualTo(first);
        endsOnly.removeFirst();
        assertThat(endsOnly.first()).isEqualTo(WindowArena.NONE);
        endsOnly.gather(20, NO_CLOCK);
        assertThat(endsOnly.first()).isEqualTo(second);
        endsOnly.removeFirst();
        assertThat(expired(20)).containsExactly(late);
    }

    @Test
    void endsOnly_anEndThatWasEnteredTwice_comesOnce() {
        int window = open(0, 10);
        endsOnly.awaitEnd(window);
        arena.rebound(window, -5, 10);
        endsOnly.awaitEnd(window);
        endsOnly.gather(10, NO_CLOCK);
        assertThat(endsOnly.first()).isEqualTo(window);
        endsOnly.removeFirst();
        assertThat(endsOnly.first()).isEqualTo(WindowArena.NONE);
    }

    @Test
    void aWindowThatIsClosed_hasNoEndToWaitFor() {
        int window = open(0, 10);
        deadlines.awaitEnd(window);
        arena.change(window, 0, WindowArena.OPEN);
        assertThat(due(10)).isEmpty();
    }

    @Test
    void endsOnly_expiredWindowsAreGatheredByThemselves_staleOnesPassedOver() {
        int stale = closed(0, 10);
        endsOnly.awaitExpiry(stale);
        arena.discard(stale);
        int one = closed(1, 10);
        endsOnly.awaitExpiry(one);
        int reopened = closed(2, 10);
        endsOnly.awaitExpiry(reopened);
        arena.set(reopened, WindowArena.OPEN);
        int later = closed(0, 11);
        endsOnly.awaitExpiry(later);
        assertThat(expired(14)).isEmpty();
        assertThat(expired(15)).containsExactly(one);
        assertThat(expired(15)).isEmpty();
        assertThat(expired(16)).containsExactly(later);
    }
}

package io.tidemark.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.testing.Seeds;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Random;
import java.util.TreeSet;

/** Windows written out one by one, and all that {@link SlicedWindows} says about them found by looking through the list. */
final class ListedWindows {
    private static final int ROUNDS = 1_000;

    private final List<TimeWindow> windows;
    private final NavigableSet<Long> edges = new TreeSet<>();
    private final WindowCursor cursor = new WindowCursor();

    private ListedWindows(List<TimeWindow> windows) {
        this.windows = windows.stream()
                .sorted(Comparator.comparingLong(TimeWindow::end).thenComparingLong(TimeWindow::start))
                .toList();
        for (TimeWindow window : windows) {
            edges.add(window.start());
            edges.add(window.end());
        }
    }

    static ListedWindows of(List<TimeWindow> windows) {
        return new ListedWindows(windows);
    }

    /** Windows that follow each other, between edges that are given in seconds. */
    static List<TimeWindow> between(NavigableSet<Long> edges, long perSecond) {
        List<TimeWindow> windows = new ArrayList<>();
        for (Long edge : edges.headSet(edges.last())) {
            windows.add(new TimeWindow(edge * perSecond, edges.higher(edge) * perSecond));
        }
        return windows;
    }

    /** Each window, grown step by step. */
    static List<TimeWindow> growing(List<TimeWindow> bases, long step) {
        List<TimeWindow> windows = new ArrayList<>();
        for (TimeWindow base : bases) {
            for (long end = base.start() + step; end < base.end(); end += step) {
                windows.add(new TimeWindow(base.start(), end));
            }
            windows.add(base);
        }
        return windows;
    }

    /** Asks everything about moments near the edges and anywhere. */
    void check(SlicedWindows subject, long seed) {
        Random random = Seeds.random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            long timestamp = moment(random);
            long watermark = moment(random);
            checkSlices(subject, timestamp, "seed " + seed + " at " + timestamp);
            checkEnds(subject, watermark, "seed " + seed + " by " + watermark);
            long any = random.nextInt(10) > 0 ? watermark : random.nextBoolean() ? Long.MIN_VALUE : Long.MAX_VALUE;
            checkWindows(subject, timestamp, any, "seed " + seed + " at " + timestamp + " by " + any);
        }
        checkWalk(subject);
    }

    private long moment(Random random) {
        long first = edges.first();
        long moment = first + Math.floorMod(random.nextLong(), edges.last() - first);
        if (random.nextBoolean()) {
            moment = edges.floor(moment) + random.nextInt(3) - 1;
        }
        return Math.max(first, Math.min(edges.last() - 1, moment));
    }

    private void checkSlices(SlicedWindows subject, long timestamp, String situation) {
        assertThat(subject.coversAllTime()).isTrue();
        assertThat(subject.sliceStart(timestamp)).as(situation).isEqualTo(edges.floor(timestamp));
        assertThat(subject.sliceEnd(timestamp)).as(situation).isEqualTo(edges.higher(timestamp));
    }

    private void checkEnds(SlicedWindows subject, long watermark, String situation) {
        assertThat(subject.nextEnd(watermark)).as(situation).isEqualTo(edges.higher(watermark));
        assertThat(subject.previousEnd(watermark)).as(situation).isEqualTo(edges.floor(watermark));
    }

    private void checkWindows(SlicedWindows subject, long timestamp, long moment, String situation) {
        List<TimeWindow> around =
                windows.stream().filter(window -> window.contains(timestamp)).toList();
        List<TimeWindow> open =
                around.stream().filter(window -> window.end() > moment).toList();
        List<TimeWindow> ended =
                around.stream().filter(window -> window.end() <= moment).toList();
        assertThat(subject.windowsEndedBy(timestamp, moment)).as(situation).isEqualTo(ended.size());
        answers(subject.firstWindow(timestamp, moment, unset()), open, 0, situation);
        answers(subject.lastEndedWindow(timestamp, moment, unset()), ended, ended.size() - 1, situation);
        answers(subject.lastWindow(timestamp, unset()), around, around.size() - 1, situation);
    }

    private WindowCursor unset() {
        cursor.set(7, 8);
        return cursor;
    }

    private void answers(boolean found, List<TimeWindow> windows, int index, String situation) {
        assertThat(found).as(situation).isEqualTo(!windows.isEmpty());
        assertThat(current()).as(situation).isEqualTo(found ? windows.get(index) : new TimeWindow(7, 8));
    }

    private TimeWindow current() {
        return new TimeWindow(cursor.start(), cursor.end());
    }

    private void checkWalk(SlicedWindows subject) {
        List<TimeWindow> walked = new ArrayList<>();
        assertThat(subject.firstWindow(windows.get(0).start(), Long.MIN_VALUE, cursor))
                .isTrue();
        walked.add(current());
        while (walked.size() < windows.size() && subject.nextWindow(cursor)) {
            walked.add(current());
        }
        assertThat(walked).isEqualTo(windows);
    }
}

package io.tidemark.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.testing.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Against unbounded arithmetic, everywhere from one end of time to the other. */
class SlidingWindowsTest {
    private static final long MIN = Long.MIN_VALUE;
    private static final long MAX = Long.MAX_VALUE;
    private static final int ROUNDS = 20_000;

    private final WindowCursor cursor = new WindowCursor();

    /** One set of windows and one timestamp; what it prints finds the case again. */
    private record Case(long seed, long size, long slide, long offset, long timestamp, Random random) {
        SlidingWindows windows() {
            return new SlidingWindows(size, slide, offset);
        }

        ExactWindows exact() {
            return new ExactWindows(size, slide, offset);
        }

        /** A moment near the timestamp, near the edges of its windows, or anywhere. */
        long moment() {
            return switch (random.nextInt(6)) {
                case 0 -> MIN;
                case 1 -> MAX;
                case 2 -> random.nextLong();
                case 3 -> around(Math.abs(random.nextLong() % size));
                default -> around(random.nextInt(40));
            };
        }

        private long around(long distance) {
            long signed = random.nextBoolean() ? distance : -distance;
            long moment = timestamp + signed;
            return (signed < 0) == (moment < timestamp) ? moment : timestamp;
        }

        @Override
        public String toString() {
            return "seed " + seed + ": size " + size + " slide " + slide + " offset " + offset + " at " + timestamp;
        }
    }

    private interface Check {
        void check(Case each, SlidingWindows windows, ExactWindows exact);
    }

    private static void forCases(Check check) {
        for (long seed = 0; seed < ROUNDS; seed++) {
            Random random = Seeds.random(seed);
            long slide = length(random);
            long size = switch (random.nextInt(5)) {
                case 0 -> slide;
                case 1 -> slide <= MAX / 5 ? slide * (1 + random.nextInt(5)) : slide;
                case 2 -> 1 + Math.floorMod(random.nextLong(), slide);
                default -> slide <= MAX / 13 ? 1 + Math.floorMod(random.nextLong(), slide * 13) : length(random);
            };
            if (size / slide > 20) {
                size = slide * 20 + size % slide; // the model steps from window to window
            }
            long offset = random.nextBoolean() ? 0 : random.nextLong() % slide;
            Case each = new Case(seed, size, slide, offset, timestamp(random), random);
            check.check(each, each.windows(), each.exact());
        }
    }

    private static long length(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> MAX / 2;
            case 1 -> MAX - random.nextInt(3);
            case 2 -> 1 + (random.nextLong() >>> (1 + random.nextInt(62)));
            default -> 1 + random.nextInt(30);
        };
    }

    private static long timestamp(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> MIN + 1 + random.nextInt(60);
            case 1 -> MAX - 1 - random.nextInt(60);
            case 2 -> random.nextLong() >> random.nextInt(64) == MIN ? 0 : random.nextInt(100) - 50;
            case 3 -> Math.max(MIN + 1, Math.min(MAX - 1, random.nextLong()));
            default -> random.nextInt(200) - 100;
        };
    }

    private TimeWindow current() {
        return new TimeWindow(cursor.start(), cursor.end());
    }

    @Test
    void slice_liesBetweenTheTwoEdgesAroundIt() {
        forCases((each, windows, exact) -> {
            assertThat(windows.sliceStart(each.timestamp)).as("%s", each).isEqualTo(exact.sliceStart(each.timestamp));
            assertThat(windows.sliceEnd(each.timestamp)).as("%s", each).isEqualTo(exact.sliceEnd(each.timestamp));
        });
    }

    @Test
    void firstWindow_isTheFirstThatEndsAfterTheGivenMoment() {
        forCases((each, windows, exact) -> {
            long after = each.moment();
            List<TimeWindow> open = exact.around(each.timestamp).stream()
                    .filter(window -> window.end() > after)
                    .toList();
            cursor.set(7, 8);
            boolean found = windows.firstWindow(each.timestamp, after, cursor);
            assertThat(found).as("%s after %d", each, after).isEqualTo(!open.isEmpty());
            assertThat(current()).as("%s after %d", each, after).isEqualTo(found ? open.get(0) : new TimeWindow(7, 8));
        });
    }

    @Test
    void lastWindow_isTheLastThatContainsTheTimestamp() {
        forCases((each, windows, exact) -> {
            List<TimeWindow> around = exact.around(each.timestamp);
            cursor.set(7, 8);
            boolean found = windows.lastWindow(each.timestamp, cursor);
            assertThat(found).as("%s", each).isEqualTo(!around.isEmpty());
            assertThat(current())
                    .as("%s", each)
                    .isEqualTo(found ? around.get(around.size() - 1) : new TimeWindow(7, 8));
        });
    }

    @Test
    void nextWindow_walksThroughAllWindowsAndEndsWithTime() {
        forCases((each, windows, exact) -> {
            if (!windows.firstWindow(each.timestamp, MIN, cursor)) {
                return;
            }
            List<TimeWindow> expected = new ArrayList<>(exact.around(each.timestamp));
            expected.addAll(exact.after(each.timestamp, 5));
            List<TimeWindow> walked = new ArrayList<>(List.of(current()));
            while (walked.size() < expected.size() + 1 && windows.nextWindow(cursor)) {
                walked.add(current());
            }
            boolean timeGoesOn = exact.after(each.timestamp, 6).size() == 6;
            assertThat(walked).as("%s", each).hasSize(expected.size() + (timeGoesOn ? 1 : 0));
            assertThat(walked).as("%s", each).startsWith(expected.toArray(new TimeWindow[0]));
        });
    }

    @Test
    void windowsEndedBy_countsThem_andLastEndedWindowIsTheLastOfThem() {
        forCases((each, windows, exact) -> {
            long watermark = each.moment();
            List<TimeWindow> ended = exact.around(each.timestamp).stream()
                    .filter(window -> window.end() <= watermark)
                    .toList();
            assertThat(windows.windowsEndedBy(each.timestamp, watermark))
                    .as("%s by %d", each, watermark)
                    .isEqualTo(ended.size());
            cursor.set(7, 8);
            boolean found = windows.lastEndedWindow(each.timestamp, watermark, cursor);
            assertThat(found).as("%s by %d", each, watermark).isEqualTo(!ended.isEmpty());
            assertThat(current())
                    .as("%s by %d", each, watermark)
                    .isEqualTo(found ? ended.get(ended.size() - 1) : new TimeWindow(7, 8));
        });
    }

    @Test
    void nextEndAndPreviousEnd_surroundTheWatermark() {
        forCases((each, windows, exact) -> {
            long watermark = each.moment();
            assertThat(windows.nextEnd(watermark))
                    .as("%s after %d", each, watermark)
                    .isEqualTo(exact.nextEnd(watermark));
            assertThat(windows.previousEnd(watermark))
                    .as("%s up to %d", each, watermark)
                    .isEqualTo(exact.previousEnd(watermark));
        });
    }

    @Test
    void aTimestampHasNoWindow_onlyWithinAGap() {
        forCases((each, windows, exact) -> {
            assertThat(windows.coversAllTime()).as("%s", each).isEqualTo(each.size >= each.slide);
            if (windows.coversAllTime()) {
                assertThat(windows.lastWindow(each.timestamp, cursor))
                        .as("%s", each)
                        .isTrue();
            }
        });
    }

    @Test
    void manyWindowsOverOneTimestamp_areCountedWithoutWalking() {
        SlidingWindows windows = new SlidingWindows(MAX, 1, 0);
        assertThat(windows.windowsEndedBy(0, MAX - 1)).isEqualTo(MAX - 1);
        assertThat(windows.windowsEndedBy(0, MAX)).isEqualTo(MAX);
        assertThat(windows.firstWindow(0, MAX - 1, cursor)).isTrue();
        assertThat(current()).isEqualTo(new TimeWindow(0, MAX));
        assertThat(windows.firstWindow(-2, MAX - 1, cursor)).isFalse();
        assertThat(windows.longestWindow()).isEqualTo(MAX);
    }

    @Test
    void firstWindow_withASlideOfOneAndFarMoments_doesNotWrap() {
        SlidingWindows windows = new SlidingWindows(1, 1, 0);
        cursor.set(7, 8);
        assertThat(windows.firstWindow(MIN + 1, MAX, cursor)).isFalse();
        assertThat(windows.firstWindow(-2, MAX - 1, cursor)).isFalse();
        assertThat(windows.firstWindow(MAX - 1, MAX - 1, cursor)).isTrue();
        assertThat(current()).isEqualTo(new TimeWindow(MAX - 1, MAX));
    }

    @Test
    void afterTheLastWindow_thereIsNone() {
        SlidingWindows gaps = new SlidingWindows(1, 1_000, 0);
        assertThat(gaps.lastWindow((MAX / 1_000 - 1) * 1_000, cursor)).isTrue();
        assertThat(gaps.nextWindow(cursor)).isTrue();
        TimeWindow last = current();
        assertThat(last.start()).isEqualTo(MAX / 1_000 * 1_000);
        assertThat(gaps.nextWindow(cursor)).isFalse();
        assertThat(current()).isEqualTo(last);
    }

    private static SlidingWindows small(Random random) {
        long slide = 1 + random.nextInt(12);
        return new SlidingWindows(1 + random.nextInt(40), slide, random.nextInt(25) - 12);
    }

    /** Whether a window of these ends at an edge. */
    private static boolean isEnd(SlidingWindows windows, long edge) {
        return windows.previousEnd(edge) == edge;
    }

    @Test
    void windowsDivideOthers_allEdgesOfWhichAreEndsOfTheirs() {
        int dividing = 0;
        for (long seed = 0; seed < ROUNDS; seed++) {
            Random random = Seeds.random(seed);
            SlidingWindows fine = small(random);
            SlidingWindows coarse = small(random);
            boolean expected = true;
            for (long moment = -150; moment < 150; moment++) {
                expected &= isEnd(fine, coarse.sliceStart(moment)) && isEnd(fine, coarse.sliceEnd(moment));
            }
            assertThat(fine.divides(coarse)).as("seed %d", seed).isEqualTo(expected);
            dividing += expected ? 1 : 0;
        }
        assertThat(dividing).isPositive();
    }

    @Test
    void windowsDivideOthers_alsoWhereAPeriodIsNearlyAllTime() {
        SlidingWindows second = new SlidingWindows(1_000, 1_000, 0);
        assertThat(second.divides(new SlidingWindows(MAX / 1_000 * 1_000, MAX / 1_000 * 1_000, 0)))
                .isTrue();
        assertThat(second.divides(new SlidingWindows(MAX / 1_000 * 1_000, MAX / 1_000 * 1_000, 1)))
                .isFalse();
        assertThat(second.divides(new SlidingWindows(MAX, MAX, 0))).isFalse();
        assertThat(new SlidingWindows(MAX, MAX, 0).divides(second)).isFalse();
        assertThat(second.divides(new GlobalWindow())).isFalse();
    }
}

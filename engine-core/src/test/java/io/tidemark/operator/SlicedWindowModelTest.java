package io.tidemark.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.operator.ChainHarness.Step;
import io.tidemark.testing.Seeds;
import io.tidemark.watermark.WatermarkStrategy;
import io.tidemark.window.ClosingBehavior;
import io.tidemark.window.TimeWindow;
import io.tidemark.window.Windows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Sliding windows, whose totals are carried from window to window, against windows that each add up their own events. */
class SlicedWindowModelTest {
    private static final long DELAY = 15;

    /** What one key has in one window. */
    private record Content(long count, long sum, long fresh, long panes) {
        Content plus(long value) {
            return new Content(count + 1, sum + value, fresh + 1, panes);
        }

        Content paned() {
            return new Content(count, sum, 0, panes + 1);
        }
    }

    private static final Content NOTHING = new Content(0, 0, 0, 0);

    private record Place(long end, long start, long key) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            int byEnd = Long.compare(end, other.end);
            int byStart = byEnd != 0 ? byEnd : Long.compare(start, other.start);
            return byStart != 0 ? byStart : Long.compare(key, other.key);
        }
    }

    /** What is declared of the windows. */
    private record Declared(long size, long slide, long lateness, long lateEvery, boolean discards, long horizon) {
        static Declared random(Random random) {
            long slide = 1 + random.nextInt(12);
            return new Declared(
                    slide + random.nextInt(80),
                    slide,
                    random.nextBoolean() ? 0 : random.nextInt(60),
                    random.nextBoolean() ? 1 : 1 + random.nextInt(4),
                    random.nextInt(4) == 0,
                    random.nextBoolean() ? 0 : 1 + random.nextInt(100));
        }

        Stream stream() {
            Stream stream = Stream.of("sums", Windows.sliding(Duration.ofMillis(size), Duration.ofMillis(slide)))
                    .lateness(lateness)
                    .lateEvery(lateEvery)
                    .emptyWindows(horizon);
            return discards ? stream.closing(ClosingBehavior.DISCARD) : stream;
        }
    }

    /** Every window for itself. */
    private static final class Model {
        private final Declared declared;
        private final TreeMap<Place, Content> contents = new TreeMap<>();
        /** By key, the end of the last closed window in which it had an event. */
        private final TreeMap<Long, Long> lastEnds = new TreeMap<>();

        private final List<String> said = new ArrayList<>();
        private long watermark = Long.MIN_VALUE;

        Model(Declared declared) {
            this.declared = declared;
        }

        void add(Row row) {
            List<TimeWindow> missed = new ArrayList<>();
            List<TimeWindow> taken = new ArrayList<>();
            long last = Math.floorDiv(row.timestamp(), declared.slide) * declared.slide;
            for (long start = last; start + declared.size > row.timestamp(); start -= declared.slide) {
                TimeWindow window = new TimeWindow(start, start + declared.size);
                (isExpired(window.end()) ? missed : taken).add(0, window);
            }
            if (!missed.isEmpty()) {
                said.add("LateEvent[sums from s0, LATE, timestamp " + row.timestamp() + ", missed "
                        + missed.get(missed.size() - 1) + ", watermark " + watermark + "] " + row.key() + "["
                        + row.value() + "]");
            }
            for (TimeWindow window : taken) {
                Place place = new Place(window.end(), window.start(), row.key());
                Content content = contents.getOrDefault(place, NOTHING).plus(row.value());
                contents.put(place, content);
                if (window.end() <= watermark) {
                    lastEnds.merge(row.key(), window.end(), Math::max);
                    if (content.panes == 0 || content.fresh == declared.lateEvery) {
                        give(place, "LATE");
                    }
                }
            }
            advanceTo(row.timestamp() - DELAY);
        }

        private boolean isExpired(long end) {
            return watermark != Long.MIN_VALUE && end + declared.lateness <= watermark;
        }

        void advanceTo(long next) {
            if (next <= watermark) {
                return;
            }
            long before = watermark;
            watermark = next;
            List<Place> expiring = contents.headMap(lastEndingAt(before)).keySet().stream()
                    .filter(place -> isExpired(place.end))
                    .toList();
            for (Place place : expiring) {
                if (contents.get(place).fresh > 0 && !declared.discards) {
                    give(place, "LATE");
                }
            }
            for (long end = nextEnd(before); end <= next && end < Long.MAX_VALUE; end = nextEnd(end)) {
                close(end);
            }
            contents.keySet().removeIf(place -> isExpired(place.end));
        }

        /** The end of the first window after {@code end} which may give something. */
        private long nextEnd(long end) {
            Place place = contents.higherKey(lastEndingAt(end));
            long next = place == null ? Long.MAX_VALUE : place.end;
            for (long last : lastEnds.values()) {
                long atLeast = Math.max(end, last);
                long following = atLeast + declared.slide - Math.floorMod(atLeast - declared.size, declared.slide);
                next = following <= last + declared.horizon ? Math.min(next, following) : next;
            }
            return next;
        }

        private void close(long end) {
            List<Place> withEvents = List.copyOf(
                    contents.subMap(lastEndingAt(end - 1), lastEndingAt(end)).keySet());
            for (Place place : withEvents) {
                give(place, "ON_TIME");
                lastEnds.put(place.key, end);
            }
            lastEnds.forEach((key, last) -> {
                if (last < end && end <= last + declared.horizon) {
                    Place place = new Place(end, end - declared.size, key);
                    contents.put(place, NOTHING);
                    give(place, "ON_TIME");
                }
            });
        }

        private static Place lastEndingAt(long end) {
            return new Place(end, Long.MAX_VALUE, Long.MAX_VALUE);
        }

        private void give(Place place, String timing) {
            Content content = contents.get(place);
            said.add("sums " + place.key + " [" + place.start + "," + place.end + ") " + timing + content.panes
                    + (isExpired(place.end) || watermark == Long.MAX_VALUE ? " last " : " ") + content.count + ":"
                    + content.sum);
            contents.replace(place, content.paned());
        }
    }

    @Test
    void everyWindowHoldsItsOwnEvents() {
        for (long seed = 0; seed < 300; seed++) {
            Random random = Seeds.random(seed);
            Declared declared = Declared.random(random);
            List<Row> rows = new ArrayList<>();
            long time = -500;
            int keys = 1 + random.nextInt(6);
            for (int i = 0; i < 250; i++) {
                time += random.nextInt(30) == 0 ? random.nextInt(200) : random.nextInt(4);
                rows.add(Row.of(time - random.nextInt(40), random.nextInt(keys), random.nextInt(100)));
            }
            check(seed, declared, rows, random);
        }
    }

    /** Tables keep their keys from window to window there, until others come. */
    @Test
    void withKeysThatComeAgainInEachWindow_everyWindowHoldsItsOwnEvents() {
        for (long seed = 0; seed < 100; seed++) {
            Random random = Seeds.random(seed);
            Declared any = Declared.random(random);
            long size = 30 + random.nextInt(60);
            Declared declared = new Declared(size, size, any.lateness, any.lateEvery, any.discards, any.horizon);
            List<Row> rows = new ArrayList<>();
            long time = -500;
            int keys = 8 + random.nextInt(20);
            int firstKey = 0;
            for (int i = 0; i < 3_000; i++) {
                time += random.nextInt(500) == 0 ? random.nextInt(200) : random.nextInt(8) / 7;
                firstKey += random.nextInt(600) == 0 ? random.nextInt(2 * keys) : 0;
                rows.add(Row.of(time - random.nextInt(20), firstKey + random.nextInt(keys), random.nextInt(100)));
            }
            check(seed, declared, rows, random);
        }
    }

    private static void check(long seed, Declared declared, List<Row> rows, Random random) {
        Model model = new Model(declared);
        ChainHarness harness = new ChainHarness()
                .source(WatermarkStrategy.boundedOutOfOrderness(Duration.ofMillis(DELAY))).stream(declared.stream());
        rows.forEach(model::add);
        model.advanceTo(Long.MAX_VALUE);
        harness.run(rows.stream().map(Step::event).toList(), any -> 1 + random.nextInt(20))
                .finish();
        String about = "seed " + seed + ": " + declared;
        assertThat(harness.said.stream().sorted()).as(about).containsExactlyElementsOf(sorted(model.said));
        assertThat(windowsOf(harness.said)).as(about).isEqualTo(windowsOf(model.said));
        assertThat(harness.streams.get(0).liveEntries()).as(about).isZero();
    }

    private static List<String> sorted(List<String> lines) {
        return lines.stream().sorted().toList();
    }

    /** The lines without what differs from key to key, but for whether there are events at all. */
    private static List<String> windowsOf(List<String> said) {
        return said.stream()
                .map(line -> line.replaceAll("^sums \\S+", "")
                        .replaceAll("(LATE|ON_TIME)\\d+", "$1")
                        .replaceAll("(last )?[1-9]\\d*:-?\\d+$", ""))
                .toList();
    }
}

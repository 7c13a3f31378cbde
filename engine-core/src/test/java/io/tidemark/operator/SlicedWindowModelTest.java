package io.tidemark.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.operator.ChainHarness.Step;
import io.tidemark.watermark.WatermarkStrategy;
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
    private record Content(long count, long sum, long panes) {
        Content plus(long value) {
            return new Content(count + 1, sum + value, panes);
        }

        Content paned() {
            return new Content(count, sum, panes + 1);
        }
    }

    private record Place(long end, long start, long key) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            int byEnd = Long.compare(end, other.end);
            int byStart = byEnd != 0 ? byEnd : Long.compare(start, other.start);
            return byStart != 0 ? byStart : Long.compare(key, other.key);
        }
    }

    /** Every window for itself. */
    private static final class Model {
        private final long size;
        private final long slide;
        private final long lateness;
        private final TreeMap<Place, Content> contents = new TreeMap<>();
        private final List<String> said = new ArrayList<>();
        private long watermark = Long.MIN_VALUE;

        Model(long size, long slide, long lateness) {
            this.size = size;
            this.slide = slide;
            this.lateness = lateness;
        }

        void add(Row row) {
            List<TimeWindow> missed = new ArrayList<>();
            List<TimeWindow> taken = new ArrayList<>();
            long last = Math.floorDiv(row.timestamp(), slide) * slide;
            for (long start = last; start + size > row.timestamp(); start -= slide) {
                TimeWindow window = new TimeWindow(start, start + size);
                (isExpired(window.end()) ? missed : taken).add(0, window);
            }
            if (!missed.isEmpty()) {
                said.add("LateEvent[sums from s0, LATE, timestamp " + row.timestamp() + ", missed "
                        + missed.get(missed.size() - 1) + ", watermark " + watermark + "] " + row.key() + "["
                        + row.value() + "]");
            }
            for (TimeWindow window : taken) {
                Place place = new Place(window.end(), window.start(), row.key());
                Content content =
                        contents.getOrDefault(place, new Content(0, 0, 0)).plus(row.value());
                contents.put(place, content);
                if (window.end() <= watermark) {
                    give(place, "LATE");
                }
            }
            advanceTo(row.timestamp() - DELAY);
        }

        private boolean isExpired(long end) {
            return watermark != Long.MIN_VALUE && end + lateness <= watermark;
        }

        void advanceTo(long next) {
            if (next <= watermark) {
                return;
            }
            long before = watermark;
            watermark = next;
            for (Place place :
                    contents.subMap(lastEndingAt(before), lastEndingAt(next)).keySet()) {
                give(place, "ON_TIME");
            }
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
        for (long seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            long slide = 1 + random.nextInt(12);
            long size = slide + random.nextInt(80);
            long lateness = random.nextBoolean() ? 0 : random.nextInt(60);
            Model model = new Model(size, slide, lateness);
            ChainHarness harness = new ChainHarness()
                    .source(WatermarkStrategy.boundedOutOfOrderness(Duration.ofMillis(DELAY))).stream(
                            Stream.of("sums", Windows.sliding(Duration.ofMillis(size), Duration.ofMillis(slide)))
                                    .lateness(lateness));
            List<Step> steps = new ArrayList<>();
            long time = -500;
            for (int i = 0; i < 250; i++) {
                time += random.nextInt(30) == 0 ? random.nextInt(200) : random.nextInt(4);
                Row row = Row.of(time - random.nextInt(40), random.nextInt(6), random.nextInt(100));
                steps.add(Step.event(row));
                model.add(row);
            }
            model.advanceTo(Long.MAX_VALUE);
            harness.run(steps, any -> 1 + random.nextInt(20)).finish();
            String about = "seed " + seed + ": size " + size + " slide " + slide + " lateness " + lateness;
            assertThat(harness.said.stream().sorted()).as(about).containsExactlyElementsOf(sorted(model.said));
            assertThat(windowsOf(harness.said)).as(about).isEqualTo(windowsOf(model.said));
        }
    }

    private static List<String> sorted(List<String> lines) {
        return lines.stream().sorted().toList();
    }

    /** The lines without keys and values. */
    private static List<String> windowsOf(List<String> said) {
        return said.stream()
                .map(line -> line.replaceAll("^sums \\S+", "").replaceAll("(last )?\\d+:-?\\d+$", ""))
                .toList();
    }
}

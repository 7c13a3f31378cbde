package io.tidemark.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.testing.Seeds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Against a {@link HashMap} by window and key. */
class LatePanesTest {
    private static final AggregateColumns<?, ?> NO_STATE = AggregateColumns.none((stage, name, cause) -> {});

    private static LatePanes panes() {
        return new LatePanes(30, () -> new KeyTable(NO_STATE, null, false, 1));
    }

    /** What one key has had in one window. */
    private record Given(long panes, long fresh) {}

    /** By end, start, key. */
    private final Map<List<Long>, Given> model = new HashMap<>();

    private long add(List<Long> place, boolean hadPane, long every) {
        Given before = model.get(place);
        if (before == null && !hadPane) {
            model.put(place, new Given(1, 0));
            return 0;
        }
        long panes = before == null ? 1 : before.panes;
        long fresh = before == null ? 1 : before.fresh + 1;
        model.put(place, fresh == every ? new Given(panes + 1, 0) : new Given(panes, fresh));
        return fresh == every ? panes : LateWindow.NO_PANE;
    }

    /** End, start, key and next number of what expires with late events that no pane has shown. */
    private List<List<Long>> remainders(long watermark) {
        List<List<Long>> remainders = new ArrayList<>();
        model.forEach((place, given) -> {
            if (place.get(0) + 30 <= watermark && given.fresh > 0) {
                remainders.add(List.of(place.get(0), place.get(1), place.get(2), given.panes));
            }
        });
        return remainders;
    }

    private static List<List<Long>> takeRemainders(LatePanes panes, long watermark) {
        List<List<Long>> remainders = new ArrayList<>();
        for (LateWindow next = panes.firstRemainder(watermark); next != null; next = panes.firstRemainder(watermark)) {
            int count = 0;
            for (int position = next.keys.first(); position < next.keys.limit(); position += next.keys.step()) {
                if (next.keys.isOccupied(position) && next.hasRemainder(position)) {
                    remainders.add(List.of(next.end, next.start, next.keys.key(position), next.nextPane(position)));
                    count++;
                }
            }
            assertThat(count).isEqualTo(next.remainders());
            panes.removeRemainder();
        }
        return remainders;
    }

    @Test
    void eachKeyOfEachWindow_isNumberedOnItsOwn() {
        for (long seed = 0; seed < 200; seed++) {
            Random random = Seeds.random(seed);
            long every = 1 + random.nextInt(4);
            LatePanes panes = panes();
            model.clear();
            long watermark = 0;
            for (int step = 0; step < 400; step++) {
                long end = watermark - 30 + 1 + random.nextInt(30);
                long start = end - 10 * (1 + random.nextInt(3));
                long key = Keys.any(random, 20);
                boolean hadPane = random.nextBoolean();
                LateWindow window = panes.claim(start, end);
                List<Long> place = List.of(end, start, key);
                assertThat(window.knows(key)).isEqualTo(model.containsKey(place));
                assertThat(window.add(key, hadPane, every)).as("seed %d", seed).isEqualTo(add(place, hadPane, every));
                if (random.nextInt(5) == 0) {
                    watermark += random.nextInt(10);
                    long now = watermark;
                    List<List<Long>> remainders = takeRemainders(panes, now);
                    assertThat(remainders).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(remainders(now));
                    assertThat(remainders.stream().map(each -> each.get(0) * 1_000 + each.get(1)))
                            .as("by end, then start; seed %d", seed)
                            .isSorted();
                    panes.expire(now);
                    model.keySet().removeIf(each -> each.get(0) + 30 <= now);
                }
                assertThat(panes.entries()).isEqualTo(model.size());
                assertThat(model.keySet().stream()
                                .mapToLong(each -> each.get(0) + 30)
                                .min()
                                .orElse(panes.firstExpiry()))
                        .isEqualTo(panes.firstExpiry());
            }
        }
    }

    @Test
    void aPaneOfNoEvents_isTheFirstOfItsKeyAndWindow() {
        KeyTable given = new KeyTable(NO_STATE, null, false);
        for (long key : new long[] {0, Long.MIN_VALUE, 7}) {
            given.longs[given.claim(key, 0) + Entries.COUNT] = 1;
        }
        LatePanes panes = panes();
        panes.addOnTime(10, 20, given);
        assertThat(panes.entries()).isEqualTo(3);
        assertThat(panes.claim(10, 20).add(7, panes.claim(10, 20).knows(7), 1)).isEqualTo(1);
        assertThat(panes.claim(10, 20).add(8, panes.claim(10, 20).knows(8), 1)).isZero();
        assertThat(panes.claim(0, 20).add(7, false, 1)).isZero();
    }

    @Test
    void noPaneOfNoEvents_takesNoRoom() {
        LatePanes panes = panes();
        panes.addOnTime(10, 20, new KeyTable(NO_STATE, null, false));
        assertThat(panes.firstExpiry()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void anExpiryBeyondTime_isHeld() {
        LatePanes panes = panes();
        panes.claim(0, Long.MAX_VALUE - 5).add(1, true, 2);
        assertThat(panes.firstExpiry()).isEqualTo(Long.MAX_VALUE);
        assertThat(panes.firstRemainder(Long.MAX_VALUE - 1)).isNull();
        panes.expire(Long.MAX_VALUE - 1);
        assertThat(panes.entries()).isEqualTo(1);
        assertThat(Objects.requireNonNull(panes.firstRemainder(Long.MAX_VALUE)).start)
                .isZero();
        panes.expire(Long.MAX_VALUE);
        assertThat(panes.entries()).isZero();
    }

    @Test
    void keysWithNumbers_areRetainedUntilTheWindowExpires() {
        KeyDictionary<Object> dictionary = new KeyDictionary<>();
        LatePanes panes = new LatePanes(30, () -> new KeyTable(NO_STATE, dictionary, false, 1));
        panes.claim(10, 20).add(dictionary.intern("a"), true, 2);
        assertThat(dictionary.size()).isEqualTo(1);
        panes.expire(50);
        assertThat(dictionary.size()).isZero();
    }
}

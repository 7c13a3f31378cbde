package io.tidemark.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.testing.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The windows of each key, in the order of (end, start), as they come and go. */
class LiveWindowsTest {
    private final WindowArena arena = new WindowArena(
            AggregateColumns.none((stage, name, cause) -> {
                throw new AssertionError(cause);
            }),
            WindowArena.Memory.NONE);
    private final KeyDictionary<String> dictionary = new KeyDictionary<>();
    private final LiveWindows live = new LiveWindows(arena, dictionary);

    private List<String> walk(long key) {
        List<String> walked = new ArrayList<>();
        int newer = WindowArena.NONE;
        for (int window = live.newest(key); window != WindowArena.NONE; window = arena.older(window)) {
            assertThat(arena.newer(window)).isEqualTo(newer);
            assertThat(arena.key(window)).isEqualTo(key);
            walked.add(arena.start(window) + "-" + arena.end(window));
            newer = window;
        }
        return walked;
    }

    @Test
    void windowsOfAKey_areLinkedNewestFirst_byEndThenStart() {
        long key = dictionary.intern("a");
        for (long[] bounds : new long[][] {{0, 10}, {5, 20}, {0, 20}, {-5, 10}, {19, 20}, {-5, 5}}) {
            live.claim(key, bounds[0], bounds[1], WindowArena.NONE);
        }
        assertThat(walk(key)).containsExactly("19-20", "5-20", "0-20", "0-10", "-5-10", "-5-5");
    }

    @Test
    void aClaimedWindow_isFoundAgain_otherBoundsAreNot() {
        long key = dictionary.intern("a");
        int window = live.claim(key, 0, 10, WindowArena.NONE);
        assertThat(live.claim(key, 0, 10, WindowArena.NONE)).isEqualTo(window);
        assertThat(live.find(key, 0, 10)).isEqualTo(window);
        assertThat(live.find(key, 1, 10)).isEqualTo(WindowArena.NONE);
        assertThat(live.find(key, 0, 11)).isEqualTo(WindowArena.NONE);
        assertThat(live.find(key, -1, 10)).isEqualTo(WindowArena.NONE);
        assertThat(live.find(key, 0, 9)).isEqualTo(WindowArena.NONE);
        assertThat(live.find(dictionary.intern("b"), 0, 10)).isEqualTo(WindowArena.NONE);
    }

    @Test
    void eachWindow_hasANumberOfItsOwn_inTheOrderTheyBegan() {
        long key = dictionary.intern("a");
        int first = live.claim(key, 10, 20, WindowArena.NONE);
        int second = live.claim(key, 0, 10, WindowArena.NONE);
        live.remove(first);
        int third = live.claim(key, 10, 20, WindowArena.NONE);
        assertThat(arena.number(second)).isEqualTo(1);
        assertThat(arena.number(third)).isEqualTo(2);
    }

    @Test
    void aKey_isKnownWhileItHasAWindow() {
        long key = dictionary.intern("a");
        int one = live.claim(key, 0, 10, WindowArena.NONE);
        int other = live.claim(key, 10, 20, WindowArena.NONE);
        assertThat(live.entries()).isEqualTo(2 + 1);
        live.remove(other);
        assertThat(dictionary.size()).isEqualTo(1);
        assertThat(live.newest(key)).isEqualTo(one);
        live.remove(one);
        assertThat(dictionary.size()).isZero();
        assertThat(live.newest(key)).isEqualTo(WindowArena.NONE);
        assertThat(live.entries()).isZero();
    }

    @Test
    void whateverComesAndGoes_theOrderHolds() {
        for (long seed = 0; seed < 50; seed++) {
            Random random = Seeds.random(seed);
            Map<Long, TreeMap<Long, Integer>> model = new TreeMap<>();
            for (int i = 0; i < 300; i++) {
                long key = dictionary.intern("k" + random.nextInt(3));
                long end = random.nextInt(20);
                TreeMap<Long, Integer> windows = model.computeIfAbsent(key, any -> new TreeMap<>());
                Integer known = windows.get(end);
                if (known != null && random.nextBoolean()) {
                    live.remove(known);
                    windows.remove(end);
                } else {
                    windows.put(end, live.claim(key, end - 5, end, WindowArena.NONE));
                }
                if (windows.isEmpty()) {
                    model.remove(key); // the key is forgotten, and its number free
                } else {
                    assertThat(walk(key))
                            .as("seed %d", seed)
                            .isEqualTo(windows.descendingKeySet().stream()
                                    .map(edge -> (edge - 5) + "-" + edge)
                                    .toList());
                }
            }
            model.values().forEach(windows -> windows.values().forEach(live::remove));
            assertThat(live.entries()).isZero();
            assertThat(dictionary.size()).isZero();
        }
    }

    /** The arena grows with the windows alive at once, not with those there ever were. */
    @Test
    void aHundredThousandWindows_ofAKeyThatComesAndGoes_takeTheRoomOfOne() {
        int room = arena.longs.length;
        for (long i = 0; i < 100_000; i++) {
            long key = dictionary.intern("a");
            live.remove(live.claim(key, i, i + 1, WindowArena.NONE));
        }
        assertThat(arena.longs).hasSize(room);
        assertThat(arena.live()).isZero();
        assertThat(dictionary.size()).isZero();
    }
}

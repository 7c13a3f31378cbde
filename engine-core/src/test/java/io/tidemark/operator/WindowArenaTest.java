package io.tidemark.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.aggregate.Aggregators;
import io.tidemark.testing.Seeds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Sessions come and go; each keeps to itself. */
class WindowArenaTest {
    private static final AggregateColumns<Object, List<Object>> LISTS =
            new AggregateColumns<>(Aggregators.list(event -> event), List.of(), "lists", (stage, name, cause) -> {
                throw new AssertionError(cause);
            });

    private record Session(long key, long start, long end, long number, boolean open) {}

    private final WindowArena arena = new WindowArena(LISTS, WindowArena.Memory.FIRING);

    private Session at(int position) {
        return new Session(
                arena.key(position),
                arena.start(position),
                arena.end(position),
                arena.number(position),
                arena.is(position, WindowArena.OPEN));
    }

    @Test
    void everySession_keepsWhatItWasGiven_throughGrowthAndReuse() {
        for (long seed = 0; seed < 100; seed++) {
            Random random = Seeds.random(seed);
            Map<Integer, Session> model = new HashMap<>();
            for (int step = 0; step < 500; step++) {
                int choice = random.nextInt(10);
                List<Integer> positions = new ArrayList<>(model.keySet());
                int any = positions.isEmpty() ? -1 : positions.get(random.nextInt(positions.size()));
                if (any < 0 || choice < 5) {
                    Session begun = new Session(random.nextLong(), random.nextLong(), random.nextLong(), step, true);
                    int position = arena.begin(begun.key, begun.start, begun.end, begun.number);
                    arena.set(position, WindowArena.OPEN);
                    assertThat(model.put(position, begun))
                            .as("seed %d: a free entry", seed)
                            .isNull();
                    assertThat(arena.count(position)).isZero();
                    assertThat(arena.link(position)).isEqualTo(WindowArena.NONE);
                    assertThat(arena.nextPane(position)).isZero();
                } else if (choice < 7) {
                    arena.discard(any);
                    model.remove(any);
                    assertThat(arena.number(any)).as("void").isEqualTo(WindowArena.NONE);
                } else if (choice < 8) {
                    arena.change(any, 0, WindowArena.OPEN);
                    model.computeIfPresent(any, (p, s) -> new Session(s.key, s.start, s.end, s.number, false));
                } else {
                    arena.rebound(any, step, step + 5);
                    arena.renumber(any, step);
                    int at = step;
                    model.computeIfPresent(any, (p, s) -> new Session(s.key, at, at + 5, at, s.open));
                }
                assertThat(arena.live()).isEqualTo(model.size());
            }
            for (Map.Entry<Integer, Session> each : model.entrySet()) {
                assertThat(at(each.getKey())).as("seed %d", seed).isEqualTo(each.getValue());
            }
            new ArrayList<>(model.keySet()).forEach(arena::discard);
            assertThat(arena.live()).isZero();
            assertThat(arena.objects).as("no accumulator is held").containsOnlyNulls();
        }
    }

    @Test
    void newBounds_beginTheNumbersOfPanesAfresh() {
        int session = arena.begin(1, 0, 10, 0);
        assertThat(arena.nextPane(session)).isZero();
        assertThat(arena.nextPane(session)).isEqualTo(1);
        arena.rebound(session, 0, 20);
        assertThat(arena.nextPane(session)).isZero();
    }

    @Test
    void releaseAll_freesEverythingAtOnce() {
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 100; i++) {
                arena.allocate(i);
            }
            arena.releaseAll();
            assertThat(arena.live()).isZero();
            assertThat(arena.objects).containsOnlyNulls();
        }
        int longs = arena.longs.length;
        for (int i = 0; i < 100; i++) {
            arena.allocate(i);
        }
        assertThat(arena.longs).as("used again").hasSize(longs);
    }
}

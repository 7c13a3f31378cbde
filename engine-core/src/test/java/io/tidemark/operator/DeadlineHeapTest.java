package io.tidemark.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.testing.Seeds;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Against a {@link PriorityQueue}. */
class DeadlineHeapTest {

    private record Deadline(long time, long start, long number, int position) {}

    private static final Comparator<Deadline> ORDER = Comparator.comparingLong(Deadline::time)
            .thenComparingLong(Deadline::start)
            .thenComparingLong(Deadline::number);

    private static long edge(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> Long.MIN_VALUE;
            case 1 -> Long.MAX_VALUE;
            default -> random.nextInt(20) - 10;
        };
    }

    @Test
    void theFirst_isTheSmallestByTimeThenStartThenNumber() {
        for (long seed = 0; seed < 300; seed++) {
            Random random = Seeds.random(seed);
            DeadlineHeap heap = new DeadlineHeap();
            PriorityQueue<Deadline> model = new PriorityQueue<>(ORDER);
            for (int step = 0; step < 600; step++) {
                boolean growing = step % 150 < 90;
                if (model.isEmpty() || random.nextInt(10) < (growing ? 7 : 2)) {
                    Deadline deadline = new Deadline(edge(random), edge(random), step, random.nextInt());
                    heap.add(deadline.time, deadline.start, deadline.number, deadline.position);
                    model.add(deadline);
                } else {
                    heap.removeFirst();
                    model.remove();
                }
                assertThat(heap.isEmpty()).isEqualTo(model.isEmpty());
                Deadline first = model.peek();
                assertThat(heap.firstTime()).isEqualTo(first == null ? Long.MAX_VALUE : first.time);
                if (first != null) {
                    Deadline found =
                            new Deadline(heap.firstTime(), heap.firstStart(), heap.firstNumber(), heap.firstPosition());
                    assertThat(found).as("seed %d step %d", seed, step).isEqualTo(first);
                }
            }
        }
    }
}

package io.tidemark.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class CounterTest {

    @Test
    void increment_and_add_raise_the_value() {
        Counter counter = new Counter();
        counter.increment();
        counter.add(41);
        counter.add(0);

        assertThat(counter.value()).isEqualTo(42);
        assertThat(counter).hasToString("42");
    }

    @Test
    void overflow_stays_at_the_largest_value() {
        Counter counter = new Counter();
        counter.add(Long.MAX_VALUE - 1);
        counter.increment();
        assertThat(counter.value()).isEqualTo(Long.MAX_VALUE);

        counter.increment();
        counter.add(Long.MAX_VALUE);
        assertThat(counter.value()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void negative_amount_is_refused_and_changes_nothing() {
        Counter counter = new Counter();
        counter.add(7);

        assertThatIllegalArgumentException().isThrownBy(() -> counter.add(-3)).withMessageContaining("-3");
        assertThat(counter.value()).isEqualTo(7);
    }

    @Test
    void a_reader_sees_the_count_rise_and_what_was_written_before_it() throws InterruptedException {
        int last = 200_000;
        Counter counter = new Counter();
        long[] payload = new long[last + 1];
        Thread writer = new Thread(() -> {
            for (int i = 1; i <= last; i++) {
                payload[i] = i;
                counter.increment();
            }
        });
        writer.start();

        long seen = 0;
        while (seen < last) {
            long value = counter.value();
            assertThat(value).isGreaterThanOrEqualTo(seen);
            assertThat(payload[(int) value]).isEqualTo(value);
            seen = value;
        }
        writer.join();
        assertThat(counter.value()).isEqualTo(last);
    }
}

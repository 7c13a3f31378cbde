package io.tidemark.time;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TickerTest {

    @Test
    void system_ticker_never_goes_back_and_shares_the_origin_of_the_jvm() {
        Ticker ticker = Ticker.system();
        long before = System.nanoTime();
        long first = ticker.nanoTime();
        long second = ticker.nanoTime();
        long after = System.nanoTime();

        // differences, not values: the counter may wrap
        assertThat(first - before).isNotNegative();
        assertThat(second - first).isNotNegative();
        assertThat(after - second).isNotNegative();
    }
}

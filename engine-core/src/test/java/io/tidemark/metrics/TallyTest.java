package io.tidemark.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TallyTest {

    @Test
    void empty_tally_has_neutral_extremes() {
        Tally tally = new Tally();

        assertThat(tally.count()).isZero();
        assertThat(tally.negatives()).isZero();
        assertThat(tally.min()).isEqualTo(Long.MAX_VALUE);
        assertThat(tally.max()).isZero();
        assertThat(tally.mostNegative()).isZero();
    }

    @Test
    void extremes_only_widen() {
        Tally tally = new Tally();
        tally.add(2, 5, 9);
        tally.add(1, 7, 7);
        tally.add(3, 3, 11);

        assertThat(tally.count()).isEqualTo(6);
        assertThat(tally.min()).isEqualTo(3);
        assertThat(tally.max()).isEqualTo(11);
    }

    @Test
    void negatives_are_a_book_of_their_own() {
        Tally tally = new Tally();
        tally.addNegatives(2, -4);
        tally.addNegatives(1, -2);
        tally.addNegatives(1, Long.MIN_VALUE);

        assertThat(tally.negatives()).isEqualTo(4);
        assertThat(tally.mostNegative()).isEqualTo(Long.MIN_VALUE);
        assertThat(tally.count()).isZero();
        assertThat(tally.min()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void a_reader_that_reads_the_count_first_sees_extremes_that_cover_it() throws InterruptedException {
        int last = 300_000;
        Tally tally = new Tally();
        Thread writer = new Thread(() -> {
            for (int i = 1; i <= last; i++) {
                // the i-th batch lowers the minimum and raises the maximum by one
                tally.add(1, last - i, last + i);
            }
        });
        writer.start();

        long count = 0;
        while (count < last) {
            count = tally.count();
            if (count > 0) {
                assertThat(tally.min()).isLessThanOrEqualTo(last - count);
                assertThat(tally.max()).isGreaterThanOrEqualTo(last + count);
            }
        }
        writer.join();
        assertThat(tally.min()).isZero();
    }
}

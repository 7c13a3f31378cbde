package io.tidemark.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.concurrent.atomic.AtomicBoolean;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LatencyRecorderTest {

    @Test
    void nothing_recorded_is_all_zero() {
        LatencySummary summary = new LatencyRecorder("ingest", 4).summary();

        assertThat(summary.stage()).isEqualTo("ingest");
        assertThat(summary.count()).isZero();
        assertThat(summary.min()).isZero();
        assertThat(summary.max()).isZero();
        assertThat(summary.negatives()).isZero();
        assertThat(summary.mostNegative()).isZero();
        assertThat(summary.sampled()).isZero();
        assertThat(summary.clamped()).isZero();
        assertThat(summary.p99()).isZero();
    }

    @Test
    void record_keeps_count_extremes_and_distribution() {
        LatencyRecorder recorder = new LatencyRecorder("ingest", 1);
        for (int nanos = 1_000; nanos >= 1; nanos--) {
            recorder.record(nanos);
        }
        LatencySummary summary = recorder.summary();

        assertThat(summary.count()).isEqualTo(1_000);
        assertThat(summary.min()).isEqualTo(1);
        assertThat(summary.max()).isEqualTo(1_000);
        assertThat(summary.sampled()).isEqualTo(1_000);
        assertThat(summary.p50()).isEqualTo(500);
        assertThat(summary.p999()).isEqualTo(999);
    }

    @Test
    void zero_is_a_duration() {
        LatencyRecorder recorder = new LatencyRecorder("ingest", 1);
        recorder.record(0);
        LatencySummary summary = recorder.summary();

        assertThat(summary.count()).isEqualTo(1);
        assertThat(summary.negatives()).isZero();
        assertThat(summary.sampled()).isEqualTo(1);
        assertThat(summary.min()).isZero();
        assertThat(summary.max()).isZero();
    }

    @Test
    void negative_durations_are_counted_apart() {
        LatencyRecorder recorder = new LatencyRecorder("ingest", 1);
        recorder.record(-5);
        recorder.record(Long.MIN_VALUE);
        recorder.record(-1);
        LatencySummary onlyNegative = recorder.summary();
        assertThat(onlyNegative.count()).isZero();
        assertThat(onlyNegative.min()).isZero();
        assertThat(onlyNegative.max()).isZero();

        recorder.record(30);
        LatencySummary summary = recorder.summary();
        assertThat(summary.negatives()).isEqualTo(3);
        assertThat(summary.mostNegative()).isEqualTo(Long.MIN_VALUE);
        assertThat(summary.count()).isEqualTo(1);
        assertThat(summary.min()).isEqualTo(30);
        assertThat(summary.sampled()).isEqualTo(1);
    }

    @Test
    void longest_possible_duration_is_clamped_in_the_distribution_and_exact_in_max() {
        LatencyRecorder recorder = new LatencyRecorder("ingest", 1);
        recorder.record(Long.MAX_VALUE);
        recorder.record(Long.MAX_VALUE);
        LatencySummary summary = recorder.summary();

        assertThat(summary.max()).isEqualTo(Long.MAX_VALUE);
        assertThat(summary.clamped()).isEqualTo(2);
        assertThat(summary.sampled()).isEqualTo(2);
        assertThat(summary.percentiles().at(99)).isEqualTo(SampledDistribution.CEILING);
    }

    @ParameterizedTest
    @CsvSource({"1, 1000", "2, 500", "16, 63", "1024, 1"})
    void every_nth_duration_is_sampled_the_first_included(int sampleEvery, long sampled) {
        LatencyRecorder recorder = new LatencyRecorder("ingest", sampleEvery);
        for (int i = 0; i < 1_000; i++) {
            // position in the stream, so that the sample can be recognised
            recorder.record(i);
            recorder.record(-1);
        }
        LatencySummary summary = recorder.summary();

        assertThat(summary.count()).isEqualTo(1_000);
        assertThat(summary.max()).isEqualTo(999);
        assertThat(summary.negatives()).isEqualTo(1_000);
        assertThat(summary.sampled()).isEqualTo(sampled);
        assertThat(summary.percentiles().at(0)).isZero();
        assertThat(summary.percentiles().at(100)).isEqualTo((sampled - 1) * sampleEvery);
        assertThat(recorder.sampleEvery()).isEqualTo(sampleEvery);
    }

    @Test
    void a_batch_is_exact_and_its_samples_go_to_the_distribution_only() {
        LatencyRecorder recorder = new LatencyRecorder("ingest", 4);
        recorder.recordBatch(10, 20, 90, 3, -7);
        recorder.sample(50);
        recorder.sample(60);
        recorder.recordBatch(2, 10, 10, 0, 0);
        LatencySummary summary = recorder.summary();

        assertThat(summary.count()).isEqualTo(9);
        assertThat(summary.min()).isEqualTo(10);
        assertThat(summary.max()).isEqualTo(90);
        assertThat(summary.negatives()).isEqualTo(3);
        assertThat(summary.mostNegative()).isEqualTo(-7);
        assertThat(summary.sampled()).isEqualTo(2);
        assertThat(summary.p50()).isEqualTo(50);
        assertThat(summary.p99()).isEqualTo(60);
    }

    @Test
    void a_batch_of_negative_durations_has_no_extremes() {
        LatencyRecorder recorder = new LatencyRecorder("ingest", 1);
        recorder.recordBatch(4, Long.MAX_VALUE, Long.MIN_VALUE, 4, -9);
        LatencySummary summary = recorder.summary();

        assertThat(summary.count()).isZero();
        assertThat(summary.max()).isZero();
        assertThat(summary.negatives()).isEqualTo(4);
        assertThat(summary.mostNegative()).isEqualTo(-9);
    }

    @Test
    void extremes_that_belong_to_no_duration_are_ignored() {
        LatencyRecorder recorder = new LatencyRecorder("ingest", 1);
        recorder.recordBatch(2, 3, 500, 2, -1);
        recorder.recordBatch(1, 40, 40, 0, -99);
        LatencySummary summary = recorder.summary();

        assertThat(summary.min()).isEqualTo(40);
        assertThat(summary.max()).isEqualTo(40);
        assertThat(summary.mostNegative()).isEqualTo(-1);
    }

    @Test
    void an_empty_batch_changes_nothing() {
        LatencyRecorder recorder = new LatencyRecorder("ingest", 1);
        LatencySummary before = recorder.summary();
        recorder.recordBatch(0, Long.MAX_VALUE, 0, 0, 0);

        assertThat(recorder.summary()).isEqualTo(before);
    }

    @Test
    void counts_of_batches_saturate() {
        LatencyRecorder recorder = new LatencyRecorder("ingest", 1);
        recorder.recordBatch(Long.MAX_VALUE, 1, 2, 0, 0);
        recorder.recordBatch(Long.MAX_VALUE, 1, 2, Long.MAX_VALUE - 1, -1);
        recorder.recordBatch(2, 1, 2, 2, -1);
        LatencySummary summary = recorder.summary();

        assertThat(summary.count()).isEqualTo(Long.MAX_VALUE);
        assertThat(summary.negatives()).isEqualTo(Long.MAX_VALUE);
    }

    @ParameterizedTest
    @CsvSource({
        "-1, 1, 2, 0, 0, -1",
        "5, 1, 2, 6, -3, 6",
        "5, 1, 2, -4, -3, -4",
        "5, -8, 2, 0, 0, -8",
        "5, 31, 30, 0, 0, 31",
        "5, 1, 2, 1, 0, mostNegative 0"
    })
    void a_batch_that_contradicts_itself_is_refused_by_value_and_not_recorded(
            long n, long min, long max, long negatives, long mostNegative, String named) {
        LatencyRecorder recorder = new LatencyRecorder("ingest", 1);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> recorder.recordBatch(n, min, max, negatives, mostNegative))
                .withMessageContaining(named);
        assertThat(recorder.summary()).isEqualTo(new LatencyRecorder("ingest", 1).summary());
    }

    @Test
    void a_negative_sample_is_left_out() {
        LatencyRecorder recorder = new LatencyRecorder("ingest", 1);
        recorder.sample(-1);
        recorder.sample(Long.MIN_VALUE);

        assertThat(recorder.summary().sampled()).isZero();
        assertThat(recorder.summary().negatives()).isZero();
    }

    @Test
    void a_summary_is_since_the_beginning_and_stays_as_it_was() {
        LatencyRecorder recorder = new LatencyRecorder("ingest", 1);
        recorder.record(10);
        LatencySummary first = recorder.summary();
        recorder.record(20);
        LatencySummary second = recorder.summary();

        assertThat(first.count()).isEqualTo(1);
        assertThat(first.percentile(100)).isEqualTo(10);
        assertThat(second.sampled()).isEqualTo(2);
        assertThat(second.min()).isEqualTo(10);
        assertThat(recorder.summary()).isEqualTo(second);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 3, 6, 100, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void sampleEvery_that_is_no_power_of_two_is_refused_by_value(int sampleEvery) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LatencyRecorder("ingest", sampleEvery))
                .withMessageContaining("sampleEvery " + sampleEvery + " ");
    }

    @Test
    void a_blank_stage_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LatencyRecorder(" \t", 1))
                .withMessageContaining("stage");
    }

    @Test
    void readers_on_other_threads_see_consistent_numbers_and_lose_none() throws InterruptedException {
        int last = 300_000;
        LatencyRecorder recorder = new LatencyRecorder("ingest", 1);
        SampledDistribution.Interval interval = recorder.openInterval();
        AtomicBoolean done = new AtomicBoolean();
        Thread writer = new Thread(() -> {
            for (int i = 1; i <= last; i++) {
                recorder.record((long) i * i);
            }
            done.set(true);
        });
        Histogram logged = SampledDistribution.newHistogram();
        Thread logger = new Thread(() -> {
            while (!done.get()) {
                interval.moveInto(logged);
            }
        });
        writer.start();
        logger.start();

        long seen = 0;
        while (!done.get()) {
            LatencySummary summary = recorder.summary();
            assertThat(summary.sampled()).isBetween(seen, summary.count());
            assertThat(summary.max()).isGreaterThanOrEqualTo(summary.count() * summary.count());
            if (summary.sampled() > 0) {
                assertThat(summary.min()).isEqualTo(1);
                assertThat(summary.percentiles().total()).isEqualTo(summary.sampled());
            }
            seen = summary.sampled();
        }
        writer.join();
        logger.join();

        interval.moveInto(logged);
        assertThat(recorder.summary().sampled()).isEqualTo(last);
        assertThat(recorder.summary().count()).isEqualTo(last);
        assertThat(LatencyPercentiles.of(logged)).isEqualTo(recorder.summary().percentiles());
    }
}

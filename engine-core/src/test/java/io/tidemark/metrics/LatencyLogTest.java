package io.tidemark.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogProcessor;
import org.HdrHistogram.HistogramLogReader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LatencyLogTest {

    private static final long START_SECOND = 1_700_000_000L;

    @TempDir
    Path directory;

    private Path file;
    private long epochNanos = START_SECOND * 1_000_000_000L;

    @BeforeEach
    void nameTheFile() {
        file = directory.resolve("latency.hlog");
    }

    @Test
    void HdrHistogram_reads_tags_counts_values_and_times_back() throws IOException {
        LatencyRecorder ingest = new LatencyRecorder("ingest", 1);
        LatencyRecorder callback = new LatencyRecorder("callback", 16);
        try (LatencyLog log = open()) {
            log.add(ingest);
            log.add(callback);
            ingest.record(1_500_000);
            ingest.record(2_000_000);
            callback.sample(7);
            passSeconds(10);
            log.write();
            ingest.record(90_000_000_000L);
            passSeconds(5);
        }

        List<Histogram> lines = read();
        assertThat(lines).extracting(Histogram::getTag).containsExactly("ingest", "callback", "ingest");
        assertThat(lines).extracting(Histogram::getTotalCount).containsExactly(2L, 1L, 1L);
        assertThat(lines.get(0).getMinNonZeroValue()).isLessThanOrEqualTo(1_500_000);
        assertThat(lines.get(0).valuesAreEquivalent(lines.get(0).getMaxValue(), 2_000_000))
                .isTrue();
        assertThat(lines.get(1).getMaxValue()).isEqualTo(7);
        assertThat(lines.get(2).valuesAreEquivalent(lines.get(2).getMaxValue(), 90_000_000_000L))
                .isTrue();
        assertInterval(lines.get(0), 0, 10);
        assertInterval(lines.get(1), 0, 10);
        assertInterval(lines.get(2), 10, 15);
    }

    @Test
    void the_file_is_a_log_of_format_1_3_that_states_unit_and_sampling() throws IOException {
        try (LatencyLog log = open()) {
            log.add(new LatencyRecorder("door to ring", 8));
        }

        assertThat(Files.readAllLines(file))
                .contains(
                        "#[Latencies in nanoseconds]",
                        "#[Histogram log format version 1.3]",
                        "#[BaseTime: 1700000000.000 (seconds since epoch)]",
                        "\"StartTimestamp\",\"Interval_Length\",\"Interval_Max\",\"Interval_Compressed_Histogram\"",
                        "#[Stage door_to_ring: one in 8 durations]")
                .anyMatch(line -> line.startsWith("#[StartTime: 1700000000.000 "))
                .noneMatch(line -> line.startsWith("Tag="));
    }

    @Test
    void HdrHistograms_own_processor_reads_the_file() throws IOException, InterruptedException {
        LatencyRecorder ingest = new LatencyRecorder("in gest", 1);
        try (LatencyLog log = open()) {
            log.add(ingest);
            for (int interval = 0; interval < 3; interval++) {
                ingest.record(4_000_000);
                passSeconds(1);
                log.write();
            }
            ingest.record(8_000_000);
            passSeconds(1);
        }
        Path report = directory.resolve("report");
        String[] arguments = {"-v", "-csv", "-i", file.toString(), "-o", report.toString(), "-tag", "in_gest"};

        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        HistogramLogProcessor processor = new HistogramLogProcessor(arguments);
        processor.setUncaughtExceptionHandler((thread, thrown) -> failure.set(thrown));
        processor.start();
        processor.join();
        assertThat(failure.get()).isNull();

        List<String> intervals = Files.readAllLines(report).stream()
                .filter(line -> !line.startsWith("#") && !line.startsWith("\""))
                .toList();
        assertThat(intervals).hasSize(4);
        assertThat(intervals.get(0)).startsWith("1.000,1,4.00");
        assertThat(intervals.get(3)).startsWith("4.000,1,8.00").contains(",4,4.00");
        assertThat(Files.readString(directory.resolve("report.hgrm"))).contains("8.00");
    }

    @Test
    void summaries_and_a_second_log_take_nothing_from_the_first() throws IOException {
        LatencyRecorder recorder = new LatencyRecorder("ingest", 1);
        Path otherFile = directory.resolve("other.hlog");
        try (LatencyLog log = open();
                LatencyLog other = new LatencyLog(otherFile, () -> epochNanos)) {
            log.add(recorder);
            recorder.record(1);
            other.add(recorder);
            recorder.record(2);
            assertThat(recorder.summary().sampled()).isEqualTo(2);
            other.write();
            recorder.record(3);
        }

        assertThat(read()).extracting(Histogram::getTotalCount).containsExactly(3L);
        assertThat(read(otherFile)).extracting(Histogram::getTotalCount).containsExactly(1L, 1L);
        assertThat(recorder.summary().sampled()).isEqualTo(3);
    }

    @Test
    void recorders_of_one_stage_share_a_line() throws IOException {
        LatencyRecorder shard0 = new LatencyRecorder("callback", 1);
        LatencyRecorder shard1 = new LatencyRecorder("callback", 1);
        try (LatencyLog log = open()) {
            log.add(shard0);
            log.add(shard1);
            shard0.record(10);
            shard1.record(30);
        }

        List<Histogram> lines = read();
        assertThat(lines).extracting(Histogram::getTag).containsExactly("callback");
        assertThat(lines.get(0).getTotalCount()).isEqualTo(2);
        assertThat(lines.get(0).getMaxValue()).isEqualTo(30);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ring|ring",
                "a,b c|a_b_c",
                "source/gateway-1:in|source/gateway-1:in",
                "größe|gr__e",
                "#x=\"~|#x=\"~"
            })
    void a_stage_becomes_a_tag_that_the_format_allows(String stage, String tag) {
        assertThat(LatencyLog.tag(stage)).isEqualTo(tag);
    }

    @Test
    void line_breaks_tabs_and_control_characters_do_not_reach_the_file() throws IOException {
        LatencyRecorder recorder = new LatencyRecorder("a\nb\rc\td\u0000e\u007f\u2028f", 1);
        try (LatencyLog log = open()) {
            log.add(recorder);
            recorder.record(5);
        }

        assertThat(read()).extracting(Histogram::getTag).containsExactly("a_b_c_d_e__f");
    }

    @Test
    void two_stages_with_one_tag_are_refused() {
        try (LatencyLog log = open()) {
            log.add(new LatencyRecorder("a b", 1));

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> log.add(new LatencyRecorder("a,b", 1)))
                    .withMessageContainingAll("'a b'", "'a,b'", "'a_b'");
        }
    }

    @Test
    void a_recorder_is_added_once() throws IOException {
        LatencyRecorder recorder = new LatencyRecorder("ingest", 1);
        try (LatencyLog log = open()) {
            log.add(recorder);
            recorder.record(1);

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> log.add(recorder))
                    .withMessageContaining("'ingest'");
        }
        assertThat(read()).extracting(Histogram::getTotalCount).containsExactly(1L);
    }

    @Test
    void a_clock_set_back_gives_an_interval_of_length_zero() throws IOException {
        LatencyRecorder recorder = new LatencyRecorder("ingest", 1);
        try (LatencyLog log = open()) {
            log.add(recorder);
            passSeconds(10);
            log.write();
            recorder.record(1);
            passSeconds(-8);
            log.write();
            recorder.record(2);
            passSeconds(20);
        }

        List<Histogram> lines = read();
        assertInterval(lines.get(0), 10, 10);
        assertInterval(lines.get(1), 10, 22);
    }

    @Test
    void times_before_1970_are_written_as_1970() throws IOException {
        epochNanos = Long.MIN_VALUE;
        LatencyRecorder recorder = new LatencyRecorder("ingest", 1);
        try (LatencyLog log = open()) {
            log.add(recorder);
            recorder.record(1);
            epochNanos = 3_000_000_000L;
        }

        List<Histogram> lines = read();
        assertThat(lines).hasSize(1);
        assertThat(lines.get(0).getStartTimeStamp()).isZero();
        assertThat(lines.get(0).getEndTimeStamp()).isEqualTo(3_000);
    }

    @Test
    void close_writes_the_rest_once_and_lets_go_of_the_recorders() throws IOException {
        LatencyRecorder recorder = new LatencyRecorder("ingest", 1);
        LatencyLog log = open();
        log.add(recorder);
        recorder.record(1);
        assertThat(recorder.openIntervals()).isEqualTo(1);
        log.close();
        recorder.record(2);
        log.close();

        assertThat(read()).extracting(Histogram::getTotalCount).containsExactly(1L);
        assertThat(recorder.summary().sampled()).isEqualTo(2);
        assertThat(recorder.openIntervals()).isZero();
    }

    @Test
    void a_closed_log_refuses_work_and_names_its_file() {
        LatencyLog log = open();
        log.close();

        assertThatIllegalStateException().isThrownBy(log::write).withMessageContaining("latency.hlog");
        assertThatIllegalStateException()
                .isThrownBy(() -> log.add(new LatencyRecorder("ingest", 1)))
                .withMessageContaining("latency.hlog");
    }

    @Test
    void an_existing_file_is_replaced() throws IOException {
        Files.writeString(file, "a much longer text that was here before\n".repeat(100));
        open().close();

        assertThat(Files.readString(file)).startsWith("#[Latencies").doesNotContain("before");
    }

    @Test
    void a_file_that_cannot_be_opened_is_named() {
        Path missing = directory.resolve("missing").resolve("latency.hlog");

        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> new LatencyLog(missing, () -> epochNanos))
                .withMessageContaining("latency.hlog")
                .withCauseInstanceOf(IOException.class);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void a_full_disk_is_an_error_that_names_the_file_and_still_closes_the_log() {
        LatencyRecorder recorder = new LatencyRecorder("ingest", 1);
        LatencyLog log = new LatencyLog(Path.of("/dev/full"), () -> epochNanos);
        log.add(recorder);

        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(log::write)
                .withMessageContaining("/dev/full");
        recorder.record(1);
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(log::close)
                .withMessageContaining("/dev/full");
        assertThatIllegalStateException().isThrownBy(log::write);
        log.close();
        assertThat(recorder.summary().sampled()).isEqualTo(1);
    }

    @Test
    void the_longest_durations_survive_the_file() throws IOException {
        LatencyRecorder recorder = new LatencyRecorder("ingest", 1);
        try (LatencyLog log = open()) {
            log.add(recorder);
            recorder.record(0);
            recorder.record(Long.MAX_VALUE);
        }

        Histogram line = read().get(0);
        assertThat(line.getTotalCount()).isEqualTo(2);
        assertThat(line.getMinValue()).isZero();
        assertThat(line.getMaxValue()).isEqualTo(SampledDistribution.CEILING);
    }

    private LatencyLog open() {
        return new LatencyLog(file, () -> epochNanos);
    }

    private void passSeconds(long seconds) {
        epochNanos += seconds * 1_000_000_000L;
    }

    private List<Histogram> read() throws IOException {
        return read(file);
    }

    private static List<Histogram> read(Path file) throws IOException {
        List<Histogram> lines = new ArrayList<>();
        try (HistogramLogReader reader = new HistogramLogReader(file.toFile())) {
            while (reader.hasNext()) {
                if (reader.nextIntervalHistogram() instanceof Histogram line) {
                    lines.add(line);
                }
            }
        }
        return lines;
    }

    /** The reader computes in doubles and cuts off: a millisecond of tolerance. */
    private static void assertInterval(Histogram line, long fromSecond, long toSecond) {
        assertThat(line.getStartTimeStamp()).isCloseTo((START_SECOND + fromSecond) * 1_000, within(1L));
        assertThat(line.getEndTimeStamp()).isCloseTo((START_SECOND + toSecond) * 1_000, within(1L));
    }
}

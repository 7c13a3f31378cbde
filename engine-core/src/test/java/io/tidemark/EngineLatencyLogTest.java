package io.tidemark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.tidemark.testing.VirtualClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The engine's {@code .hlog} file, read back by HdrHistogram's own reader. */
class EngineLatencyLogTest {
    private static final long NOW = 1_000_000;

    private final VirtualClock clock = new VirtualClock(Instant.ofEpochMilli(NOW));
    private final List<String> lines = new ArrayList<>();

    @TempDir
    private Path directory;

    private EngineBuilder<Sale> builder(Path file) {
        return Engines.sales()
                .polled()
                .ticker(clock)
                .epochClock(clock)
                .latencySampling(1)
                .stampSampling(1)
                .latencyLog(file, Duration.ofSeconds(1));
    }

    /** Counts per tag, and how many intervals each had. */
    private static Map<String, List<Histogram>> read(Path file) throws IOException {
        Map<String, List<Histogram>> byTag = new LinkedHashMap<>();
        try (HistogramLogReader reader = new HistogramLogReader(file.toFile())) {
            for (EncodableHistogram interval = reader.nextIntervalHistogram();
                    interval != null;
                    interval = reader.nextIntervalHistogram()) {
                byTag.computeIfAbsent(interval.getTag(), tag -> new ArrayList<>())
                        .add((Histogram) interval);
            }
        }
        return byTag;
    }

    @Test
    void everyStage_isWrittenWithItsTag_intervalByInterval() throws IOException {
        Path file = directory.resolve("latencies.hlog");
        EventTimeEngine<Sale> engine = Engines.sums(builder(file), lines);
        Source<Sale> source = engine.source("till 1");
        engine.start();
        Engines.publish(source, Sale.at(NOW - 30), Sale.at(NOW - 22));
        Engines.drain(engine);
        clock.advance(Duration.ofMillis(999));
        Engines.drain(engine);
        assertThat(read(file)).isEmpty();
        clock.advance(Duration.ofMillis(1));
        Engines.drain(engine);
        assertThat(read(file)).containsOnlyKeys("till_1.latency", "till_1.publish-to-processed");
        Engines.publish(source, Sale.at(NOW + 990));
        Engines.complete(engine);

        Map<String, List<Histogram>> byTag = read(file);
        assertThat(byTag)
                .containsOnlyKeys("till_1.latency", "till_1.publish-to-processed", "close-to-callback", "callback");
        assertThat(byTag.get("till_1.latency"))
                .extracting(Histogram::getTotalCount)
                .containsExactly(2L, 1L);
        assertThat(byTag.get("till_1.latency").get(0).getMaxValue()).isBetween(30_000_000L, 30_100_000L);
        assertThat(byTag.get("till_1.latency").get(1).getMaxValue()).isBetween(10_000_000L, 10_100_000L);
        assertThat(byTag.get("callback")).extracting(Histogram::getTotalCount).containsExactly((long) lines.size());
    }

    @Test
    void severalShards_shareALineForEachStage() throws IOException {
        Path file = directory.resolve("latencies.hlog");
        EventTimeEngine<Sale> engine = Engines.sums(builder(file).shards(3), lines);
        Source<Sale> source = engine.source("till");
        engine.start();
        for (long shop = 0; shop < 32; shop++) {
            Engines.publish(source, new Sale(NOW - 30, shop, 1));
        }
        Engines.drain(engine);
        clock.advance(Duration.ofSeconds(1));
        Engines.drain(engine);
        assertThat(read(file)).containsOnlyKeys("till.latency", "till.publish-to-processed");
        Engines.complete(engine);
        Map<String, List<Histogram>> byTag = read(file);
        assertThat(byTag)
                .containsOnlyKeys("till.latency", "till.publish-to-processed", "close-to-callback", "callback");
        assertThat(byTag.values())
                .allSatisfy(intervals -> assertThat(intervals)
                        .singleElement()
                        .extracting(Histogram::getTotalCount)
                        .isEqualTo(32L));
    }

    @Test
    void anIntervalThatIsNone_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Engines.sales().latencyLog(directory.resolve("x"), Duration.ZERO))
                .withMessageContaining("PT0S");
    }

    @Test
    void aFileThatCannotBeOpened_isRefusedByBuild() {
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() ->
                        builder(directory.resolve("none").resolve("x.hlog")).build())
                .withMessageContaining("x.hlog");
    }

    @Test
    void aDiskThatIsFull_stopsTheLog_andNotTheEngine() {
        Path full = Path.of("/dev/full");
        assumeThat(Files.exists(full)).isTrue();
        EventTimeEngine<Sale> engine = Engines.sums(builder(full), lines);
        engine.start();
        Engines.publish(engine, Sale.at(1));
        Engines.drain(engine);
        clock.advance(Duration.ofSeconds(2));
        Engines.publish(engine, Sale.at(12));
        Engines.drain(engine);
        assertThat(engine.state()).isEqualTo(EngineState.RUNNING);
        Engines.complete(engine);
        assertThat(lines).hasSize(2);
    }
}

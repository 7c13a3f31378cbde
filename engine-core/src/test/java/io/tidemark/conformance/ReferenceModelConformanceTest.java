package io.tidemark.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The brute-force model is right where the answers of Flink and Beam are known. */
class ReferenceModelConformanceTest {

    @Test
    void recordedScenarios_areReproduced() throws IOException {
        Map<String, Integer> passed = Conformance.passedByFile("model", Conformance.recorded(), ModelRun::run);

        assertThat(passed).isEqualTo(Conformance.RECORDED);
        assertThat(Conformance.total(passed, "flink")).isEqualTo(1_800);
        assertThat(Conformance.total(passed, "beam")).isEqualTo(306);
    }

    /** Other scenarios in the same format: {@code -Dconformance.dir=DIR} runs all {@code *.jsonl} in it. */
    @Test
    @EnabledIfSystemProperty(named = "conformance.dir", matches = ".+", disabledReason = "no other scenarios given")
    void scenariosOfAnotherDirectory_areReproduced() throws IOException {
        Path directory = Path.of(System.getProperty("conformance.dir"));
        List<ScenarioFile> files = ScenarioFile.directory(directory);

        assertThat(files).as("*.jsonl in %s", directory).isNotEmpty();
        assertThat(Conformance.passedByFile("model", files, ModelRun::run)).hasSameSizeAs(files);
    }
}

package io.tidemark.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.conformance.EngineRun.Keys;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The engine, through its front door, answers as Flink and Beam did. */
class ConformanceTest {

    @ParameterizedTest
    @EnumSource(Keys.class)
    void recordedScenarios_areReproduced(Keys keys) throws IOException {
        Map<String, Integer> passed = Conformance.passedByFile(
                "engine with " + keys, Conformance.recorded(), scenario -> EngineRun.run(scenario, keys));

        assertThat(passed).isEqualTo(Conformance.RECORDED);
        assertThat(Conformance.total(passed, "")).isEqualTo(2_106);
    }

    /** Other scenarios in the same format: {@code -Dconformance.dir=DIR} runs all {@code *.jsonl} in it. */
    @ParameterizedTest
    @EnumSource(Keys.class)
    @EnabledIfSystemProperty(named = "conformance.dir", matches = ".+", disabledReason = "no other scenarios given")
    void scenariosOfAnotherDirectory_areReproduced(Keys keys) throws IOException {
        Path directory = Path.of(System.getProperty("conformance.dir"));
        List<ScenarioFile> files = ScenarioFile.directory(directory);

        assertThat(files).as("*.jsonl in %s", directory).isNotEmpty();
        Map<String, Integer> passed =
                Conformance.passedByFile("engine with " + keys, files, scenario -> EngineRun.run(scenario, keys));
        assertThat(passed).hasSameSizeAs(files);
    }
}

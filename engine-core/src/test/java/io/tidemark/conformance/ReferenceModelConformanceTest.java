package io.tidemark.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The brute-force model is right where the answers of Flink and Beam are known. */
class ReferenceModelConformanceTest {

    @Test
    void recordedScenarios_areReproduced() throws IOException {
        Map<String, Integer> passed = Conformance.passedByFile("model", Conformance.recorded(), ModelRun::run);

        assertThat(passed).isEqualTo(Conformance.RECORDED);
        assertThat(Conformance.total(passed, "")).isEqualTo(2_106);
    }
}

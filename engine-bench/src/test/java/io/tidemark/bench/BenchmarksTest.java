package io.tidemark.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Measures nothing: runs every benchmark once in this JVM, so that its own checks of the results run. */
class BenchmarksTest {

    @Test
    void every_benchmark_runs_once_and_finds_its_results_right() throws Exception {
        System.setProperty("jmh.ignoreLock", "true"); // builds beside this one are no business of ours
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include("io.tidemark.*")
                        .mode(Mode.SingleShotTime)
                        .forks(0)
                        .warmupIterations(0)
                        .measurementIterations(1)
                        .param("keys", "1000")
                        .param("patience", "200")
                        .param("sources", "16")
                        .shouldFailOnError(true)
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run();

        assertThat(results)
                .hasSize(30)
                .allSatisfy(result ->
                        assertThat(result.getPrimaryResult().getScore()).isPositive());
    }
}

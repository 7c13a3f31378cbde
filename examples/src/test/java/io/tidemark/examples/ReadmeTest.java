package io.tidemark.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The README shows code that is compiled and run here. */
class ReadmeTest {

    @Test
    void theReadmesExample_isQuickStart() throws IOException {
        Path module = Path.of("").toAbsolutePath();
        String source = Files.readString(module.resolve("src/main/java/io/tidemark/examples/QuickStart.java"));
        String example = source.substring(
                source.indexOf('\n', source.indexOf("tag::quick-start[]")) + 1,
                source.lastIndexOf('\n', source.indexOf("end::quick-start[]")));

        assertThat(Files.readString(module.resolveSibling("README.md")))
                .contains("```java\n" + example.stripIndent() + "\n```\n");
    }
}

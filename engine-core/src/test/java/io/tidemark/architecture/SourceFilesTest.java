package io.tidemark.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The hard ceiling on a source file. Most stay far below it. */
final class SourceFilesTest {

    private static final int CEILING = 500;

    /** Surefire names the module's directory; without it the tests are taken to run there. */
    private static final Path SOURCES =
            Path.of(System.getProperty("basedir", ""), "src", "main", "java").toAbsolutePath();

    @Test
    void no_source_file_is_longer_than_500_lines() throws IOException {
        Map<String, Integer> lengths = lengths();

        assertThat(lengths).as("source files under %s", SOURCES).isNotEmpty();
        assertThat(lengths)
                .allSatisfy((file, lines) -> assertThat(lines)
                        .as("lines of %s; split it along its responsibilities", file)
                        .isLessThanOrEqualTo(CEILING));
    }

    private static Map<String, Integer> lengths() throws IOException {
        Map<String, Integer> lengths = new TreeMap<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file :
                    (Iterable<Path>) files.filter(path -> path.toString().endsWith(".java"))::iterator) {
                lengths.put(
                        SOURCES.relativize(file).toString(),
                        Files.readAllLines(file).size());
            }
        }
        return lengths;
    }
}

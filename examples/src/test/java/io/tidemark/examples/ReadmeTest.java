package io.tidemark.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The README shows code that is compiled and run here, and names only what exists. */
class ReadmeTest {
    private static final Path MODULE = Path.of("").toAbsolutePath();
    private static final Path PROJECT = MODULE.getParent();
    private static final Pattern GROUP = Pattern.compile("\\| \\*\\*[^|]+\\*\\* (\\| ){7}\\|");
    private static final Pattern FEATURE =
            Pattern.compile("\\| \\[[^|\\]]+]\\((\\S+) \"(\\w+)\"\\) (?:\\| (?:yes|partly|no|\\?) ){7}\\|");

    @Test
    void itsExample_isQuickStart() throws IOException {
        String source = Files.readString(MODULE.resolve("src/main/java/io/tidemark/examples/QuickStart.java"));
        String example = source.substring(
                source.indexOf('\n', source.indexOf("tag::quick-start[]")) + 1,
                source.lastIndexOf('\n', source.indexOf("end::quick-start[]")));

        assertThat(readme()).contains("```java\n" + example.stripIndent() + "\n```\n");
    }

    @Test
    void itsLinks_leadSomewhere() throws IOException {
        assertThat(found("\\]\\(([^)#: ]+)(?: \"\\w+\")?\\)"))
                .isNotEmpty()
                .allSatisfy(link -> assertThat(PROJECT.resolve(link)).exists());
    }

    @Test
    void theTestsThatItNames_exist() throws IOException {
        List<String> tests;
        try (Stream<Path> files = Files.walk(PROJECT.resolve("engine-core/src/test"))) {
            tests = files.map(file -> file.getFileName().toString()).toList();
        }
        assertThat(found("`(\\w+Test)`"))
                .isNotEmpty()
                .allSatisfy(test -> assertThat(tests).contains(test + ".java"));
    }

    @Test
    void eachFeature_isShownByATest() throws IOException {
        List<String> features = rowsUnder("## Features, and who else has them");

        assertThat(features).hasSizeGreaterThan(30).allSatisfy(row -> {
            Matcher cells = FEATURE.matcher(row);
            assertThat(cells.matches())
                    .as("name, link \"test\", and a word for each of 7 others")
                    .isTrue();
            assertThat(Files.readString(PROJECT.resolve(cells.group(1))))
                    .containsPattern("@Test\\s+void " + cells.group(2) + "\\(\\)");
        });
        assertThat(features).doesNotHaveDuplicates();
    }

    /** The rows of a section's table that have cells besides the first: no headings, no ruler. */
    private static List<String> rowsUnder(String section) throws IOException {
        String readme = readme();
        int begin = readme.indexOf(section + "\n");
        assertThat(begin).as("section %s", section).isNotNegative();
        return readme.substring(begin, readme.indexOf("\n## ", begin))
                .lines()
                .filter(line -> line.startsWith("|"))
                .skip(2)
                .filter(line -> !GROUP.matcher(line).matches())
                .toList();
    }

    private static List<String> found(String pattern) throws IOException {
        return Pattern.compile(pattern)
                .matcher(readme())
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }

    private static String readme() throws IOException {
        return Files.readString(PROJECT.resolve("README.md"));
    }
}

package io.tidemark.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every example in the Javadoc stands in a test, word for word, and so is compiled and run. */
class JavadocExamplesTest {
    /** Surefire names the module's directory; without it the tests are taken to run there. */
    private static final Path SOURCES =
            Path.of(System.getProperty("basedir", ""), "src").toAbsolutePath();

    private static final Pattern EXAMPLE = Pattern.compile("<pre>\\{@code\\n(.*?)\\n *\\* *}</pre>", Pattern.DOTALL);

    private static List<String> tests;

    record Example(String type, int line, String code) {
        @Override
        public String toString() {
            return type + ":" + line;
        }
    }

    @BeforeAll
    static void readTests() throws IOException {
        tests = javaFiles("test")
                .map(JavadocExamplesTest::read)
                .map(JavadocExamplesTest::withoutSpace)
                .toList();
    }

    static Stream<Example> examples() throws IOException {
        return javaFiles("main").flatMap(file -> {
            String source = read(file);
            return EXAMPLE.matcher(source).results().map(found -> example(file, source, found));
        });
    }

    private static Example example(Path file, String source, MatchResult found) {
        String type = file.getFileName().toString().replace(".java", "");
        int line = (int) source.substring(0, found.start()).lines().count();
        return new Example(type, line, found.group(1).replaceAll("(?m)^ *\\* ?", ""));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void example_isRunByATest(Example example) {
        String code = withoutSpace(example.code());

        assertThat(code).isNotEmpty();
        assertThat(tests.stream().filter(test -> test.contains(code)).count())
                .as("tests that run the example of %s:%n%s", example, example.code())
                .isPositive();
    }

    private static Stream<Path> javaFiles(String tree) throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES.resolve(tree).resolve("java"))) {
            return files.filter(file -> file.toString().endsWith(".java")).sorted().toList().stream();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String withoutSpace(String text) {
        return text.replaceAll("\\s+", "");
    }
}

package io.tidemark.examples.input;

import io.tidemark.examples.input.Lines.Line;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a text into CSV records and finds its feet again after a malformed one.
 *
 * <p>A quoted field may span lines. A quote that is never closed would swallow the rest of the file; so if no well-formed record arises
 * within {@value #MOST_LINES} lines, the first line alone is rejected and reading resumes on the line after it. Blank lines are skipped.
 */
final class Records {

    static final int MOST_LINES = 64;

    private final Lines lines;
    private final CSVFormat format;

    Records(Lines lines, char delimiter) {
        this.lines = lines;
        this.format = CSVFormat.RFC4180.builder().setDelimiter(delimiter).get();
    }

    /** The next record, or null after the last. */
    @Nullable
    Row next() throws IOException {
        Line line = lines.next();
        while (line != null && line.text().isBlank()) {
            line = lines.next();
        }
        if (line == null) {
            return null;
        }
        if (line.cut()) {
            return rejected(line, "line is longer than " + Lines.LONGEST_LINE + " characters");
        }
        CSVRecord values = parse(line.text()).orElse(null);
        return values != null ? new Row(line.number(), line.text(), values, null) : severalLines(line);
    }

    private Row severalLines(Line first) throws IOException {
        List<Line> further = new ArrayList<>();
        StringBuilder text = new StringBuilder(first.text());
        boolean open = hasOpenQuote(first.text());
        if (!open) {
            return rejected(first, "quotes do not enclose a whole field");
        }
        while (open && further.size() < MOST_LINES - 1 && text.length() < Lines.LONGEST_LINE) {
            Line line = lines.next();
            if (line == null) {
                break;
            }
            further.add(line);
            text.append('\n').append(line.text());
            open ^= hasOpenQuote(line.text());
        }
        CSVRecord values = open ? null : parse(text.toString()).orElse(null);
        if (values != null) {
            return new Row(first.number(), text.toString(), values, null);
        }
        lines.giveBack(further);
        return rejected(first, "a quote is not closed");
    }

    /** The one record that the text is, or nothing if it is none or several. */
    private Optional<CSVRecord> parse(String text) {
        try (CSVParser parser = CSVParser.parse(text, format)) {
            List<CSVRecord> records = parser.getRecords();
            return records.size() == 1 ? Optional.of(records.get(0)) : Optional.empty();
        } catch (IOException | UncheckedIOException | IllegalStateException e) {
            return Optional.empty(); // malformed: the caller says so with the line's number
        }
    }

    private static boolean hasOpenQuote(String text) {
        return text.chars().filter(c -> c == '"').count() % 2 == 1;
    }

    private static Row rejected(Line line, String reason) {
        return new Row(line.number(), line.text(), null, reason);
    }

    /** Either values or a reason why there are none. */
    record Row(
            long line,
            String text,
            @Nullable CSVRecord values,
            @Nullable String reason) {}
}

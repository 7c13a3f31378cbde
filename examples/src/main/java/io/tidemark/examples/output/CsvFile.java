package io.tidemark.examples.output;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.apache.commons.csv.CSVFormat;

/** Writes a CSV file (RFC 4180, UTF-8) with a header line; lines end in a line feed on every system. */
final class CsvFile {

    private static final CSVFormat FORMAT =
            CSVFormat.RFC4180.builder().setRecordSeparator('\n').get();

    private CsvFile() {}

    /** Writes the header line and one line per row; returns the number of rows. */
    static <T> long write(Path file, String[] header, List<T> rows, Function<T, Object[]> values) throws IOException {
        try (BufferedWriter writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            FORMAT.printRecord(writer, (Object[]) header);
            for (T row : rows) {
                FORMAT.printRecord(writer, values.apply(row));
            }
        }
        return rows.size();
    }
}

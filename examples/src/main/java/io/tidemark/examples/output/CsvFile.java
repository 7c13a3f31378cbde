package io.tidemark.examples.output;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** Writes a CSV file (RFC 4180, UTF-8) with a header line; lines end in a line feed on every system. */
final class CsvFile {

    private CsvFile() {}

    /** Writes one line per row; returns the number of rows. */
    static <T> long write(Path file, String[] header, Stream<T> rows, Function<T, Object[]> values) throws IOException {
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setHeader(header)
                .setRecordSeparator('\n')
                .get();
        try (CSVPrinter printer = new CSVPrinter(Files.newBufferedWriter(file, StandardCharsets.UTF_8), format)) {
            rows.forEach(row -> print(printer, values.apply(row)));
            return printer.getRecordCount() - 1; // the header line counts as a record
        } catch (UncheckedIOException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static void print(CSVPrinter printer, Object[] values) {
        try {
            printer.printRecord(values);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

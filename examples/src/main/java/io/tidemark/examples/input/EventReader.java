package io.tidemark.examples.input;

import io.tidemark.examples.units.MinorUnits;
import io.tidemark.examples.units.TimestampFormat;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file of events whole: UTF-8 CSV with a header line (RFC 4180), plain or gzip'd.
 *
 * <p>A malformed row is set apart with its line number and stops nothing. What makes the file as a whole unreadable is an
 * {@link UnreadableFileException}: a missing column, an empty file, gzip data that break off (half a file must not pass for a whole one).
 */
public final class EventReader {

    private final EventColumns columns;
    private final TimestampFormat timestamps;
    private final MinorUnits amounts;
    private final char delimiter;

    public EventReader(EventColumns columns, TimestampFormat timestamps, MinorUnits amounts, char delimiter) {
        this.columns = columns;
        this.timestamps = timestamps;
        this.amounts = amounts;
        this.delimiter = delimiter;
    }

    /**
     * Reads all rows.
     *
     * @param meter wraps the bytes as they are on disk, to show the progress
     */
    public EventLog read(EventFile file, UnaryOperator<InputStream> meter) throws IOException {
        long line = 0;
        try (InputStream text = file.open(meter)) {
            Lines lines = new Lines(new BufferedReader(new InputStreamReader(text, StandardCharsets.UTF_8), 1 << 16));
            try {
                return read(new Records(lines, delimiter));
            } finally {
                line = lines.number();
            }
        } catch (UnreadableFileException e) {
            throw new UnreadableFileException(file.name() + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UnreadableFileException(
                    file.name() + " cannot be read beyond line " + line + ": " + e.getMessage()
                            + "; nothing was written, since half a file would give wrong totals",
                    e);
        }
    }

    private EventLog read(Records records) throws IOException {
        Records.Row first = records.next();
        if (first == null) {
            throw new UnreadableFileException(
                    "the file is empty; a header line with the column names is expected", null);
        }
        if (first.values() == null) {
            throw new UnreadableFileException("the header line is malformed: " + first.reason(), null);
        }
        Header header = new Header(first.values(), columns);
        EventLog.Builder log = new EventLog.Builder();
        long row = 0;
        for (Records.Row record = records.next(); record != null; record = records.next()) {
            row++;
            try {
                log.add(event(row, record, header));
            } catch (IllegalArgumentException e) {
                log.reject(new RejectedRow(record.line(), row, String.valueOf(e.getMessage()), record.text()));
            }
        }
        return log.build();
    }

    private EventRow event(long row, Records.Row record, Header header) {
        CSVRecord values = record.values();
        if (values == null) {
            throw new IllegalArgumentException(record.reason());
        }
        if (values.size() != header.width()) {
            throw new IllegalArgumentException(
                    "row has " + values.size() + " fields, the header has " + header.width());
        }
        return new EventRow(
                row,
                in(columns.eventTime(), () -> timestamps.parse(values.get(header.eventTime()))),
                in(columns.arrival(), () -> timestamps.parse(values.get(header.arrival()))),
                header.key() < 0 ? "" : values.get(header.key()),
                in(columns.value(), () -> amounts.parse(values.get(header.value()))));
    }

    /** Adds the column's name to what the value's parser says. */
    private static long in(String column, LongParser parser) {
        try {
            return parser.parse();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(column + ": " + e.getMessage(), e);
        }
    }

    private interface LongParser {
        long parse();
    }

    /** Where in a row the columns stand. */
    private record Header(int width, int eventTime, int arrival, int key, int value) {

        Header(CSVRecord names, EventColumns columns) throws UnreadableFileException {
            this(
                    names.size(),
                    index(names, columns.eventTime()),
                    index(names, columns.arrival()),
                    columns.key() == null ? -1 : index(names, columns.key()),
                    index(names, columns.value()));
        }

        private static int index(CSVRecord names, @Nullable String wanted) throws UnreadableFileException {
            int found = -1;
            for (int i = 0; i < names.size(); i++) {
                if (names.get(i).strip().equals(wanted)) {
                    if (found >= 0) {
                        throw new UnreadableFileException("the header names the column '" + wanted + "' twice", null);
                    }
                    found = i;
                }
            }
            if (found < 0) {
                throw new UnreadableFileException(
                        "no column '" + wanted + "' in the header; it has: " + String.join(", ", names.toList()), null);
            }
            return found;
        }
    }
}

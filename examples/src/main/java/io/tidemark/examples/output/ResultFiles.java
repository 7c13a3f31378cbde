package io.tidemark.examples.output;

import io.tidemark.examples.input.EventLog;
import io.tidemark.examples.input.EventRow;
import io.tidemark.examples.input.RejectedRow;
import io.tidemark.examples.replay.LateRow;
import io.tidemark.examples.replay.QuarantinedRow;
import io.tidemark.examples.replay.ReplayResult;
import io.tidemark.examples.replay.WindowRow;
import io.tidemark.examples.units.MinorUnits;
import io.tidemark.examples.units.TimestampFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The CSV files of a run. Times are wall time of the run's zone with their offset, durations are milliseconds, amounts are exact decimals of
 * the currency. Files of an earlier run in the same folder are replaced.
 */
public final class ResultFiles {

    private final Path folder;
    private final TimestampFormat times;
    private final MinorUnits amounts;

    public ResultFiles(Path folder, TimestampFormat times, MinorUnits amounts) {
        this.folder = folder;
        this.times = times;
        this.amounts = amounts;
    }

    /** Writes all of them; returns how many rows each has, by file name. */
    public Map<String, Long> write(EventLog log, ReplayResult result) throws IOException {
        Files.createDirectories(folder);
        Map<String, Long> rows = new LinkedHashMap<>();
        rows.put("latency.csv", latency(log.events()));
        rows.put("windows.csv", windows(result.windows()));
        rows.put("late.csv", late(result.late()));
        rows.put("rejected.csv", rejected(log.rejected(), result.quarantined()));
        return rows;
    }

    private long latency(List<EventRow> events) throws IOException {
        String[] header = {"row", "event_time", "arrival", "latency_ms"};
        return write(
                "latency.csv", header, events, event -> new Object[] {
                    event.row(), times.text(event.eventTime()), times.text(event.arrival()), event.latency()
                });
    }

    private long windows(List<WindowRow> windows) throws IOException {
        String[] header = {
            "start",
            "end",
            "key",
            "timing",
            "pane",
            "count",
            "sum",
            "latency_p50_ms",
            "latency_p99_ms",
            "latency_max_ms"
        };
        return write("windows.csv", header, windows, window -> new Object[] {
            times.text(window.start()),
            times.text(window.end()),
            window.key(),
            window.timing(),
            window.pane(),
            window.count(),
            window.sum() == null ? "overflow" : amounts.plain(window.sum()),
            window.p50(),
            window.p99(),
            window.max()
        });
    }

    private long late(List<LateRow> late) throws IOException {
        String[] header = {
            "row",
            "event_time",
            "arrival",
            "key",
            "value",
            "reason",
            "missed_start",
            "missed_end",
            "watermark",
            "lateness_ms"
        };
        return write("late.csv", header, late, row -> new Object[] {
            row.event().row(),
            times.text(row.event().eventTime()),
            times.text(row.event().arrival()),
            row.event().key(),
            amounts.plain(row.event().amount()),
            row.reason(),
            row.missed() == null ? "" : times.text(row.missed().start()),
            row.missed() == null ? "" : times.text(row.missed().end()),
            times.text(row.watermark()),
            row.lateness()
        });
    }

    /** The malformed rows as they stand in the file, then the events that the engine would not take. */
    private long rejected(List<RejectedRow> malformed, List<QuarantinedRow> quarantined) throws IOException {
        String[] header = {"row", "line", "reason", "text"};
        List<Object[]> rows = new ArrayList<>();
        malformed.forEach(row -> rows.add(new Object[] {row.row(), row.line(), row.reason(), row.text()}));
        quarantined.forEach(row -> rows.add(new Object[] {row.event().row(), "", row.reason(), ""}));
        return write("rejected.csv", header, rows, Function.identity());
    }

    private <T> long write(String name, String[] header, List<T> rows, Function<T, Object[]> values)
            throws IOException {
        return CsvFile.write(folder.resolve(name), header, rows, values);
    }
}

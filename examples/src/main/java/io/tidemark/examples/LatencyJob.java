package io.tidemark.examples;

import io.tidemark.examples.input.EventColumns;
import io.tidemark.examples.input.EventFile;
import io.tidemark.examples.input.EventLog;
import io.tidemark.examples.input.EventReader;
import io.tidemark.examples.output.Accounting;
import io.tidemark.examples.output.ConsoleSummary;
import io.tidemark.examples.output.ProgressMeter;
import io.tidemark.examples.output.ResultFiles;
import io.tidemark.examples.replay.Replay;
import io.tidemark.examples.replay.ReplayResult;
import io.tidemark.examples.replay.ReplaySettings;
import io.tidemark.examples.replay.Run;
import io.tidemark.examples.report.ReportPage;
import io.tidemark.examples.units.Durations;
import io.tidemark.examples.units.MinorUnits;
import io.tidemark.examples.units.TimestampFormat;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Currency;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Reads a file of events, assigns them to event-time windows, and reports the latency of each event, the windows, the late events and the
 * accounting. Without options it runs the bundled taxi trips.
 */
@Command(
        name = "latency-job",
        mixinStandardHelpOptions = true,
        version = "latency-job of the Tidemark examples",
        sortOptions = false,
        usageHelpWidth = 110,
        description = {
            "Replays a CSV file of events in order of arrival, assigns them to event-time windows and writes, for each event its"
                    + " latency (arrival - event time), for each window count, exact sum and latency percentiles, the late"
                    + " events with the reason, the malformed rows, and an HTML report.",
            "Without options: the green-taxi trips of New York City, January 2024, which come with it; event time is the pickup,"
                    + " arrival the drop-off.%n"
        },
        footer = {
            "%nDurations: 60s, 500ms, 5m, 1h, 2d, a bare number of seconds, or PT1M.",
            "Local times: a time that the zone's clock skipped is moved later by the length of the gap; one that occurred twice is"
                    + " taken as the earlier (summer time).",
            "The file is held in memory. rejected.csv repeats malformed lines, late.csv keys and values: as confidential as the file."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done; malformed rows and late events are counted, they are no failure",
            "1:the file cannot be read, no row of it can be read, or a result cannot be written",
            "2:the options are wrong"
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class LatencyJob implements Callable<Integer> {

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description = "CSV or gzip'd CSV with a header line. Default: the bundled file.")
    private @Nullable Path file;

    @Option(
            names = "--event-time",
            paramLabel = "COLUMN",
            defaultValue = "lpep_pickup_datetime",
            description = "When it happened. Default: ${DEFAULT-VALUE}.")
    private String eventTime;

    @Option(
            names = "--arrival",
            paramLabel = "COLUMN",
            defaultValue = "lpep_dropoff_datetime",
            description = "When it was received. Default: ${DEFAULT-VALUE}.")
    private String arrival;

    @Option(names = "--key", paramLabel = "COLUMN", description = "Windows per value of this column. Default: no key.")
    private @Nullable String key;

    @Option(
            names = "--value",
            paramLabel = "COLUMN",
            defaultValue = "total_amount",
            description = "The amount. Default: ${DEFAULT-VALUE}.")
    private String value;

    @Option(
            names = "--currency",
            paramLabel = "CODE",
            defaultValue = "USD",
            description = "ISO 4217 code: how many decimals an amount may have. Default: ${DEFAULT-VALUE}.")
    private Currency currency;

    @Option(
            names = "--delimiter",
            paramLabel = "CHAR",
            defaultValue = ",",
            description = "Between fields. Default: a comma.")
    private char delimiter;

    @Option(
            names = "--pattern",
            paramLabel = "PATTERN",
            defaultValue = "yyyy-MM-dd HH:mm:ss",
            description =
                    "Of both times: a java.time pattern, iso, epoch-millis or epoch-seconds. Default: ${DEFAULT-VALUE}.")
    private String pattern;

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            defaultValue = "America/New_York",
            description = "Of times without offset, and of the output. Default: ${DEFAULT-VALUE}.")
    private String zone;

    @Option(
            names = "--window",
            paramLabel = "DURATION",
            defaultValue = "60s",
            description = "Length of a window. Default: ${DEFAULT-VALUE}.")
    private Duration window;

    @Option(
            names = "--slide",
            paramLabel = "DURATION",
            description = "From one window's start to the next. Default: the window's length (tumbling).")
    private @Nullable Duration slide;

    @Option(
            names = "--delay",
            paramLabel = "DURATION",
            defaultValue = "3600s",
            description = "How far the watermark stays behind the newest event time. Default: ${DEFAULT-VALUE}.")
    private Duration delay;

    @Option(
            names = "--lateness",
            paramLabel = "DURATION",
            defaultValue = "0s",
            description = "How long after its end a window takes corrections. Default: ${DEFAULT-VALUE}.")
    private Duration lateness;

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            defaultValue = "target/latency-job",
            description = "Where the results go; files of an earlier run are replaced. Default: ${DEFAULT-VALUE}.")
    private Path out;

    @Option(names = "--quiet", description = "No progress bar and no summary.")
    private boolean quiet;

    @Spec
    private CommandSpec spec;

    /** Runs the job and ends the process with its exit code. */
    public static void main(String[] arguments) {
        int code = commandLine().execute(arguments);
        if (code != 0) {
            System.exit(code);
        }
    }

    /** The job with its options, for {@link #main} and the tests. */
    static CommandLine commandLine() {
        return new CommandLine(new LatencyJob())
                .registerConverter(Duration.class, LatencyJob::duration)
                .registerConverter(Currency.class, LatencyJob::currency)
                .setParameterExceptionHandler((failure, arguments) -> {
                    failure.getCommandLine()
                            .getErr()
                            .println("latency-job: " + failure.getMessage() + " (--help lists the options)");
                    return CommandLine.ExitCode.USAGE;
                })
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    if (failure instanceof IOException unusable) {
                        command.getErr().println("latency-job: " + message(unusable));
                        return CommandLine.ExitCode.SOFTWARE;
                    }
                    throw failure;
                });
    }

    private static Duration duration(String text) {
        try {
            return Durations.parse(text);
        } catch (IllegalArgumentException e) {
            throw new CommandLine.TypeConversionException(e.getMessage());
        }
    }

    private static Currency currency(String code) {
        try {
            return Currency.getInstance(code);
        } catch (IllegalArgumentException e) {
            throw new CommandLine.TypeConversionException("'" + code + "' is no ISO 4217 code such as USD");
        }
    }

    /** A FileSystemException's own message is often the path alone. */
    private static String message(IOException failure) {
        return failure instanceof FileSystemException
                ? failure.getClass().getSimpleName() + ": " + failure.getMessage()
                : String.valueOf(failure.getMessage());
    }

    @Override
    public Integer call() throws IOException {
        TimestampFormat times = checked("--pattern or --zone", () -> TimestampFormat.of(pattern, ZoneId.of(zone)));
        MinorUnits amounts = checked("--currency", () -> MinorUnits.of(currency));
        EventColumns columns = new EventColumns(eventTime, arrival, key, value);
        ReplaySettings settings =
                new ReplaySettings(window, slide == null ? window : slide, delay, lateness, key != null);
        try (Replay replay = checked("--window, --slide, --delay or --lateness", () -> new Replay(settings))) {
            EventFile input = file == null ? EventFile.bundled() : EventFile.of(file);
            ProgressMeter meter = new ProgressMeter(input.name(), input.size(), quiet);
            EventLog log = new EventReader(columns, times, amounts, delimiter).read(input, meter::wrap);
            return report(new Run(input.name(), columns, settings, times, amounts, log, replay.run(log)));
        }
    }

    private int report(Run run) throws IOException {
        Map<String, Long> files = new ResultFiles(out, run.times(), run.amounts()).write(run.log(), run.result());
        new ReportPage(run).write(out.resolve("report.html"));
        if (!quiet) {
            new ConsoleSummary(run, spec.commandLine().getOut()).print(out, files);
        }
        return exitCode(run.log(), run.result());
    }

    private int exitCode(EventLog log, ReplayResult result) {
        PrintWriter errors = spec.commandLine().getErr();
        if (log.events().isEmpty() && !log.rejected().isEmpty()) {
            errors.println("latency-job: no row could be read; the first, on line "
                    + log.rejected().get(0).line() + ": "
                    + log.rejected().get(0).reason());
            return CommandLine.ExitCode.SOFTWARE;
        }
        if (!Accounting.of(result).stream().allMatch(Accounting::balanced)) {
            errors.println("latency-job: the accounting does not balance; this is a fault of the engine");
            return CommandLine.ExitCode.SOFTWARE;
        }
        return CommandLine.ExitCode.OK;
    }

    /** Turns what a value's class says against it into a message about the option. */
    private <T> T checked(String option, Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new ParameterException(spec.commandLine(), option + ": " + e.getMessage(), e);
        }
    }
}

package io.tidemark.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the job makes of files and options that are not as they should be. */
class LatencyJobInputTest {

    private static final String HEADER = "id,happened,received,shop,amount";

    @TempDir
    Path folder;

    private JobRun run(Path file, String... further) {
        List<String> arguments = new ArrayList<>(List.of(
                "--file",
                file.toString(),
                "--event-time",
                "happened",
                "--arrival",
                "received",
                "--value",
                "amount",
                "--zone",
                "UTC",
                "--out",
                folder.resolve("out").toString()));
        arguments.addAll(List.of(further));
        return JobRun.of(arguments.toArray(String[]::new));
    }

    private Path file(String... lines) throws IOException {
        return Files.writeString(folder.resolve("events.csv"), String.join("\n", lines) + "\n");
    }

    private static String row(int id, String time, String shop, String amount) {
        return id + ",2024-03-01 " + time + ",2024-03-01 " + time + "," + shop + "," + amount;
    }

    private List<String> lines(String name) throws IOException {
        return Files.readAllLines(folder.resolve("out").resolve(name));
    }

    @Test
    void malformedRows_areCountedShownAndWritten_andStopNothing() throws IOException {
        JobRun run = run(file(
                HEADER,
                row(1, "10:00:00", "a", "1.00"),
                "2,2024-02-30 10:00:01,2024-03-01 10:00:01,a,1.00",
                "3,yesterday,2024-03-01 10:00:01,a,1.00",
                row(4, "10:00:02", "a", "1.005"),
                row(5, "10:00:03", "a", "1,00"),
                "6,2024-03-01 10:00:04",
                row(7, "10:00:05", "a", ""),
                row(8, "10:00:06", "a", "92233720368547758.08"),
                row(9, "10:00:07", "a", "2.50")));

        assertThat(run.exitCode()).isZero();
        assertThat(lines("windows.csv")).hasSize(2).last().asString().contains(",2,3.50,");
        assertThat(lines("rejected.csv"))
                .hasSize(8)
                .contains(
                        "3,4,happened: time does not read as yyyy-MM-dd HH:mm:ss,\"3,yesterday,2024-03-01 10:00:01,a,1.00\"")
                .anyMatch(line -> line.startsWith("2,3,happened: time does not read"))
                .anyMatch(line -> line.startsWith("4,5,amount: amount has more than the 2 decimals of USD,"))
                .anyMatch(line -> line.startsWith("5,6,\"row has 6 fields, the header has 5\","))
                .anyMatch(line -> line.startsWith("6,7,\"row has 2 fields, the header has 5\","))
                .anyMatch(line -> line.startsWith("7,8,amount: amount is empty,"))
                .anyMatch(line -> line.startsWith("8,9,amount: amount is out of range,"));
        assertThat(run.output())
                .containsPattern("of them malformed +7")
                .contains("line 3: happened: time does not read as yyyy-MM-dd HH:mm:ss")
                .contains("and 2 more malformed rows");
    }

    @Test
    void anUnterminatedQuote_costsItsOwnLineOnly() throws IOException {
        List<String> lines = new ArrayList<>(List.of(HEADER, row(1, "10:00:00", "\"never closed", "1.00")));
        for (int i = 0; i < 100; i++) {
            lines.add(row(i + 2, "10:00:01", "a", "1.00"));
        }
        JobRun run = run(file(lines.toArray(String[]::new)));

        assertThat(run.exitCode()).isZero();
        assertThat(lines("latency.csv")).hasSize(101);
        assertThat(lines("rejected.csv")).hasSize(2).last().asString().startsWith("1,2,a quote is not closed,");
    }

    @Test
    void aQuotedFieldMaySpanLinesAndHoldDelimiters() throws IOException {
        JobRun run = run(
                file(
                        HEADER,
                        row(1, "10:00:00", "\"two\nlines, \"\"one\"\" field\"", "1.00"),
                        row(2, "10:00:01", "b", "2.00")),
                "--key",
                "shop");

        assertThat(run.exitCode()).isZero();
        assertThat(run.output()).containsPattern("rows read +2 +3\\.00").containsPattern("windows +2");
    }

    @Test
    void keysHaveWindowsOfTheirOwn() throws IOException {
        JobRun run = run(
                file(
                        HEADER,
                        row(1, "10:00:00", "a", "1.00"),
                        row(2, "10:00:01", "b", "2.00"),
                        row(3, "10:00:02", "a", "-4.00")),
                "--key",
                "shop");

        assertThat(run.exitCode()).isZero();
        assertThat(lines("windows.csv"))
                .hasSize(3)
                .contains("2024-03-01T10:00:00Z,2024-03-01T10:01:00Z,a,ON_TIME,0,2,-3.00,0,0,0")
                .contains("2024-03-01T10:00:00Z,2024-03-01T10:01:00Z,b,ON_TIME,0,1,2.00,0,0,0");
    }

    @Test
    void slidingWindowsHoldAnEventMoreThanOnce() throws IOException {
        JobRun run = run(file(HEADER, row(1, "10:00:10", "a", "1.00")), "--window", "60s", "--slide", "20s");

        assertThat(run.exitCode()).isZero();
        assertThat(lines("windows.csv")).hasSize(4);
    }

    @Test
    void aLateEventWithinTheAllowedLatenessCorrectsItsWindow() throws IOException {
        Path file = file(
                HEADER,
                "1,2024-03-01 10:00:00,2024-03-01 10:00:00,a,1.00",
                "2,2024-03-01 10:05:00,2024-03-01 10:05:00,a,2.00",
                "3,2024-03-01 10:00:30,2024-03-01 10:05:01,a,4.00");
        JobRun run = run(file, "--delay", "0", "--lateness", "10m");

        assertThat(run.exitCode()).isZero();
        assertThat(lines("windows.csv"))
                .hasSize(4)
                .contains("2024-03-01T10:00:00Z,2024-03-01T10:01:00Z,,LATE,1,2,5.00,0,271000,271000");
        assertThat(run.output()).containsPattern("\nwindows +2\n").containsPattern("results of windows +3");
        assertThat(lines("late.csv")).hasSize(1);
    }

    @Test
    void anEventTooFarAheadOfItsArrivalIsSetApart() throws IOException {
        JobRun run = run(file(
                HEADER,
                row(1, "10:00:00", "a", "1.00"),
                "2,2034-03-01 10:00:00,2024-03-01 10:00:01,a,2.00",
                row(3, "10:00:02", "a", "4.00")));

        assertThat(run.exitCode()).isZero();
        assertThat(run.output()).contains("accepted 3 = handed on 2 + invalid 0 + future 1 + failed 0 + in flight 0");
        assertThat(lines("rejected.csv")).last().isEqualTo("2,,FUTURE,");
    }

    @Test
    void aHeaderWithoutRowsIsAnEmptyRun() throws IOException {
        JobRun run = run(file(HEADER));

        assertThat(run.exitCode()).isZero();
        assertThat(run.output()).containsPattern("rows read +0");
        assertThat(Files.readString(folder.resolve("out/report.html")))
                .contains("Late events: none")
                .doesNotContain("NaN");
    }

    @Test
    void aFileOfWhichNoRowCanBeRead_fails() throws IOException {
        JobRun run = run(file(HEADER, "1,x,x,x,x"));

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errors())
                .contains("no row could be read; the first, on line 2: happened: time does not read as");
    }

    @Test
    void anEmptyFile_fails() throws IOException {
        JobRun run = run(Files.createFile(folder.resolve("empty.csv")));

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errors()).contains("empty.csv: the file is empty; a header line");
    }

    @Test
    void aMissingFile_fails() {
        JobRun run = run(folder.resolve("nowhere.csv"));

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errors()).contains("nowhere.csv does not exist");
    }

    @Test
    void aMissingColumn_failsAndNamesTheOnesThatAreThere() throws IOException {
        JobRun run = run(file("id,happened,amount", "1,2,3"));

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errors()).contains("no column 'received' in the header; it has: id, happened, amount");
    }

    @Test
    void gzipDataThatBreakOff_failAndNothingIsWritten() throws IOException {
        byte[] whole = gzip(HEADER + "\n" + (row(1, "10:00:00", "a", "1.00") + "\n").repeat(50));
        Path file = Files.write(folder.resolve("half.csv.gz"), Arrays.copyOf(whole, whole.length - 12));
        JobRun run = run(file);

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errors())
                .contains("half.csv.gz cannot be read beyond line")
                .contains("nothing was written");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void aGzipNameOnPlainText_fails() throws IOException {
        JobRun run = run(Files.writeString(folder.resolve("plain.csv.gz"), HEADER));

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errors()).contains("plain.csv.gz").contains("holds no gzip data");
    }

    @Test
    void gzipDataAreKnownByTheirContent() throws IOException {
        Path file = Files.write(folder.resolve("events.data"), gzip(HEADER + "\n" + row(1, "10:00:00", "a", "1.00")));

        assertThat(run(file).output()).containsPattern("rows read +1 +1\\.00");
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    @Test
    void anOutputFolderThatIsAFile_fails() throws IOException {
        Path file = file(HEADER, row(1, "10:00:00", "a", "1.00"));
        Files.createFile(folder.resolve("out"));

        assertThat(run(file).exitCode()).isEqualTo(1);
        assertThat(run(file).errors()).contains("FileAlreadyExistsException").contains("out");
    }

    @Test
    void wrongOptionsAreNamed() {
        assertThat(JobRun.of("--window", "often").errors()).contains("--window").contains("'often' is no duration");
        assertThat(JobRun.of("--window", "0s").errors()).contains("--window");
        assertThat(JobRun.of("--zone", "Mars/Olympus").errors())
                .contains("--zone")
                .contains("Mars/Olympus");
        assertThat(JobRun.of("--currency", "dollars").errors()).contains("--currency");
        assertThat(JobRun.of("--pattern", "nonsense").errors()).contains("--pattern");
        assertThat(JobRun.of("--no-such-option").exitCode()).isEqualTo(2);
        assertThat(JobRun.of("--window", "0s").exitCode()).isEqualTo(2);
    }

    @Test
    void helpSaysHowLocalTimesAreResolvedAndWhatTheExitCodesMean() {
        JobRun run = JobRun.of("--help");

        assertThat(run.exitCode()).isZero();
        assertThat(run.output())
                .contains("clock skipped", "taken as the earlier", "Exit codes", "America/New_York", "3600s");
    }

    @Test
    void quietPrintsNothing() throws IOException {
        JobRun run = run(file(HEADER, row(1, "10:00:00", "a", "1.00")), "--quiet");

        assertThat(run.output() + run.errors()).isEmpty();
        assertThat(lines("windows.csv")).hasSize(2);
    }

    @Test
    void theNameOfTheFileIsHarmlessInTheReport() throws IOException {
        Path file = Files.writeString(
                folder.resolve("<b>&${figures}.csv"), HEADER + "\n" + row(1, "10:00:00", "a", "1.00"));

        assertThat(run(file).exitCode()).isZero();
        assertThat(Files.readString(folder.resolve("out/report.html")))
                .contains("&lt;b&gt;&amp;${figures}.csv")
                .doesNotContain("<b>&");
    }
}

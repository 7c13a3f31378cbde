package io.tidemark.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Recomputes the default run from the bundled file by itself: an own parser, BigDecimal, plain window arithmetic in seconds; nothing of
 * the engine and nothing of the job is used.
 */
class LatencyJobTest {

    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final int WINDOW = 60;
    private static final int DELAY = 3_600;

    @TempDir
    static Path out;

    private static JobRun run;
    private static List<Trip> trips;
    private static final Map<Long, List<Trip>> windows = new HashMap<>();
    private static final List<Trip> late = new ArrayList<>();

    record Trip(int row, long pickup, long dropoff, BigDecimal total) {}

    @BeforeAll
    static void runTheJobAndRecomputeIt() throws IOException {
        run = JobRun.of("--out", out.toString());
        trips = trips();
        long newest = Long.MIN_VALUE;
        for (Trip trip : trips) {
            long start = Math.floorDiv(trip.pickup(), WINDOW) * WINDOW;
            boolean closed = newest != Long.MIN_VALUE && start + WINDOW <= newest - DELAY;
            if (closed) {
                late.add(trip);
            } else {
                windows.computeIfAbsent(start, unused -> new ArrayList<>()).add(trip);
            }
            newest = Math.max(newest, trip.pickup());
        }
    }

    private static List<Trip> trips() throws IOException {
        List<Trip> trips = new ArrayList<>();
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Objects.requireNonNull(
                        LatencyJobTest.class.getResourceAsStream("data/green_tripdata_2024-01.csv.gz"))),
                StandardCharsets.UTF_8))) {
            List<String> names = List.of(reader.readLine().split(","));
            int pickup = names.indexOf("lpep_pickup_datetime");
            int dropoff = names.indexOf("lpep_dropoff_datetime");
            int total = names.indexOf("total_amount");
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                String[] values = line.split(",", -1);
                trips.add(new Trip(
                        trips.size() + 1,
                        seconds(values[pickup]),
                        seconds(values[dropoff]),
                        new BigDecimal(values[total])));
            }
        }
        trips.sort(Comparator.comparingLong(Trip::dropoff).thenComparingInt(Trip::row));
        return trips;
    }

    /** No trip of this file begins or ends in an hour that the clock skipped or repeated: it is January. */
    private static long seconds(String local) {
        return LocalDateTime.parse(local.replace(' ', 'T')).atZone(NEW_YORK).toEpochSecond();
    }

    private static BigDecimal sum(List<Trip> trips) {
        return trips.stream().map(Trip::total).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static long epochSeconds(String text) {
        return OffsetDateTime.parse(text).toEpochSecond();
    }

    private static List<String[]> csv(String name) throws IOException {
        try (Stream<String> lines = Files.lines(out.resolve(name))) {
            return lines.skip(1).map(line -> line.split(",", -1)).toList();
        }
    }

    @Test
    void theFileIsTheOneThatTheFiguresAreAbout() {
        assertThat(trips).hasSize(56_551);
        assertThat(sum(trips)).isEqualByComparingTo("1266922.59");
        assertThat(trips.stream().filter(trip -> trip.total().signum() < 0)).hasSize(185);
        assertThat(windows).hasSize(27_041);
        assertThat(late).hasSize(450);
        assertThat(sum(late)).isEqualByComparingTo("28880.88");
    }

    @Test
    void theJobSucceedsAndSaysNothingOnTheErrorStream() {
        assertThat(run.exitCode()).isZero();
        assertThat(run.errors()).isEmpty();
    }

    @Test
    void windowsHoldCountAndCentsAndLatencyOfTheirEvents() throws IOException {
        List<String[]> rows = csv("windows.csv");
        assertThat(rows).hasSize(27_041);
        Set<Long> missing = new HashSet<>(windows.keySet());
        for (String[] row : rows) {
            long start = epochSeconds(row[0]);
            List<Trip> expected = windows.get(start);
            assertThat(missing.remove(start)).as("first row of %s", row[0]).isTrue();
            assertThat(epochSeconds(row[1])).isEqualTo(start + WINDOW);
            assertThat(List.of(row[2], row[3], row[4])).containsExactly("", "ON_TIME", "0");
            assertThat(row[5]).as("count of %s", row[0]).isEqualTo(String.valueOf(expected.size()));
            assertThat(new BigDecimal(row[6]))
                    .as("sum of %s", row[0])
                    .isEqualTo(sum(expected).setScale(2));
            long max = expected.stream()
                    .mapToLong(trip -> trip.dropoff() - trip.pickup())
                    .max()
                    .orElseThrow();
            assertThat(row[9]).as("largest latency of %s", row[0]).isEqualTo(String.valueOf(max * 1_000));
        }
        assertThat(missing).as("windows that the job did not report").isEmpty();
    }

    @Test
    void percentilesOfTheWindowsAreWithinTheirPrecision() throws IOException {
        for (String[] row : csv("windows.csv")) {
            List<Long> sorted = windows.get(epochSeconds(row[0])).stream()
                    .map(trip -> (trip.dropoff() - trip.pickup()) * 1_000)
                    .sorted()
                    .toList();
            assertPercentile(row[7], sorted, 0.50);
            assertPercentile(row[8], sorted, 0.99);
        }
    }

    /** Three significant digits. */
    private static void assertPercentile(String text, List<Long> sorted, double fraction) {
        long exact = sorted.get(Math.max(0, (int) Math.ceil(fraction * sorted.size()) - 1));
        assertThat(Math.abs(Long.parseLong(text) - exact))
                .as("%s of %s", fraction, sorted)
                .isLessThanOrEqualTo(exact / 1_000 + 1);
    }

    @Test
    void latencyFileHoldsEveryEventInOrderOfArrival() throws IOException {
        List<String[]> rows = csv("latency.csv");
        assertThat(rows).hasSameSizeAs(trips);
        for (int i = 0; i < rows.size(); i++) {
            Trip trip = trips.get(i);
            assertThat(rows.get(i)[0]).isEqualTo(String.valueOf(trip.row()));
            assertThat(epochSeconds(rows.get(i)[1])).isEqualTo(trip.pickup());
            assertThat(epochSeconds(rows.get(i)[2])).isEqualTo(trip.dropoff());
            assertThat(rows.get(i)[3]).isEqualTo(String.valueOf((trip.dropoff() - trip.pickup()) * 1_000));
        }
    }

    @Test
    void lateFileHoldsTheLateEventsWithTheirAudit() throws IOException {
        List<String[]> rows = csv("late.csv");
        assertThat(rows).hasSameSizeAs(late);
        for (int i = 0; i < rows.size(); i++) {
            Trip trip = late.get(i);
            String[] row = rows.get(i);
            long start = Math.floorDiv(trip.pickup(), WINDOW) * WINDOW;
            long watermark = epochSeconds(row[8]);
            assertThat(row[0]).isEqualTo(String.valueOf(trip.row()));
            assertThat(epochSeconds(row[1])).isEqualTo(trip.pickup());
            assertThat(new BigDecimal(row[4])).isEqualByComparingTo(trip.total());
            assertThat(row[5]).isEqualTo("LATE");
            assertThat(epochSeconds(row[6])).isEqualTo(start);
            assertThat(epochSeconds(row[7])).isEqualTo(start + WINDOW).isLessThanOrEqualTo(watermark);
            assertThat(row[9]).isEqualTo(String.valueOf((watermark - trip.pickup()) * 1_000));
        }
    }

    @Test
    void consoleShowsTotalsAndTheAccounting() {
        assertThat(run.output())
                .containsPattern("rows read +56,551 +1,266,922\\.59")
                .containsPattern("of them negative +185")
                .containsPattern("of them malformed +0")
                .containsPattern("windows +27,041")
                .containsPattern("late events +450 +28,880\\.88")
                .contains(
                        "accepted 56,551 = handed on 56,551 + invalid 0 + future 0 + failed 0 + in flight 0   (balanced)")
                .contains("handed on 56,551 = aggregated 56,101 + late 450 + unassigned 0 + failed 0   (balanced)")
                .contains("p50 11 min 24 s")
                .contains("max 23 h 58 min")
                .containsPattern("windows\\.csv +27,041 rows");
    }

    @Test
    void reportNeedsNothingButItself() throws IOException {
        String page = Files.readString(out.resolve("report.html"));
        assertThat(page)
                .contains("56,551", "1,266,922.59", "27,041", "28,880.88", "<svg")
                .doesNotContain("${", "http:", "https:", "src=", "<script", "<link", "@import", "url(");
        assertThat(page.split("<svg", -1)).hasSize(7);
    }
}

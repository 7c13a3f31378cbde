package io.tidemark.metrics;

import io.tidemark.time.EpochClock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/**
 * Writes latency distributions over time to a file in HdrHistogram's log format 1.3 ({@code .hlog}), which
 * HdrHistogram's own tools read: one line for each stage and interval, tagged with the stage.
 *
 * <p>Tags: the format allows no comma, space or line break in a tag. Each of those, and each character that is not
 * printable ASCII, becomes {@code _}. Recorders of the same stage (one per shard) share a line; two stages that would
 * get the same tag are refused.
 *
 * <p>Content: the sampled durations only, in nanoseconds (the maximum in front of each line in milliseconds), from the
 * moment their recorder was added. Times are seconds since the log was opened, on the given clock; if that clock is set
 * back, an interval has length zero rather than a negative one, and times before 1970 are written as 1970. Negative
 * durations and exact counts are in {@link LatencySummary}.
 *
 * <p>Threads: safe from any thread, by one monitor; writers of latencies are never held up. Cost of {@link #write}: a
 * swap, two passes over a histogram and a compression per stage: about a millisecond, so once a second at most.
 *
 * <p>The file is the only resource; an I/O failure is an {@link UncheckedIOException} that names the file. Intervals
 * that could not be written are not written again.
 */
public final class LatencyLog implements AutoCloseable {

    private final Path file;
    private final EpochClock clock;
    private final OutputStream out;
    private final Map<String, Line> lines = new LinkedHashMap<>();
    private final IdentityHashMap<LatencyRecorder, SampledDistribution.Interval> intervals = new IdentityHashMap<>();

    /** HdrHistogram's writer swallows I/O errors: it writes into memory, and whole lines go from there to the file. */
    private final ByteArrayOutputStream buffer = new ByteArrayOutputStream();

    private final HistogramLogWriter format = new HistogramLogWriter(buffer);
    private long intervalStart;
    private boolean closed;

    /**
     * Opens the log. An existing file is replaced; the head goes into it with the first interval.
     *
     * @throws UncheckedIOException if the file cannot be opened
     */
    public LatencyLog(Path file, EpochClock clock) {
        this.file = file;
        this.clock = clock;
        intervalStart = millis(clock);
        try {
            out = Files.newOutputStream(file);
        } catch (IOException e) {
            throw failure("opened", e);
        }
        format.outputComment("[Latencies in nanoseconds]");
        format.outputLogFormatVersion();
        format.outputStartTime(intervalStart);
        format.outputBaseTime(intervalStart);
        format.setBaseTime(intervalStart);
        format.outputLegend();
    }

    /**
     * Adds a recorder: its durations from now on.
     *
     * @throws IllegalArgumentException if it has been added before, or if another stage has the same tag
     * @throws IllegalStateException if the log is closed
     */
    public synchronized void add(LatencyRecorder recorder) {
        requireOpen();
        if (intervals.containsKey(recorder)) {
            throw new IllegalArgumentException(
                    "the recorder of stage '" + recorder.stage() + "' is in this log already");
        }
        String tag = tag(recorder.stage());
        Line line = lines.computeIfAbsent(tag, name -> new Line(name, recorder.stage()));
        if (!line.stage.equals(recorder.stage())) {
            throw new IllegalArgumentException(
                    "stages '" + line.stage + "' and '" + recorder.stage() + "' both have the tag '" + tag
                            + "'; rename one so that they differ in letters, digits or punctuation other than a comma");
        }
        SampledDistribution.Interval interval = recorder.openInterval();
        intervals.put(recorder, interval);
        line.intervals.add(interval);
        format.outputComment("[Stage " + tag + ": one in " + recorder.sampleEvery() + " durations]");
    }

    /**
     * Ends the interval: one line for each stage that has values in it.
     *
     * @throws UncheckedIOException if the file cannot be written
     * @throws IllegalStateException if the log is closed
     */
    public synchronized void write() {
        requireOpen();
        long intervalEnd = Math.max(intervalStart, millis(clock));
        for (Line line : lines.values()) {
            line.writeTo(format, intervalStart, intervalEnd);
        }
        intervalStart = intervalEnd;
        flush();
    }

    /**
     * Writes the last interval, lets go of the recorders and closes the file. A second call does nothing.
     *
     * @throws UncheckedIOException if the file cannot be written; the log is closed all the same
     */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        try (out) {
            write();
        } catch (IOException e) {
            throw failure("closed", e);
        } finally {
            closed = true;
            intervals.values().forEach(SampledDistribution.Interval::close);
        }
    }

    /** The stage as a tag: printable ASCII without a comma. */
    static String tag(String stage) {
        StringBuilder tag = new StringBuilder(stage);
        for (int i = 0; i < tag.length(); i++) {
            char c = tag.charAt(i);
            if (c <= ' ' || c > '~' || c == ',') {
                tag.setCharAt(i, '_');
            }
        }
        return tag.toString();
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the latency log " + file + " is closed; open a new one");
        }
    }

    private void flush() {
        try {
            buffer.writeTo(out);
            out.flush();
        } catch (IOException e) {
            throw failure("written", e);
        } finally {
            buffer.reset();
        }
    }

    private UncheckedIOException failure(String what, IOException cause) {
        return new UncheckedIOException(
                "the latency log " + file + " cannot be " + what
                        + "; check the directory, its rights and the space left",
                cause);
    }

    private static long millis(EpochClock clock) {
        return Math.max(0, Math.floorDiv(clock.epochNanos(), 1_000_000L));
    }

    /** One stage of the log: its recorders, and the histogram in which their intervals meet. */
    private static final class Line {

        private final String tag;
        private final String stage;
        private final List<SampledDistribution.Interval> intervals = new ArrayList<>();
        private final Histogram histogram = SampledDistribution.newHistogram();

        private Line(String tag, String stage) {
            this.tag = tag;
            this.stage = stage;
        }

        private void writeTo(HistogramLogWriter format, long start, long end) {
            histogram.reset();
            for (SampledDistribution.Interval interval : intervals) {
                interval.moveInto(histogram);
            }
            if (histogram.getTotalCount() > 0) {
                // reset() has cleared the tag too
                histogram.setTag(tag);
                histogram.setStartTimeStamp(start);
                histogram.setEndTimeStamp(end);
                format.outputIntervalHistogram(histogram);
            }
        }
    }
}

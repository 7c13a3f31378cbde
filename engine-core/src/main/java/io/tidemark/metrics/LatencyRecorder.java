package io.tidemark.metrics;

/**
 * Records how long one stage takes: an exact count with exact extremes, and a distribution of all durations or of a
 * sample.
 *
 * <p>Threads: {@link #record}, {@link #recordBatch} and {@link #sample} belong to one thread at a time, which never
 * waits; {@link #summary} is safe from any thread, and waits for a writer inside one of them.
 *
 * <p>Range and precision: the distribution holds 0 ns to 2^60 - 1 ns (some 36.5 years) to three significant decimal
 * digits. A longer duration counts as the end of the range and as clamped; count, minimum and maximum stay exact. A
 * duration below zero comes from two clocks that disagree: it is counted apart with the lowest one kept, and enters
 * neither the distribution nor the other numbers.
 *
 * <p>Sampling: with {@code sampleEvery} above 1 the distribution takes every so-many-th duration that is not negative,
 * the first included; percentiles then rest on fewer values, all else stays exact. A stage whose durations repeat with
 * a period that shares a factor with {@code sampleEvery} is not well sampled; use 1 there.
 *
 * <p>Coordinated omission: nothing is filled in here. Measure from the moment an event was due or accepted, not from
 * the moment its processing began; a stall then shows in each event that had to wait for it. A producer that stamps
 * only after it waited for room leaves that wait out.
 *
 * <p>Cost: an exact duration costs a few compares and one ordered store, one that enters the distribution two
 * uncontended atomic adds more (measured on a 2-core cloud machine with JDK 17: some 20 ns for each, 5 ns with one in
 * 16 sampled).
 *
 * <p>Memory: three histograms (two that the writer and the readers swap, and the total; one more for each log), each
 * 16.9 kB while all durations are below 2 µs, 91 kB at 1 ms, 173 kB at 1 s, 271 kB at 1 h, 418 kB at most. Each grows
 * as longer durations come, some 50 times at most in its life; that is the only allocation of the writer.
 */
public final class LatencyRecorder {

    private final String stage;
    private final int sampleEvery;
    private final Tally tally = new Tally();
    private final SampledDistribution distribution = new SampledDistribution();

    /** Position within the group of {@link #sampleEvery}; writer only. */
    private int position;

    /**
     * A recorder without any duration.
     *
     * @param stage what is measured, for people and as the tag in a {@link LatencyLog}; not blank
     * @param sampleEvery a power of two; 1 lets every duration into the distribution
     * @throws IllegalArgumentException if {@code stage} is blank or {@code sampleEvery} is no power of two
     */
    public LatencyRecorder(String stage, int sampleEvery) {
        if (stage.isBlank()) {
            throw new IllegalArgumentException("a latency recorder needs a stage, not a blank; name what it measures");
        }
        if (sampleEvery < 1 || Integer.bitCount(sampleEvery) != 1) {
            throw new IllegalArgumentException(
                    "sampleEvery " + sampleEvery + " is no power of two; choose 1, 2, 4, 8 ...");
        }
        this.stage = stage;
        this.sampleEvery = sampleEvery;
    }

    /** What is measured. */
    public String stage() {
        return stage;
    }

    /** One in how many durations enters the distribution. In {@link #recordBatch} it is the caller who keeps to it. */
    public int sampleEvery() {
        return sampleEvery;
    }

    /** One duration in nanoseconds; every {@link #sampleEvery}-th also enters the distribution. Writer only. */
    public void record(long nanos) {
        if (nanos < 0) {
            tally.addNegatives(1, nanos);
            return;
        }
        tally.add(1, nanos, nanos);
        if (position == 0) {
            distribution.record(nanos);
        }
        position = (position + 1) & (sampleEvery - 1);
    }

    /**
     * A batch of durations, known by its size and extremes: the cheap way. The distribution gets its values by
     * {@link #sample}, best called after this, so that no summary shows more samples than durations. Writer only.
     *
     * @param n how many durations, the negative ones included
     * @param min the shortest that is not negative; ignored if {@code n == negatives}
     * @param max the longest; ignored if {@code n == negatives}
     * @param negatives how many of the {@code n} were below zero
     * @param mostNegative the lowest of those; ignored if {@code negatives == 0}
     * @throws IllegalArgumentException if these contradict each other; nothing is recorded then
     */
    public void recordBatch(long n, long min, long max, long negatives, long mostNegative) {
        if (negatives < 0 || negatives > n) {
            throw new IllegalArgumentException(
                    "a batch of " + n + " durations cannot have " + negatives + " negative ones");
        }
        if (n > negatives && (min < 0 || max < min)) {
            throw new IllegalArgumentException(
                    "a batch needs 0 <= min <= max over its durations that are not negative, not min " + min
                            + " and max " + max);
        }
        if (negatives > 0 && mostNegative >= 0) {
            throw new IllegalArgumentException("mostNegative " + mostNegative + " must be below zero, as " + negatives
                    + " durations of the batch are");
        }
        if (negatives > 0) {
            tally.addNegatives(negatives, mostNegative);
        }
        if (n > negatives) {
            tally.add(n - negatives, min, max);
        }
    }

    /**
     * Puts one duration of a batch into the distribution, and nowhere else. One below zero is left out here:
     * {@link #recordBatch} has counted it. Writer only.
     */
    public void sample(long nanos) {
        if (nanos >= 0) {
            distribution.record(nanos);
        }
    }

    /**
     * All durations since the beginning. Safe from any thread, does not disturb a {@link LatencyLog}. Cost: a few
     * passes over a histogram (measured: 0.2 to 1 ms) and the arrays of the {@link LatencyPercentiles}; for a report,
     * not for a loop.
     */
    public LatencySummary summary() {
        // the distribution first, then the counts, then the extremes: the reverse of the order in which they are
        // written
        LatencyPercentiles percentiles = distribution.percentiles();
        long clamped = distribution.clamped();
        long count = tally.count();
        long negatives = tally.negatives();
        return new LatencySummary(
                stage,
                count,
                count == 0 ? 0 : tally.min(),
                count == 0 ? 0 : tally.max(),
                negatives,
                negatives == 0 ? 0 : tally.mostNegative(),
                percentiles.total(),
                clamped,
                percentiles);
    }

    /** A reader for a log: the sampled durations from now on, interval by interval. */
    SampledDistribution.Interval openInterval() {
        return distribution.openInterval();
    }

    /** How many logs this recorder still serves. */
    int openIntervals() {
        return distribution.openIntervals();
    }
}

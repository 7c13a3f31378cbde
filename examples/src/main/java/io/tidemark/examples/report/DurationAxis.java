package io.tidemark.examples.report;

import io.tidemark.examples.units.Durations;
import java.util.ArrayList;
import java.util.List;

/** A logarithmic axis of durations in milliseconds, labelled at round durations only. */
@SuppressWarnings("LongDoubleConversion") // a millisecond more or less is no pixel
record DurationAxis(double low, double high, double spacing) implements Axis {

    private static final long[] ROUND = {
        1,
        10,
        100,
        1_000,
        2_000,
        5_000,
        10_000,
        30_000,
        60_000,
        120_000,
        300_000,
        600_000,
        1_800_000,
        3_600_000,
        7_200_000,
        21_600_000,
        43_200_000,
        86_400_000,
        172_800_000,
        604_800_000L,
        2_592_000_000L,
        31_536_000_000L,
        315_360_000_000L
    };

    /**
     * An axis that begins and ends at round durations around the two values.
     *
     * @param spacing the smallest distance between two labels as a fraction of the axis
     */
    static DurationAxis around(long smallest, long largest, double spacing) {
        long low = ROUND[0];
        for (long round : ROUND) {
            low = round <= smallest ? round : low;
        }
        long high = ROUND[ROUND.length - 1];
        for (int i = ROUND.length - 1; i >= 0; i--) {
            high = ROUND[i] >= largest ? ROUND[i] : high;
        }
        return new DurationAxis(low, Math.max(high, low * 10.0), spacing);
    }

    @Override
    public double fraction(double value) {
        return value <= low ? 0 : Axis.clamp(Math.log(value / low) / Math.log(high / low));
    }

    /** The value at a fraction of the axis: the inverse of {@link #fraction(double)}. */
    double value(double fraction) {
        return low * Math.pow(high / low, fraction);
    }

    @Override
    public List<Tick> ticks() {
        List<Tick> ticks = new ArrayList<>();
        double last = -1;
        for (long round : ROUND) {
            double at = fraction(round);
            if (round >= low && round <= high && at - last >= spacing) {
                ticks.add(new Tick(round, Durations.text(round)));
                last = at;
            }
        }
        return ticks;
    }
}

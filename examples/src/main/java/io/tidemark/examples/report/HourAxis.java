package io.tidemark.examples.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** The 24 hours of a day. */
record HourAxis() implements Axis {

    @Override
    public double fraction(double value) {
        return Axis.clamp(value / 24);
    }

    @Override
    public List<Tick> ticks() {
        return IntStream.rangeClosed(0, 8)
                .mapToObj(i -> new Tick(i * 3, String.format(Locale.ROOT, "%02d:00", i * 3)))
                .toList();
    }
}

package io.tidemark.examples.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A linear axis from 0 to a round number, with about five steps. */
record CountAxis(double end, double step, String unit) implements Axis {

    /** An axis that holds values up to the largest; the unit stands behind each label ("%" for example). */
    static CountAxis upTo(double largest, String unit) {
        double rough = Math.max(largest, 1e-9) / 5;
        double magnitude = Math.pow(10, Math.floor(Math.log10(rough)));
        double leading = rough / magnitude;
        double step = magnitude * (leading <= 1 ? 1 : leading <= 2 ? 2 : leading <= 5 ? 5 : 10);
        if (unit.isEmpty()) {
            step = Math.max(step, 1); // counts have no halves
        }
        return new CountAxis(step * Math.max(1, Math.ceil(largest / step)), step, unit);
    }

    @Override
    public double fraction(double value) {
        return Axis.clamp(value / end);
    }

    @Override
    public List<Tick> ticks() {
        List<Tick> ticks = new ArrayList<>();
        String format = step < 1 ? "%.1f%s" : "%,.0f%s";
        for (int i = 0; i * step <= end * 1.000_001; i++) {
            ticks.add(new Tick(i * step, String.format(Locale.ROOT, format, i * step, unit)));
        }
        return ticks;
    }
}

package io.tidemark.examples.report;

import java.util.List;

/** Maps values to a fraction of the axis' length, and names a few of them. Immutable. */
interface Axis {

    /** 0 at the beginning of the axis, 1 at its end; values beyond are held at the ends. */
    double fraction(double value);

    /** The values that get a label, ascending. */
    List<Tick> ticks();

    record Tick(double value, String label) {}

    /** The fraction held within 0 and 1. */
    static double clamp(double fraction) {
        return Math.max(0, Math.min(1, fraction));
    }
}

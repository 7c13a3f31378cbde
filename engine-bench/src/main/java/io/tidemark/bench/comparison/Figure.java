package io.tidemark.bench.comparison;

/** What a run can give besides its rate. Threads: immutable. */
enum Figure {
    /** Median latency of a run. */
    P50("p50", "us"),
    /** 99th percentile of the latency. */
    P99("p99", "us"),
    /** 99.9th percentile of the latency. */
    P999("p99.9", "us"),
    /** The longest latency. */
    LONGEST("max", "us"),
    /** Time of taking an event. */
    PER_EVENT("per event", "ns"),
    /** Time of giving a result. */
    PER_RESULT("per result", "ns"),
    /** Time of both together, over both together. */
    PER_EITHER("per event or result", "ns"),
    /** Retained heap per key. */
    PER_KEY("per key", "B"),
    /** The smallest heap that is enough while the table grows, with a collector that moves large arrays, as a multiple of what is retained. */
    PEAK("peak / retained", "x"),
    /** The same with the JVM's default collector. */
    PEAK_DEFAULT("peak / retained, default collector", "x");

    private final String label;
    private final String unit;

    Figure(String label, String unit) {
        this.label = label;
        this.unit = unit;
    }

    /** What it is. */
    String label() {
        return label;
    }

    /** What it is measured in. */
    String unit() {
        return unit;
    }
}

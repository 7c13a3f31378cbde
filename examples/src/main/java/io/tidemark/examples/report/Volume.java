package io.tidemark.examples.report;

import io.tidemark.examples.replay.WindowRow;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Windows brought together into steps of time that a page can show: thousands of bars would be a grey block.
 *
 * @param start of the first step, milliseconds since the epoch
 * @param step length of a step in milliseconds
 * @param counts events per step (each window's final count, at the step in which it starts)
 * @param outside windows beyond the shown span: strays far from the bulk, which would squeeze it
 */
record Volume(long start, long step, List<Long> counts, int outside) {

    private static final int MOST_STEPS = 800;
    private static final long[] STEPS = {
        1_000,
        10_000,
        60_000,
        300_000,
        900_000,
        3_600_000,
        10_800_000,
        21_600_000,
        86_400_000,
        604_800_000,
        2_592_000_000L
    };

    /** From the last pane of each window. */
    static Volume of(List<WindowRow> windows, ZoneId zone) {
        if (windows.isEmpty()) {
            return new Volume(0, STEPS[0], List.of(0L), 0);
        }
        long[] starts = windows.stream().mapToLong(WindowRow::start).sorted().toArray();
        long length = windows.get(0).end() - windows.get(0).start();
        long low = starts[(int) (starts.length * 0.001)];
        long high = starts[(int) Math.ceil(starts.length * 0.999) - 1];
        // only strays that are far away are left out
        long margin = Math.max(high - low, length);
        low = starts[0] < low - margin ? low : starts[0];
        high = starts[starts.length - 1] > high + margin ? high : starts[starts.length - 1];
        long step = step(high - low, length);
        // steps begin on the zone's round hours and days
        long offset = zone.getRules().getOffset(Instant.ofEpochMilli(low)).getTotalSeconds() * 1_000L;
        long start = Math.floorDiv(low + offset, step) * step - offset;
        long[] counts = new long[(int) ((high - start) / step) + 1];
        int outside = 0;
        for (WindowRow window : windows) {
            if (window.start() < low || window.start() > high) {
                outside++;
            } else {
                counts[(int) ((window.start() - start) / step)] += window.count();
            }
        }
        return new Volume(start, step, Arrays.stream(counts).boxed().toList(), outside);
    }

    private static long step(long span, long atLeast) {
        for (long step : STEPS) {
            if (step >= atLeast && span / step < MOST_STEPS) {
                return step;
            }
        }
        return Math.max(atLeast, span / MOST_STEPS + 1);
    }

    long end() {
        return start + counts.size() * step;
    }

    long largest() {
        return Collections.max(counts);
    }
}

package io.tidemark.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** A flat table of accumulators as an operator would hold it, with guard words around each. */
final class StateTable<R> {

    private static final long GUARD = 0x5AFE_5AFE_5AFE_5AFEL;

    private final LongAggregator<Sample, R> aggregator;
    private final Random random;
    private final int offset;
    private final int record;
    private final long[] state;
    private final long[] counts;

    StateTable(LongAggregator<Sample, R> aggregator, int slots, Random random) {
        this.aggregator = aggregator;
        this.random = random;
        offset = 1 + random.nextInt(3);
        record = offset + aggregator.width() + 1;
        state = new long[slots * record];
        counts = new long[slots];
        Arrays.fill(state, GUARD);
        for (int slot = 0; slot < slots; slot++) {
            aggregator.initialize(state, at(slot));
        }
    }

    /** Adds sample i to slot slots[i], in batches of random size from rows of a random layout. */
    void accumulate(List<Sample> samples, int[] slots) {
        int from = 0;
        while (from < samples.size()) {
            int n = Math.min(samples.size() - from, random.nextInt(9));
            batch(samples.subList(from, from + n), Arrays.copyOfRange(slots, from, from + n));
            from += n;
        }
    }

    private void batch(List<Sample> samples, int[] slots) {
        int inputs = aggregator.inputs().size();
        int stride = 2 + inputs + random.nextInt(3);
        int first = random.nextInt(5);
        int[] columns = new int[inputs];
        for (int j = 0; j < inputs; j++) {
            columns[j] = 1 + j + random.nextInt(stride - 1 - inputs);
        }
        long[] rows = random.longs(first + (long) stride * samples.size() + 2).toArray();
        int[] positions = new int[slots.length + 1];
        for (int i = 0; i < samples.size(); i++) {
            int row = first + i * stride;
            rows[row] = samples.get(i).timestamp();
            for (int j = 0; j < inputs; j++) {
                rows[row + columns[j]] = aggregator.inputs().get(j).applyAsLong(samples.get(i));
            }
            positions[i] = slots[i] * record;
            counts[slots[i]]++;
        }
        long[] rowsBefore = rows.clone();
        aggregator.accumulate(state, positions, offset, rows, first, stride, samples.size(), columns);
        assertThat(rows).isEqualTo(rowsBefore);
    }

    void combine(int into, int from) {
        long[] before = words(from);
        aggregator.combine(state, at(into), state, at(from));
        counts[into] += counts[from];
        assertThat(words(from)).as("right part after combine").isEqualTo(before);
        assertGuards();
    }

    void deduct(int from, int part) {
        long[] before = words(part);
        ((InvertibleLongAggregator<Sample, R>) aggregator).deduct(state, at(from), state, at(part));
        counts[from] -= counts[part];
        assertThat(words(part)).as("part after deduct").isEqualTo(before);
        assertGuards();
    }

    /** The result, or the class of the exception; checked to be repeatable, side-effect free, and the same without boxing. */
    Object export(int slot) {
        long[] before = state.clone();
        Object result = tryExport(slot);
        assertThat(tryExport(slot)).as("second export").isEqualTo(result);
        assertThat(aggregator.overflowed(state, at(slot))).isEqualTo(result == ArithmeticException.class);
        if (result instanceof Long value) {
            assertThat(aggregator.exportLong(state, at(slot), counts[slot])).isEqualTo(value);
        }
        assertThat(state).as("state after export").isEqualTo(before);
        return result;
    }

    private Object tryExport(int slot) {
        try {
            return aggregator.export(state, at(slot), counts[slot]);
        } catch (ArithmeticException overflow) {
            return ArithmeticException.class;
        }
    }

    long[] words(int slot) {
        return Arrays.copyOfRange(state, at(slot), at(slot) + aggregator.width());
    }

    void assertGuards() {
        for (int i = 0; i < state.length; i++) {
            int inRecord = i % record;
            if (inRecord < offset || inRecord >= offset + aggregator.width()) {
                assertThat(state[i]).as("guard word %d", i).isEqualTo(GUARD);
            }
        }
    }

    private int at(int slot) {
        return slot * record + offset;
    }
}

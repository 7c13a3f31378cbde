package io.tidemark.aggregate;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.ToLongFunction;

/** Percentiles of a long value. */
final class PercentileAggregator<E> implements Aggregator<E, PercentileAccumulator, Percentiles> {

    private final ToLongFunction<? super E> value;
    private final double[] percentiles;
    /** Exact decimal fractions: as doubles, 99.9 % of 1,000 values would be the rank 1,000 and not 999. */
    private final BigDecimal[] fractions;

    PercentileAggregator(ToLongFunction<? super E> value, double[] percentiles) {
        this.value = Objects.requireNonNull(value, "value");
        this.percentiles = Arrays.stream(percentiles)
                .map(percentile -> percentile + 0.0) // -0.0 is 0.0
                .sorted()
                .distinct()
                .toArray();
        if (percentiles.length == 0) {
            throw new IllegalArgumentException("no percentile named; give at least one, such as 99.9");
        }
        fractions = new BigDecimal[this.percentiles.length];
        for (int i = 0; i < fractions.length; i++) {
            double percentile = this.percentiles[i];
            if (!(percentile >= 0 && percentile <= 100)) {
                throw new IllegalArgumentException("percentile " + percentile + " is outside 0 to 100");
            }
            fractions[i] = BigDecimal.valueOf(percentile).movePointLeft(2);
        }
    }

    @Override
    public PercentileAccumulator create() {
        return new PercentileAccumulator();
    }

    @Override
    public void accumulate(PercentileAccumulator accumulator, E event) {
        accumulator.add(value.applyAsLong(event));
    }

    @Override
    public PercentileAccumulator combine(PercentileAccumulator left, PercentileAccumulator right) {
        left.addAll(right);
        return left;
    }

    @Override
    public Percentiles export(PercentileAccumulator accumulator) {
        long count = accumulator.count();
        if (count == 0) {
            return new Percentiles(percentiles, new long[percentiles.length], 0, 0, 0);
        }
        long[] ranks = new long[fractions.length];
        for (int i = 0; i < ranks.length; i++) {
            ranks[i] = Math.max(1, rank(fractions[i], count));
        }
        return new Percentiles(percentiles, accumulator.valuesAt(ranks), count, accumulator.min(), accumulator.max());
    }

    private static long rank(BigDecimal fraction, long count) {
        return fraction.multiply(BigDecimal.valueOf(count))
                .setScale(0, RoundingMode.CEILING)
                .longValueExact();
    }
}

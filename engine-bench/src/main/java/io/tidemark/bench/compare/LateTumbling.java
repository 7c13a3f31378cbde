package io.tidemark.bench.compare;

import io.tidemark.bench.workload.Contender;
import io.tidemark.bench.workload.EventStream;
import io.tidemark.bench.workload.PaneTally;

/**
 * {@link LateTumblingTables} filled from an array: what others' panes and late events are checked against.
 *
 * <p>Threads: belongs to one thread.
 */
final class LateTumbling implements Contender {
    private final LateTumblingTables tables;

    LateTumbling(int keys, long size, long delay) {
        tables = new LateTumblingTables(keys, size, delay);
    }

    @Override
    public void process(long[] rows) {
        for (int row = 0; row < rows.length; row += EventStream.STRIDE) {
            tables.add(rows[row + EventStream.TIMESTAMP], rows[row + EventStream.KEY], rows[row + EventStream.VALUE]);
        }
    }

    @Override
    public PaneTally.Summary finish() {
        return tables.finish();
    }
}

package io.tidemark;

import java.util.List;

/**
 * Builds an engine whose events are rows of numbers, see {@link ColumnEngine}.
 *
 * <p>Threads: belongs to one thread.
 */
public final class ColumnEngineBuilder extends EngineSettings<LongRow, ColumnEngineBuilder> {
    private final List<String> columns;

    ColumnEngineBuilder(String name, List<String> columns) {
        super(name);
        this.columns = columns;
        for (int i = 0; i < columns.size(); i++) {
            if (columns.indexOf(columns.get(i)) != i) {
                throw new IllegalArgumentException("column " + columns.get(i) + " is named twice");
            }
        }
    }

    @Override
    ColumnEngineBuilder self() {
        return this;
    }

    /**
     * The engine, to declare windows on.
     *
     * @throws IllegalArgumentException if the watermark strategy is missing, or a duration is no whole number of units
     */
    public ColumnEngine build() {
        return new ColumnEngine(config(), new RowLayout<>(columns));
    }
}

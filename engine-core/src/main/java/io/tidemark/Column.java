package io.tidemark;

import java.util.Objects;
import java.util.function.ToLongFunction;

/**
 * A named column of an engine without event objects; stands wherever an extractor is asked for:
 * {@code Aggregators.sumExact(Column.of("amount"))}. It is read straight from the published row, nothing is copied or called.
 *
 * <p>Threads: immutable.
 *
 * @param name as given to {@link EventTimeEngine#columns}
 */
public record Column(String name) implements ToLongFunction<LongRow> {

    /**
     * Checks the name.
     *
     * @throws NullPointerException if {@code name} is null
     */
    public Column {
        Objects.requireNonNull(name, "column name");
    }

    /** A column by its name; a name the engine does not have is refused when it is used there. */
    public static Column of(String name) {
        return new Column(name);
    }

    @Override
    public long applyAsLong(LongRow row) {
        return row.get(name);
    }
}

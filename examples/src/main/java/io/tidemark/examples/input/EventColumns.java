package io.tidemark.examples.input;

import org.jspecify.annotations.Nullable;

/**
 * The names, in the header line, of the columns that make up an event.
 *
 * @param key null if the events have no key
 */
public record EventColumns(
        String eventTime, String arrival, @Nullable String key, String value) {}

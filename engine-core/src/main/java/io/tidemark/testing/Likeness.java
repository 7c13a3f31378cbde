package io.tidemark.testing;

import io.tidemark.window.WindowResult;
import org.jspecify.annotations.Nullable;

/** When what a test wrote and what the engine gave are the same, and how much of the latter a message may show. */
final class Likeness {

    private Likeness() {}

    /** Equal, or the same whole number: a test writes 7 where the engine has a {@code Long}. */
    static boolean alike(@Nullable Object expected, @Nullable Object found) {
        if (expected instanceof Number one && found instanceof Number other && isWhole(one) && isWhole(other)) {
            return one.longValue() == other.longValue();
        }
        return expected == null ? found == null : expected.equals(found);
    }

    private static boolean isWhole(Number value) {
        return value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte;
    }

    /** Whether the result has this value; one that overflowed has none. */
    static boolean hasValue(WindowResult<?, ?> result, @Nullable Object expected) {
        return !result.overflowed() && alike(expected, result.value());
    }

    /** Numbers are shown; of anything else, which may hold a key or an event, only the type. */
    static String show(WindowResult<?, ?> result) {
        if (result.overflowed()) {
            return "overflowed";
        }
        Object value = result.value();
        if (value instanceof Number || value instanceof Boolean) {
            return value.toString();
        }
        return value == null ? "null" : "a " + value.getClass().getSimpleName();
    }
}

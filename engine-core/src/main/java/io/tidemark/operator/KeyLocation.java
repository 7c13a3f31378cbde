package io.tidemark.operator;

/**
 * Where a row carries the key of a stream of windows.
 *
 * @param kind no key, a long in a column, or an object in a lane
 * @param index the column or lane
 */
public record KeyLocation(Kind kind, int index) {

    /** What the key is. */
    public enum Kind {
        /** One window for all events. */
        NONE,
        /** A column of longs. */
        LONG,
        /** A lane of references, compared by {@code equals}. */
        OBJECT
    }

    /** Windows without a key. */
    public static KeyLocation none() {
        return new KeyLocation(Kind.NONE, 0);
    }

    /** A long key. */
    public static KeyLocation longColumn(int column) {
        return new KeyLocation(Kind.LONG, column);
    }

    /** An object key. */
    public static KeyLocation objectLane(int lane) {
        return new KeyLocation(Kind.OBJECT, lane);
    }
}

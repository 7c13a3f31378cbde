package io.tidemark.operator;

import io.tidemark.aggregate.Aggregation;
import io.tidemark.aggregate.Aggregator;
import io.tidemark.aggregate.Aggregators;
import io.tidemark.aggregate.CompositeAggregator;
import io.tidemark.aggregate.InvertibleLongAggregator;
import io.tidemark.aggregate.LongAggregator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * An aggregation laid out over the longs and references of an entry: which part owns which of them. All parts take a whole run of
 * rows at once, one part after the other.
 *
 * <p>A user's aggregator that throws spoils only the entry concerned, which is marked incomplete; the others go on.
 */
final class AggregateColumns<E, R> {

    /** A part over longs: where its state and its inputs lie. */
    private static final class LongPart {
        final LongAggregator<Object, Object> aggregator;
        final int offset;
        final int[] columns;

        LongPart(LongAggregator<Object, Object> aggregator, int offset, int[] columns) {
            this.aggregator = aggregator;
            this.offset = offset;
            this.columns = columns;
        }

        void combine(long[] into, int position, long[] from, int fromPosition) {
            aggregator.combine(into, position + offset, from, fromPosition + offset);
        }

        void deduct(long[] from, int position, long[] taken, int takenPosition) {
            ((InvertibleLongAggregator<Object, Object>) aggregator)
                    .deduct(from, position + offset, taken, takenPosition + offset);
        }

        @SuppressWarnings("ReferenceEquality") // what another aggregator does is not known, even of one that equals it
        boolean isSameAs(LongPart other) {
            return aggregator == other.aggregator && Arrays.equals(columns, other.columns);
        }
    }

    /** The first column of a row. */
    private static final int TIMESTAMP = 0;

    private final Part[] parts;
    private final LongPart[] longParts;
    private final List<Aggregator<Object, Object, Object>> objectParts = new ArrayList<>();
    private final int longWidth;
    /** The columns of a row that parts over longs may read, each once. */
    private final int[] inputColumns;

    /** What the parts over longs begin with: asked for once, not for every key of every window. Null until then. */
    private long @Nullable [] identity;

    private final boolean composite;
    private final Aggregation<?, ?> handle;
    private final String name;
    private final FailureHandler failures;

    /** Where the part with one handle is: among the long parts or the object parts. */
    private record Part(boolean isLong, int index) {}

    @SuppressWarnings(
            "unchecked") // parts are driven through their erased types; the front door has checked the real ones
    AggregateColumns(
            Aggregation<? super E, R> aggregation, List<Integer> inputColumns, String name, FailureHandler failures) {
        this.handle = aggregation;
        this.name = name;
        this.failures = failures;
        this.composite = aggregation instanceof CompositeAggregator<?>;
        List<? extends Aggregation<?, ?>> leaves =
                aggregation instanceof CompositeAggregator<?> all ? all.parts() : List.of(aggregation);
        parts = new Part[leaves.size()];
        LongPart[] longs = new LongPart[leaves.size()];
        int longCount = 0;
        int offset = Entries.STATE;
        int column = 0;
        for (int i = 0; i < leaves.size(); i++) {
            if (leaves.get(i) instanceof LongAggregator<?, ?> leaf) {
                int inputs = leaf.inputs().size();
                int[] columns = inputColumns.subList(column, column + inputs).stream()
                        .mapToInt(Integer::intValue)
                        .toArray();
                column += inputs;
                parts[i] = new Part(true, longCount);
                longs[longCount++] = new LongPart((LongAggregator<Object, Object>) leaf, offset, columns);
                offset += leaf.width();
            } else {
                parts[i] = new Part(false, objectParts.size());
                objectParts.add(((Aggregator<Object, Object, Object>) leaves.get(i)).fresh());
            }
        }
        longParts = Arrays.copyOf(longs, longCount);
        longWidth = offset - Entries.STATE;
        this.inputColumns = IntStream.concat(
                        IntStream.of(TIMESTAMP), inputColumns.stream().mapToInt(Integer::intValue))
                .distinct()
                .toArray();
    }

    /** Whether entries of the other hold exactly what entries hold here: by the same aggregators, of longs alone, over the same inputs. */
    boolean hasStateOf(AggregateColumns<?, ?> other) {
        boolean same =
                objectParts.isEmpty() && other.objectParts.isEmpty() && longParts.length == other.longParts.length;
        for (int i = 0; same && i < longParts.length; i++) {
            same = longParts[i].isSameAs(other.longParts[i]);
        }
        return same;
    }

    /** No state at all: for tables that only count. */
    static AggregateColumns<Object, Long> none(FailureHandler failures) {
        return new AggregateColumns<>(Aggregators.count(), List.of(), "", failures);
    }

    /** Longs of state per entry. */
    int longWidth() {
        return longWidth;
    }

    /** References of state per entry. */
    int objectWidth() {
        return objectParts.size();
    }

    /** The columns of a row that parts over longs may read, the timestamp among them, each once. */
    int[] inputColumns() {
        return inputColumns;
    }

    boolean isComposite() {
        return composite;
    }

    /** Whether entries can be begun without asking a part, which might throw. */
    boolean isIdentityKnown() {
        return identity != null && objectParts.isEmpty();
    }

    /** Sets every part of an entry to its identity. */
    void initialize(Entries entries, int position) {
        long[] begin = identity != null ? identity : askIdentity(entries, position);
        long[] longs = entries.longs;
        for (int i = 0; i < begin.length; i++) {
            longs[position + Entries.STATE + i] = begin[i];
        }
        for (int i = 0; i < objectParts.size(); i++) {
            try {
                entries.objects[entries.objectsOf(position) + i] =
                        objectParts.get(i).create();
            } catch (RuntimeException thrown) {
                spoil(entries, position, thrown);
            }
        }
    }

    /** Asks every part, and again for the next entry if one throws. */
    private long[] askIdentity(Entries entries, int position) {
        long[] asked = new long[longWidth];
        boolean isWhole = true;
        for (LongPart part : longParts) {
            try {
                part.aggregator.initialize(asked, part.offset - Entries.STATE);
            } catch (RuntimeException thrown) {
                isWhole = false;
                spoil(entries, position, thrown);
            }
        }
        if (isWhole) {
            identity = asked;
        }
        return asked;
    }

    /**
     * Adds a run of rows, each to its entry.
     *
     * @param positions the entry of each row
     */
    void accumulate(Entries entries, RowBatch rows, int from, int count, int[] positions) {
        accumulateLongs(entries, rows.longs, rows.row(from), rows.longStride, count, positions);
        for (int part = 0; part < objectParts.size(); part++) {
            for (int i = 0; i < count; i++) {
                accumulateObject(part, entries, positions[i], rows, from + i);
            }
        }
    }

    /**
     * Adds to the parts over longs.
     *
     * @param longs rows, the first at {@code at}, then every {@code stride}
     */
    void accumulateLongs(Entries entries, long[] longs, int at, int stride, int count, int[] positions) {
        for (LongPart part : longParts) {
            try {
                part.aggregator.accumulate(
                        entries.longs, positions, part.offset, longs, at, stride, count, part.columns);
            } catch (RuntimeException thrown) {
                // which row it was is unknown
                for (int i = 0; i < count; i++) {
                    entries.markIncomplete(positions[i]);
                }
                failures.failed(FailureHandler.Stage.AGGREGATOR, name, thrown);
            }
        }
    }

    /** Adds one row to several entries. */
    void accumulateToAll(Entries entries, RowBatch rows, int row, int count, int[] positions) {
        for (LongPart part : longParts) {
            try {
                part.aggregator.accumulate(
                        entries.longs, positions, part.offset, rows.longs, rows.row(row), 0, count, part.columns);
            } catch (RuntimeException thrown) {
                for (int i = 0; i < count; i++) {
                    entries.markIncomplete(positions[i]);
                }
                failures.failed(FailureHandler.Stage.AGGREGATOR, name, thrown);
            }
        }
        for (int part = 0; part < objectParts.size(); part++) {
            for (int i = 0; i < count; i++) {
                accumulateObject(part, entries, positions[i], rows, row);
            }
        }
    }

    /** Adds a row to a part over objects, {@code 0 <= part < objectWidth()}. */
    void accumulateObject(int part, Entries entries, int position, RowBatch rows, int row) {
        try {
            objectParts
                    .get(part)
                    .accumulate(present(entries.objects[entries.objectsOf(position) + part]), present(rows.event(row)));
        } catch (RuntimeException thrown) {
            spoil(entries, position, thrown);
        }
    }

    /** Whether two entries have the same value, part by part; what has no value, or whose {@code equals} throws, equals nothing. */
    boolean sameValue(Entries one, int position, Entries other, int otherPosition) {
        for (int i = 0; i < parts.length; i++) {
            Object value;
            Object otherValue;
            try {
                value = exportPart(i, one, position);
                otherValue = exportPart(i, other, otherPosition);
            } catch (RuntimeException noValue) {
                return false; // whoever reads the result will be told
            }
            try {
                if (!value.equals(otherValue)) {
                    return false;
                }
            } catch (RuntimeException thrown) {
                failures.failed(FailureHandler.Stage.AGGREGATOR, name, thrown);
                return false;
            }
        }
        return true;
    }

    /** Adds the state of one entry to another's. */
    void combine(Entries into, int position, Entries from, int fromPosition) {
        try {
            for (LongPart part : longParts) {
                part.combine(into.longs, position, from.longs, fromPosition);
            }
            if (!objectParts.isEmpty()) { // to find them takes two divisions
                combineObjects(into, into.objectsOf(position), from, from.objectsOf(fromPosition));
            }
        } catch (RuntimeException thrown) {
            spoil(into, position, thrown);
        }
    }

    private void combineObjects(Entries into, int target, Entries from, int source) {
        for (int i = 0; i < objectParts.size(); i++) {
            into.objects[target + i] =
                    objectParts.get(i).combine(present(into.objects[target + i]), present(from.objects[source + i]));
        }
    }

    /** Whether parts can be taken out of entries again. */
    boolean isInvertible() {
        return objectParts.isEmpty()
                && Arrays.stream(longParts).allMatch(part -> part.aggregator instanceof InvertibleLongAggregator<?, ?>);
    }

    /**
     * Adds the state of entries to that of others; only of parts over longs. Each part that throws is reported, and the others go on.
     *
     * @param positions to which entries; no two are the same
     * @param others which entries are added
     * @return whether that spoilt one which was whole
     */
    boolean combineAll(Entries into, int[] positions, Entries from, int[] others, int count) {
        return changeAll(true, into, positions, from, others, count);
    }

    /** Takes the state of entries out of others that contain it, as {@link #combineAll} adds it; only if they are invertible. */
    boolean deductAll(Entries from, int[] positions, Entries taken, int[] others, int count) {
        return changeAll(false, from, positions, taken, others, count);
    }

    private boolean changeAll(boolean combines, Entries changed, int[] positions, Entries by, int[] others, int count) {
        boolean spoilt = false;
        for (LongPart part : longParts) {
            int done = 0;
            while (done < count) {
                try {
                    for (; done < count; done++) {
                        if (combines) { // decided once, before the loop, by the compiler
                            part.combine(changed.longs, positions[done], by.longs, others[done]);
                        } else {
                            part.deduct(changed.longs, positions[done], by.longs, others[done]);
                        }
                    }
                } catch (RuntimeException thrown) {
                    spoilt |= !changed.incomplete(positions[done]);
                    spoil(changed, positions[done++], thrown);
                }
            }
        }
        return spoilt;
    }

    private static Object present(@Nullable Object state) {
        if (state == null) {
            throw new IllegalStateException("an aggregator's create() gave no accumulator");
        }
        return state;
    }

    private void spoil(Entries entries, int position, RuntimeException thrown) {
        entries.markIncomplete(position);
        failures.failed(FailureHandler.Stage.AGGREGATOR, name, thrown);
    }

    private int indexOf(Aggregation<?, ?> part) {
        if (handle instanceof CompositeAggregator<?> all) {
            return all.indexOf(part);
        }
        return 0;
    }

    /** The value of the part with this handle. */
    Object export(Aggregation<?, ?> part, Entries entries, int position) {
        return exportPart(indexOf(part), entries, position);
    }

    /** The value of the only part of an aggregation that is no composite. */
    @SuppressWarnings("unchecked") // the part's result type is R
    R exportSingle(Entries entries, int position) {
        return (R) exportPart(0, entries, position);
    }

    Object exportPart(int index, Entries entries, int position) {
        Part part = parts[index];
        if (part.isLong) {
            LongPart longPart = longParts[part.index];
            return longPart.aggregator.export(entries.longs, position + longPart.offset, entries.count(position));
        }
        return objectParts.get(part.index).export(present(entries.objects[entries.objectsOf(position) + part.index]));
    }

    /** The value of the part with this handle, unboxed. */
    long exportLong(Aggregation<?, ?> part, Entries entries, int position) {
        return exportLongPart(indexOf(part), entries, position);
    }

    long exportLongPart(int index, Entries entries, int position) {
        Part part = parts[index];
        if (!part.isLong) {
            throw new UnsupportedOperationException(
                    "the value of " + name + " is an object; read it with value(), or get(part) of a composite");
        }
        LongPart longPart = longParts[part.index];
        return longPart.aggregator.exportLong(entries.longs, position + longPart.offset, entries.count(position));
    }

    /** Whether the value of any part does not fit its type. */
    boolean overflowed(Entries entries, int position) {
        for (LongPart part : longParts) {
            if (part.aggregator.overflowed(entries.longs, position + part.offset)) {
                return true;
            }
        }
        return false;
    }

    int partCount() {
        return parts.length;
    }

    int partIndex(Aggregation<?, ?> part) {
        return indexOf(part);
    }
}

package io.tidemark.operator;

import io.tidemark.aggregate.Aggregates;
import io.tidemark.aggregate.Aggregation;
import io.tidemark.window.Pane;
import io.tidemark.window.TimeWindow;
import io.tidemark.window.WindowResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A result to keep: everything read out of the view at once. A part that overflowed throws when it is asked for, as in the view. */
final class KeptResult<K, R> extends WindowResult<K, R> {
    private final String stream;
    private final KeyLocation.Kind keyKind;
    private final @Nullable K key;
    private final long start;
    private final long end;
    private final Pane pane;
    private final boolean retraction;
    private final List<TimeWindow> replaced;
    private final long count;
    private final boolean overflowed;
    private final boolean incomplete;
    private final AggregateColumns<?, R> columns;
    /** The value of each part, or the exception that tells why it has none. */
    private final Object[] values;

    KeptResult(
            PaneView<K, R> view,
            KeyLocation.Kind keyKind,
            AggregateColumns<?, R> columns,
            Entries entries,
            int position) {
        this.stream = view.stream();
        this.keyKind = keyKind;
        this.key = keyKind == KeyLocation.Kind.NONE ? null : view.key();
        this.start = view.start();
        this.end = view.end();
        this.pane = view.pane();
        this.retraction = view.isRetraction();
        this.replaced = view.replaced();
        this.count = view.count();
        this.overflowed = view.overflowed();
        this.incomplete = view.incomplete();
        this.columns = columns;
        this.values = new Object[columns.partCount()];
        for (int i = 0; i < values.length; i++) {
            try {
                values[i] = columns.exportPart(i, entries, position);
            } catch (ArithmeticException outOfRange) {
                values[i] = outOfRange;
            }
        }
    }

    private Object value(int part) {
        if (values[part] instanceof ArithmeticException outOfRange) {
            throw outOfRange;
        }
        return values[part];
    }

    @Override
    public String stream() {
        return stream;
    }

    @Override
    public K key() {
        K kept = key;
        if (kept == null) {
            throw new IllegalStateException("the windows of " + stream + " have no key");
        }
        return kept;
    }

    @Override
    public long longKey() {
        if (keyKind != KeyLocation.Kind.LONG) {
            throw new IllegalStateException("the windows of " + stream + " have no long key; use keyByLong");
        }
        return (Long) key();
    }

    @Override
    public long start() {
        return start;
    }

    @Override
    public long end() {
        return end;
    }

    @Override
    public Pane pane() {
        return pane;
    }

    @Override
    public boolean isRetraction() {
        return retraction;
    }

    @Override
    public List<TimeWindow> replaced() {
        return replaced;
    }

    @Override
    public long count() {
        return count;
    }

    @Override
    @SuppressWarnings("unchecked") // a composite's R is Aggregates, a single part's its own
    public R value() {
        return columns.isComposite() ? (R) new KeptParts() : (R) value(0);
    }

    @Override
    public long longValue() {
        if (!columns.isComposite() && value(0) instanceof Long number) {
            return number;
        }
        throw new UnsupportedOperationException("the value of " + stream + " is no single long; read it with value()");
    }

    @Override
    public boolean overflowed() {
        return overflowed;
    }

    @Override
    public boolean incomplete() {
        return incomplete;
    }

    @Override
    public WindowResult<K, R> copy() {
        return this;
    }

    /** The values of a composite. */
    private final class KeptParts extends Aggregates {

        @Override
        @SuppressWarnings("unchecked") // the handle's R is the type of the part's result
        public <V> V get(Aggregation<?, V> part) {
            return (V) value(columns.partIndex(part));
        }

        @Override
        public long getLong(Aggregation<?, Long> part) {
            return get(part);
        }
    }
}

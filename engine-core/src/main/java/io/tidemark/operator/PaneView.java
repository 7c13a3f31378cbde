package io.tidemark.operator;

import io.tidemark.aggregate.Aggregates;
import io.tidemark.aggregate.Aggregation;
import io.tidemark.window.Pane;
import io.tidemark.window.TimeWindow;
import io.tidemark.window.WindowResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The result that listeners get: a view on one entry, moved from pane to pane. */
final class PaneView<K, R> extends WindowResult<K, R> {
    private static final int HIDDEN = -1;

    private final String stream;
    private final KeyLocation.Kind keyKind;
    private final @Nullable KeyDictionary<K> dictionary;
    private final AggregateColumns<?, R> columns;
    private final Parts parts = new Parts();

    private @Nullable Entries entries;
    private int position = HIDDEN;
    private long start;
    private long end;
    private Pane pane = Pane.of(Pane.Timing.ON_TIME, 0, false);
    private boolean retraction;
    private List<TimeWindow> replaced = List.of();

    PaneView(
            String stream,
            KeyLocation.Kind keyKind,
            @Nullable KeyDictionary<K> dictionary,
            AggregateColumns<?, R> columns) {
        this.stream = stream;
        this.keyKind = keyKind;
        this.dictionary = dictionary;
        this.columns = columns;
    }

    /**
     * Moves to an entry. References that stay the same are not written: into an object as old as this one, each costs the garbage
     * collector's barrier, more than the rest of a result.
     */
    @SuppressWarnings("ReferenceEquality") // an equal pane that is another object is written, and right
    void show(Entries newEntries, int newPosition, long newStart, long newEnd, Pane newPane) {
        if (entries != newEntries) {
            entries = newEntries;
        }
        position = newPosition;
        start = newStart;
        end = newEnd;
        if (pane != newPane) {
            pane = newPane;
        }
        retraction = false;
        if (!replaced.isEmpty()) {
            replaced = List.of();
        }
    }

    /** Lets what is shown be one that is taken back. */
    void markRetraction() {
        retraction = true;
    }

    /** Names the sessions that what is shown replaces. */
    void replaces(List<TimeWindow> bounds) {
        replaced = bounds;
    }

    /** Ends the view's life: whoever kept it is told so. */
    void hide() {
        position = HIDDEN;
    }

    /** Keeps nothing alive that may be freed before the next result. */
    void letGo() {
        entries = null;
        replaced = List.of();
    }

    /** What is shown, if the view is still valid. */
    private Entries entries() {
        Entries shown = entries;
        if (shown == null || position == HIDDEN) {
            throw new IllegalStateException(
                    "this result of " + stream + " was a view, valid during the call only; keep result.copy() instead");
        }
        return shown;
    }

    @Override
    public String stream() {
        return stream;
    }

    @Override
    @SuppressWarnings("unchecked") // with long keys K is Long
    public K key() {
        long key = entries().key(position);
        return switch (keyKind) {
            case NONE -> throw new IllegalStateException("the windows of " + stream + " have no key");
            case LONG -> (K) Long.valueOf(key);
            case OBJECT -> java.util.Objects.requireNonNull(dictionary).key(key);
        };
    }

    @Override
    public long longKey() {
        if (keyKind != KeyLocation.Kind.LONG) {
            throw new IllegalStateException("the windows of " + stream + " have no long key; use keyByLong");
        }
        return entries().key(position);
    }

    @Override
    public long start() {
        entries();
        return start;
    }

    @Override
    public long end() {
        entries();
        return end;
    }

    @Override
    public Pane pane() {
        entries();
        return pane;
    }

    @Override
    public boolean isRetraction() {
        entries();
        return retraction;
    }

    @Override
    public List<TimeWindow> replaced() {
        entries();
        return replaced;
    }

    @Override
    public long count() {
        return entries().count(position);
    }

    @Override
    @SuppressWarnings("unchecked") // a composite's R is Aggregates
    public R value() {
        Entries shown = entries();
        return columns.isComposite() ? (R) parts : columns.exportSingle(shown, position);
    }

    @Override
    public long longValue() {
        Entries shown = entries();
        if (columns.isComposite()) {
            throw new UnsupportedOperationException(
                    "the value of " + stream + " has several parts; read one with value().getLong(part)");
        }
        return columns.exportLongPart(0, shown, position);
    }

    @Override
    public boolean overflowed() {
        return columns.overflowed(entries(), position);
    }

    @Override
    public boolean incomplete() {
        return entries().incomplete(position);
    }

    @Override
    public WindowResult<K, R> copy() {
        return new KeptResult<>(this, keyKind, columns, entries(), position);
    }

    @Override
    public String toString() {
        return position == HIDDEN ? "WindowResult[" + stream + ", no longer valid]" : super.toString();
    }

    /** The several values of a composite, as long as the view is valid. */
    private final class Parts extends Aggregates {

        @Override
        @SuppressWarnings("unchecked") // the handle's R is the type of the part's result
        public <V> V get(Aggregation<?, V> part) {
            return (V) columns.export(part, entries(), position);
        }

        @Override
        public long getLong(Aggregation<?, Long> part) {
            return columns.exportLong(part, entries(), position);
        }
    }
}

package io.tidemark.testing;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Two models one behind the other: the results of each step of the first, retractions among them, are events of the second, stamped with
 * the last instant of their window. They reach it before the watermark of that step does. Both count the same steps.
 *
 * <pre>{@code
 * var stages = new ReferenceStages<>(minutes, hours, ExpectedPane::key, pane -> sum(pane.values()));
 * stages.event(1_000, "a", 7L);
 * stages.watermark(60_000); // the minute's pane is now in the hour
 * }</pre>
 *
 * <p>Threads: belongs to one thread.
 *
 * @param <K> key of the first model
 * @param <V> value of the first model
 * @param <J> key of the second model
 * @param <U> value of the second model
 */
public final class ReferenceStages<K, V, J, U> {
    private final ReferenceModel<K, V> first;
    private final ReferenceModel<J, U> second;
    private final Function<ExpectedPane<K, V>, @Nullable J> keyOf;
    private final Function<ExpectedPane<K, V>, U> valueOf;
    private int handedOn;

    /**
     * Joins two models, neither of which has made a step.
     *
     * @param second follows the watermark of the first
     * @param keyOf what the second has as key
     * @param valueOf what the second has as value
     */
    public ReferenceStages(
            ReferenceModel<K, V> first,
            ReferenceModel<J, U> second,
            Function<ExpectedPane<K, V>, @Nullable J> keyOf,
            Function<ExpectedPane<K, V>, U> valueOf) {
        this.first = Objects.requireNonNull(first, "first");
        this.second = Objects.requireNonNull(second, "second");
        this.keyOf = Objects.requireNonNull(keyOf, "keyOf");
        this.valueOf = Objects.requireNonNull(valueOf, "valueOf");
    }

    /** The next step: an event of the first stage. */
    public void event(long timestamp, @Nullable K key, V value) {
        event(timestamp, key, value, 0);
    }

    /** As {@link ReferenceModel#event(long, Object, Object, long)}, of the first stage. */
    public void event(long timestamp, @Nullable K key, V value, long extra) {
        first.event(timestamp, key, value, extra);
        handOn();
    }

    /** The next step: the watermark is moved. */
    public void watermark(long newWatermark) {
        first.watermark(newWatermark);
        handOn();
    }

    /** The next step: the clock shows {@code reading}, to both stages. */
    public void clock(long reading) {
        first.clock(reading);
        second.stage(newResults(), keyOf, valueOf, first.watermark(), reading);
    }

    private void handOn() {
        second.stage(newResults(), keyOf, valueOf, first.watermark(), null);
    }

    private List<ExpectedPane<K, V>> newResults() {
        List<ExpectedPane<K, V>> all = first.panes();
        List<ExpectedPane<K, V>> fresh = all.subList(handedOn, all.size());
        handedOn = all.size();
        return fresh;
    }
}

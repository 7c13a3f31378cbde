package io.tidemark.bench;

import io.tidemark.EngineBuilder;
import io.tidemark.EventTimeEngine;
import io.tidemark.Source;
import io.tidemark.bench.workload.EventStream;
import io.tidemark.bench.workload.Payment;
import io.tidemark.bench.workload.TwoProducers;
import io.tidemark.bench.workload.Workload;
import io.tidemark.ring.OfferResult;
import org.jspecify.annotations.Nullable;

/**
 * An engine that gets objects, each made for its event: through a source, or through the entrance that any thread may use, from
 * one or two.
 */
final class EventEngineRun extends EngineRun {
    private final @Nullable TwoProducers producers;
    private final EventTimeEngine<Payment> engine;
    private final @Nullable Source<Payment> source;

    EventEngineRun(Workload workload, boolean shared, int patience) {
        this(workload, shared, false, patience);
    }

    /** Two producers share the entrance. */
    static EventEngineRun twoProducers(Workload workload, int patience) {
        return new EventEngineRun(workload, true, true, patience);
    }

    private EventEngineRun(Workload workload, boolean shared, boolean isTwo, int patience) {
        producers = isTwo ? new TwoProducers((rows, row) -> requireAccepted(publish(Payment.of(rows, row)))) : null;
        long delay = isTwo ? TwoProducers.DELAY : EventStream.JITTER;
        EngineBuilder<Payment> builder =
                configure(EventTimeEngine.<Payment>builder("bench").timestamp(Payment::timestamp), patience, delay);
        engine = (isTwo ? builder : builder.waitStrategy(spinning(patience))).build();
        declare(workload, engine, Payment::key, Payment::value);
        source = shared ? null : engine.source("feed"); // one that is silent would hold the watermark
        engine.start();
    }

    @Override
    EventTimeEngine<Payment> engine() {
        return engine;
    }

    @Override
    void publish(long[] rows) {
        if (producers != null) {
            producers.send(rows);
            return;
        }
        for (int row = 0; row < rows.length; row += EventStream.STRIDE) {
            requireAccepted(publish(Payment.of(rows, row)));
        }
    }

    @Override
    OfferResult publishFence() {
        return publish(new Payment(NO_TIMESTAMP, 0, 0));
    }

    private OfferResult publish(Payment payment) {
        return source == null ? engine.publish(payment) : source.publish(payment);
    }
}

package io.tidemark.bench;

import io.tidemark.EventTimeEngine;
import io.tidemark.Source;
import io.tidemark.bench.workload.EventStream;
import io.tidemark.bench.workload.Payment;
import io.tidemark.bench.workload.Workload;
import io.tidemark.ring.OfferResult;

/** An engine that gets objects, each made for its event: through a source, or through the entrance that any thread may use. */
final class EventEngineRun extends EngineRun {
    private final boolean shared;
    private final EventTimeEngine<Payment> engine;
    private final Source<Payment> source;

    EventEngineRun(Workload workload, boolean shared, int patience) {
        this.shared = shared;
        engine = configure(EventTimeEngine.<Payment>builder("bench").timestamp(Payment::timestamp), patience)
                .build();
        declare(workload, engine, Payment::key, Payment::value);
        source = engine.source("feed");
        if (shared) {
            source.close(); // an open source that is silent would hold the watermark
        }
        engine.start();
    }

    @Override
    EventTimeEngine<Payment> engine() {
        return engine;
    }

    @Override
    void publish(long[] rows) {
        for (int row = 0; row < rows.length; row += EventStream.STRIDE) {
            requireAccepted(publish(Payment.of(rows, row)));
        }
    }

    @Override
    OfferResult publishFence() {
        return publish(new Payment(NO_TIMESTAMP, 0, 0));
    }

    private OfferResult publish(Payment payment) {
        return shared ? engine.publish(payment) : source.publish(payment);
    }
}

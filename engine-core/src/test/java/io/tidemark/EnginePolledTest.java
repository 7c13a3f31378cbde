package io.tidemark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.tidemark.aggregate.Aggregators;
import io.tidemark.ring.OfferResult;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EnginePolledTest {
    private final List<String> lines = new ArrayList<>();

    @Test
    void poll_handlesEventsAndCommands_onTheCallersThread() {
        List<Thread> threads = new ArrayList<>();
        EventTimeEngine<Sale> engine = Engines.sales().polled().build();
        engine.window(Engines.TEN)
                .aggregate(Aggregators.count())
                .dropLate()
                .onResult(result -> threads.add(Thread.currentThread()));
        Source<Sale> source = engine.source("till");
        engine.start();
        assertThat(engine.poll()).isZero();
        Engines.publish(engine, Sale.at(1), Sale.at(2));
        Engines.publish(source, Sale.at(3));
        assertThat(source.advanceTo(10)).isEqualTo(OfferResult.ACCEPTED);
        assertThat(engine.poll() + engine.poll()).isEqualTo(4);
        assertThat(engine.poll()).isZero();
        assertThat(threads).isEmpty();
        assertThat(engine.advanceTo(10)).isEqualTo(OfferResult.ACCEPTED);
        assertThat(engine.poll() + engine.poll()).isOne();
        assertThat(threads).containsExactly(Thread.currentThread());
        Engines.complete(engine);
    }

    @Test
    void publishToAFullRing_pollsItself() {
        EventTimeEngine<Sale> engine = Engines.sums(Engines.sales().polled().capacity(2), lines);
        Source<Sale> source = engine.source("till");
        engine.start();
        for (int i = 0; i < 50; i++) {
            Engines.publish(engine, Sale.at(i));
            Engines.publish(source, Sale.at(i));
        }
        assertThat(lines).isNotEmpty();
        EngineReport report = Engines.complete(engine);
        assertThat(report.metrics().sources()).allMatch(books -> books.shed() == 0 && books.accepted() == 50);
        assertThat(report.metrics().stream("sums").aggregated()).isEqualTo(100);
        assertThat(lines).hasSize(5).allMatch(line -> line.contains(" 20 (20) ON_TIME"));
    }

    @Test
    void advanceToOnAFullRing_pollsItself() {
        EventTimeEngine<Sale> engine = Engines.sums(Engines.sales().polled().capacity(2), lines);
        Source<Sale> source = engine.source("till");
        engine.start();
        for (int i = 0; i < 3_000; i++) {
            assertThat(engine.advanceTo(i)).isEqualTo(OfferResult.ACCEPTED);
            assertThat(source.advanceTo(i)).isEqualTo(OfferResult.ACCEPTED);
        }
        Engines.drain(engine);
        assertThat(engine.metrics().watermark()).isEqualTo(2_999);
        Engines.complete(engine);
    }

    @Test
    void publishToAFullRingBeforeStart_isFull() {
        EventTimeEngine<Sale> engine = Engines.sums(Engines.sales().polled().capacity(2), lines);
        Engines.publish(engine, Sale.at(1), Sale.at(2));
        assertThat(engine.publish(Sale.at(3))).isEqualTo(OfferResult.FULL);
        assertThat(engine.metrics().source("publish").shed()).isOne();
        engine.start();
        Engines.complete(engine);
    }

    @Test
    void pollFromACallback_isRefused() {
        EventTimeEngine<Sale> engine = Engines.sales().polled().build();
        engine.window(Engines.TEN).aggregate(Aggregators.count()).dropLate().onResult(result -> {
            assertThatIllegalStateException().isThrownBy(engine::poll).withMessageContaining("not from a call-back");
            lines.add("refused");
        });
        engine.start();
        Engines.publish(engine, Sale.at(1), Sale.at(12));
        Engines.complete(engine);
        assertThat(lines).containsExactly("refused", "refused");
    }

    @Test
    void publishFromACallback_onAFullRing_isFullAtOnce() {
        EventTimeEngine<Sale> engine = Engines.sales().polled().capacity(2).build();
        List<OfferResult> answers = new ArrayList<>();
        engine.window(Engines.TEN).aggregate(Aggregators.count()).dropLate().onResult(result -> {
            for (int i = 0; i < 3 && result.start() == 0; i++) {
                answers.add(engine.publish(Sale.at(15)));
            }
        });
        engine.start();
        Engines.publish(engine, Sale.at(1), Sale.at(12));
        Engines.drain(engine);
        assertThat(answers).containsExactly(OfferResult.ACCEPTED, OfferResult.ACCEPTED, OfferResult.FULL);
        Engines.complete(engine);
    }

    @Test
    void pollOutOfTurn_isRefused() {
        EventTimeEngine<Sale> notStarted = Engines.sums(Engines.sales().polled(), lines);
        assertThatIllegalStateException().isThrownBy(notStarted::poll).withMessageContaining("not started");
        Engines.stop(notStarted);

        EventTimeEngine<Sale> ownThread = Engines.sums(Engines.sales(), lines);
        ownThread.start();
        assertThatIllegalStateException().isThrownBy(ownThread::poll).withMessageContaining("polled()");
        Engines.complete(ownThread);
    }

    @Test
    void pollAfterTheEnd_isZero() {
        EventTimeEngine<Sale> engine = Engines.sums(Engines.sales().polled(), lines);
        engine.start();
        Engines.complete(engine);
        assertThat(engine.poll()).isZero();
    }
}

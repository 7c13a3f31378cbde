package io.tidemark;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.aggregate.Aggregators;
import io.tidemark.watermark.IdlePolicy;
import io.tidemark.watermark.WatermarkStrategy;
import io.tidemark.window.Windows;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/** Each situation in which somebody asks why a window is still open. */
class EngineExplainTest {
    private static final WatermarkStrategy<Sale> DELAYED =
            WatermarkStrategy.boundedOutOfOrderness(Duration.ofMillis(5));
    private static final WatermarkStrategy<Sale> IDLE_AFTER_100 = DELAYED.withIdleTimeout(Duration.ofMillis(100));

    @Test
    void notStarted() {
        Stepped stepped = new Stepped(DELAYED);
        Source<Sale> source = stepped.source("till");
        Engines.publish(source, Sale.at(1), Sale.at(2));
        assertThat(stepped.engine.explain())
                .contains("Engine sales is NEW", "not started; call start()", "till", "2 events wait in its ring");
        stepped.start().complete();
    }

    @Test
    void noEventYet() {
        Stepped stepped = new Stepped(DELAYED).start();
        assertThat(stepped.engine.explain())
                .contains("no watermark yet", "no source has sent an event", "Windows sums (sliced): none is open")
                .contains("Source publish: has sent nothing yet, and counts from its first event");
        stepped.complete();
    }

    @Test
    void aSourceThatHasNotSent_holdsTheFirstWatermark() {
        Stepped stepped = new Stepped(DELAYED);
        assertThat(stepped.source("silent")).isNotNull();
        stepped.start();
        stepped.publish(Sale.at(3));
        assertThat(stepped.engine.explain())
                .contains("no watermark yet: source silent has not said how far it is")
                .contains("Source silent: has sent nothing yet");
        stepped.complete();
    }

    @Test
    void anOpenWindow_andTheEventThatClosesIt() {
        Stepped stepped = new Stepped(DELAYED).start();
        stepped.publish(Sale.at(3), new Sale(4, 2, 1), Sale.at(17));
        assertThat(stepped.engine.explain())
                .contains("Engine sales is RUNNING", "Watermark 12 (1970-01-01T00:00:00.012Z)")
                .contains("Source publish holds it there")
                .contains("Windows sums (sliced): 1 open; the first ends at 20 (1970-01-01T00:00:00.020Z)")
                .contains("when source publish has sent an event stamped 25 (1970-01-01T00:00:00.025Z) or later");
        stepped.complete();
    }

    @Test
    void theSourceThatHolds_isNamed() {
        Stepped stepped = new Stepped(DELAYED);
        Source<Sale> slow = stepped.source("slow");
        Source<Sale> fast = stepped.source("fast");
        stepped.start();
        stepped.publish(slow, Sale.at(8));
        stepped.publish(fast, Sale.at(95));
        assertThat(stepped.engine.explain())
                .contains("Watermark 3 ", "Source slow holds it there", "Source fast: watermark 90 ")
                .contains("when source slow has sent an event stamped 15 ");
        stepped.complete();
    }

    @Test
    void anIdleSource_isPassedOver_andAClosedOneCountsNoMore() {
        Stepped stepped = new Stepped(DELAYED);
        Source<Sale> idle = stepped.source("idle", IDLE_AFTER_100);
        Source<Sale> closed = stepped.source("closed");
        Source<Sale> busy = stepped.source("busy");
        stepped.start();
        stepped.publish(idle, Sale.at(8));
        stepped.publish(busy, Sale.at(95));
        closed.close();
        stepped.millis(100);
        assertThat(stepped.engine.explain())
                .contains("Source idle: watermark 3 (1970-01-01T00:00:00.003Z); idle, so it is passed over")
                .contains("Source closed: closed, it no longer counts")
                .contains("Source busy holds it there");
        stepped.complete();
    }

    @Test
    void allIdle_HOLD() {
        Stepped stepped = new Stepped(IDLE_AFTER_100).start();
        stepped.publish(Sale.at(8));
        stepped.millis(100);
        assertThat(stepped.engine.explain())
                .contains("All sources are idle or closed; it stays", "HOLD")
                .contains("the first ends at 10 ")
                .doesNotContain("has sent an event stamped");
        stepped.complete();
    }

    @Test
    void allIdle_FOLLOW() {
        Stepped stepped = new Stepped(Engines.sales().watermark(IDLE_AFTER_100).idlePolicy(IdlePolicy.FOLLOW)).start();
        stepped.publish(Sale.at(8));
        stepped.millis(100);
        assertThat(stepped.engine.explain()).contains("All sources are idle; it follows the clock (FOLLOW)");
        stepped.complete();
    }

    @Test
    void byHand_namesNoEventThatWouldCloseTheWindow() {
        Stepped stepped = new Stepped(WatermarkStrategy.manual()).start();
        stepped.publish(Sale.at(8));
        assertThat(stepped.engine.explain())
                .contains("has sent, but its watermark has not moved yet", "the first ends at 10 ")
                .doesNotContain("has sent an event stamped");
        stepped.complete();
    }

    @Test
    void sessionsAndTheGlobalWindow() {
        EventTimeEngine<Sale> engine = Engines.sales().polled().build();
        engine.window(Windows.session(Duration.ofMillis(10)))
                .named("visits")
                .aggregate(Aggregators.count())
                .dropLate()
                .onResult(result -> {});
        engine.window(Windows.global())
                .named("ever")
                .aggregate(Aggregators.count())
                .dropLate()
                .onResult(result -> {});
        engine.start();
        Engines.publish(engine, Sale.at(8));
        Engines.drain(engine);
        assertThat(engine.explain())
                .contains("Windows visits (sessions): 1 open; the first ends at 18 ")
                .contains("Windows ever (sliced): 1 open; the first closes at the end of input");
        Engines.complete(engine);
    }

    @Test
    void busyInACallback_namesItsWindows() {
        Gate gate = new Gate();
        EventTimeEngine<Sale> engine = Engines.sales().build();
        engine.window(Engines.TEN)
                .named("slow")
                .aggregate(Aggregators.count())
                .dropLate()
                .onResult(result -> gate.pass());
        engine.start();
        Engines.publish(engine, Sale.at(1), Sale.at(12));
        gate.awaitEntered();
        assertThat(engine.explain()).contains("RUNNING", "thread is busy", "call-back of slow", "no window can close");
        gate.open();
        Engines.complete(engine);
    }

    @Test
    void ended() {
        EventTimeEngine<Sale> completed = Engines.sums(Engines.sales(), new ArrayList<>());
        completed.start();
        Engines.complete(completed);
        assertThat(completed.explain()).contains("COMPLETED", "Nothing will be processed any more", "0 open windows");

        EventTimeEngine<Sale> closed = Engines.sums(Engines.sales().polled(), new ArrayList<>());
        closed.start();
        Engines.publish(closed, Sale.at(1));
        Engines.drain(closed);
        Engines.publish(closed, Sale.at(2), Sale.at(3));
        Engines.stop(closed);
        assertThat(closed.explain()).contains("CLOSED", "1 open windows and 2 waiting events were discarded");
    }

    @Test
    void fromACallback_itAnswersToo() {
        EventTimeEngine<Sale> engine = Engines.sales().build();
        ArrayList<String> explained = new ArrayList<>();
        engine.window(Engines.TEN)
                .aggregate(Aggregators.count())
                .dropLate()
                .onResult(result -> explained.add(engine.explain()));
        engine.start();
        Engines.publish(engine, Sale.at(1));
        Engines.complete(engine);
        assertThat(explained).singleElement().asString().contains("COMPLETING");
    }
}

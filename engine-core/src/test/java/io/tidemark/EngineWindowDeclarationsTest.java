package io.tidemark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.tidemark.aggregate.Aggregators;
import io.tidemark.window.ClosingBehavior;
import io.tidemark.window.Firing;
import io.tidemark.window.Trigger;
import io.tidemark.window.WindowAssigner;
import io.tidemark.window.Windows;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Windows, triggers and behaviours that do not go together are refused with the remedy, at the latest by start(). */
class EngineWindowDeclarationsTest {
    private static final Trigger EARLY = Trigger.afterWatermark().early(Firing.everyEvents(2));
    private static final Duration HORIZON = Duration.ofMillis(100);

    private static Duration millis(long millis) {
        return Duration.ofMillis(millis);
    }

    private static EventTimeEngine<Sale> declared(
            WindowAssigner<? super Sale> windows, UnaryOperator<WindowedStream<Sale, Long>> rules) {
        EventTimeEngine<Sale> engine = Engines.sales().polled().build();
        WindowedStream<Sale, Long> stream =
                engine.keyByLong(Sale::shop).window(windows).named("sums");
        rules.apply(stream)
                .aggregate(Aggregators.sumExact(Sale::amount))
                .dropLate()
                .onResult(result -> {});
        return engine;
    }

    private static void accepted(
            WindowAssigner<? super Sale> windows, UnaryOperator<WindowedStream<Sale, Long>> rules) {
        EventTimeEngine<Sale> engine = declared(windows, rules);
        assertThatNoException().isThrownBy(engine::start);
        Engines.publish(engine, Sale.at(1), Sale.at(2));
        Engines.complete(engine);
    }

    private static void refused(
            WindowAssigner<? super Sale> windows, UnaryOperator<WindowedStream<Sale, Long>> rules, String... words) {
        EventTimeEngine<Sale> engine = declared(windows, rules);
        assertThatIllegalArgumentException().isThrownBy(engine::start).withMessageContainingAll(words);
        assertThat(engine.state()).isEqualTo(EngineState.NEW);
        engine.close();
    }

    @Test
    void windowsWithATriggerOfTheirOwn_takeNoOther_andNoOtherAccumulation() {
        for (WindowAssigner<Object> windows : List.of(Windows.count(5), Windows.timeOrCount(millis(10), 5))) {
            EventTimeEngine<Sale> engine = Engines.sales().polled().build();
            WindowedStream<Sale, Long> stream =
                    engine.keyByLong(Sale::shop).window(windows).named("fives");
            assertThatIllegalStateException()
                    .isThrownBy(() -> stream.trigger(Trigger.never()))
                    .withMessageContainingAll("fives", "a trigger", "Trigger.repeatedly(...)");
            assertThatIllegalStateException()
                    .isThrownBy(stream::discarding)
                    .withMessageContainingAll("fives", "an accumulation mode");
            assertThatIllegalStateException().isThrownBy(stream::retracting);
        }
    }

    @Test
    void leavingOutUnchangedPanes_isRefusedWithDiscardingOnes_inEitherOrder() {
        refused(
                Engines.TEN,
                stream -> stream.discarding().suppressUnchanged(),
                "unchanged results can be left out only where panes accumulate");
        refused(Engines.TEN, stream -> stream.suppressUnchanged().discarding(), "discarding pane");
        refused(Windows.count(5), WindowedStream::suppressUnchanged, "discarding pane");
        accepted(Engines.TEN, stream -> stream.suppressUnchanged().retracting());
    }

    @Test
    void moreThanAThousandWindowsForAnEvent_areRefusedOnlyUnderATriggerThatUpdatesEach() {
        WindowAssigner<Object> wide = Windows.sliding(millis(1_001), millis(1));
        accepted(wide, stream -> stream);
        accepted(Windows.sliding(millis(1_000), millis(1)), stream -> stream.trigger(EARLY));
        String[] words = {"sums", "1001 windows", "the most is 1000"};
        refused(wide, stream -> stream.trigger(EARLY), words);
        refused(wide, WindowedStream::retracting, words);
        refused(wide, WindowedStream::suppressUnchanged, words);
        refused(wide, stream -> stream.closing(ClosingBehavior.FIRE_ALWAYS), words);
        refused(
                wide,
                stream -> stream.discarding().trigger(Trigger.afterWatermark().lateEvery(2)),
                words);
    }

    @Test
    void aRefusedStart_canBeMended() {
        EventTimeEngine<Sale> engine = Engines.sales().polled().build();
        WindowedStream<Sale, Long> stream =
                engine.keyByLong(Sale::shop).window(Engines.TEN).named("sums").suppressUnchanged();
        stream.discarding();
        stream.aggregate(Aggregators.sumExact(Sale::amount)).dropLate().onResult(result -> {});
        assertThatIllegalArgumentException().isThrownBy(engine::start);
        stream.retracting();
        engine.start();
        Engines.publish(engine, Sale.at(1));
        Engines.complete(engine);
        assertThat(engine.metrics().stream("sums").panes()).isEqualTo(1);
    }

    @Test
    void aStepOfEventTime_isAWholeNumberOfUnits() {
        Trigger step = Trigger.afterWatermark().early(Firing.everyEventTime(Duration.ofNanos(1_500_000)));
        refused(Engines.TEN, stream -> stream.trigger(step), "step of event time", "PT0.0015S", "MILLISECONDS");
        EventTimeEngine<Sale> finer =
                Engines.sales().timeUnit(TimeUnit.MICROSECONDS).polled().build();
        finer.window(Engines.TEN)
                .trigger(step)
                .aggregate(Aggregators.count())
                .dropLate()
                .onResult(result -> {});
        assertThatNoException().isThrownBy(finer::start);
        Engines.complete(finer);
    }

    @Test
    void anIntervalOfTheClock_needNotBeAWholeNumberOfUnits() {
        accepted(
                Engines.TEN,
                stream ->
                        stream.trigger(Trigger.afterWatermark().early(Firing.everyClock(Duration.ofNanos(1_500_000)))));
    }

    @Test
    void emptyWindows_goWithEdgesThatDependOnTimeAlone_andPanesAtTheEnd() {
        accepted(Engines.TEN, stream -> stream.emptyWindows(HORIZON));
        accepted(Windows.sliding(millis(20), millis(10)), stream -> stream.emptyWindows(HORIZON));
        accepted(
                Windows.cumulating(Engines.TEN, millis(5)),
                stream -> stream.emptyWindows(HORIZON).discarding());
        accepted(
                Windows.days(java.time.ZoneOffset.UTC),
                stream -> stream.emptyWindows(HORIZON)
                        .trigger(Trigger.afterWatermark().lateEvery(3)));
    }

    @Test
    void emptyWindows_areRefusedWhereTheyCannotBeGiven() {
        refused(
                Windows.sliding(millis(5), millis(10)),
                stream -> stream.emptyWindows(HORIZON),
                "sums",
                "leave no time");
        List<WindowAssigner<? super Sale>> byEvents = List.of(
                Windows.session(millis(10)),
                Windows.sessionBy(Sale::amount),
                Windows.following(millis(10)),
                Windows.tumblingBy(Sale::amount),
                Windows.count(5),
                Windows.custom((timestamp, input, windows) -> {}));
        for (WindowAssigner<? super Sale> windows : byEvents) {
            refused(windows, stream -> stream.emptyWindows(HORIZON), "sums");
        }
        refused(Engines.TEN, stream -> stream.emptyWindows(HORIZON).trigger(EARLY), "sums");
        refused(Engines.TEN, stream -> stream.emptyWindows(HORIZON).retracting(), "sums");
        refused(Engines.TEN, stream -> stream.emptyWindows(HORIZON).suppressUnchanged(), "sums");
        refused(Engines.TEN, stream -> stream.emptyWindows(HORIZON).closing(ClosingBehavior.FIRE_ALWAYS), "sums");
    }

    @Test
    void explain_namesTheOperator() {
        EventTimeEngine<Sale> engine = Engines.sales().polled().build();
        List<WindowAssigner<? super Sale>> kinds =
                List.of(Engines.TEN, Windows.count(3), Windows.session(millis(10)), Windows.following(millis(10)));
        for (WindowAssigner<? super Sale> windows : kinds) {
            engine.keyByLong(Sale::shop)
                    .window(windows)
                    .aggregate(Aggregators.count())
                    .dropLate()
                    .onResult(result -> {});
        }
        engine.keyByLong(Sale::shop)
                .window(Engines.TEN)
                .named("early")
                .trigger(EARLY)
                .aggregate(Aggregators.count())
                .dropLate()
                .onResult(result -> {});
        engine.start();
        Engines.publish(engine, Sale.at(8));
        Engines.drain(engine);
        assertThat(engine.explain())
                .contains("Windows windows-1 (sliced): 1 open; the first ends at 10 ")
                .contains("Windows windows-2 (per-window): 1 open; the first closes at the end of input")
                .contains("Windows windows-3 (sessions): 1 open; the first ends at 18 ")
                .contains("Windows windows-4 (per-window): 1 open; the first ends at 9 ")
                .contains("Windows early (per-window): 1 open; the first ends at 10 ");
        Engines.complete(engine);
    }
}

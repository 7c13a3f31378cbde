package io.tidemark.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.aggregate.Aggregates;
import io.tidemark.aggregate.Aggregation;
import io.tidemark.aggregate.Aggregator;
import io.tidemark.aggregate.Aggregators;
import io.tidemark.watermark.WatermarkStrategy;
import io.tidemark.window.Pane;
import io.tidemark.window.TimeWindow;
import io.tidemark.window.WindowResult;
import io.tidemark.window.Windows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What a listener sees, during the call and after it. */
class PaneViewTest {
    private static final Aggregation<Object, Long> SUM = Aggregators.sumExact(row -> 0);
    private static final Aggregation<Object, Long> COUNT = Aggregators.count();

    private final ChainHarness harness = new ChainHarness().source(WatermarkStrategy.ascending());

    /** Gives rows to one stream and ends the input; what listeners throw comes out. */
    private <R> void give(
            KeyLocation.Kind key,
            Aggregation<Object, R> aggregation,
            List<Integer> inputs,
            Consumer<WindowResult<Object, R>> listener,
            Row... rows) {
        Stream stream =
                Stream.of("seen", Windows.tumbling(Duration.ofMillis(10))).by(key);
        harness.chain.add(stream.spec(aggregation, inputs, listener::accept, late -> {}));
        harness.rows(rows);
        harness.finish();
    }

    private List<WindowResult<Object, Long>> sums(KeyLocation.Kind key, boolean copies, Row... rows) {
        List<WindowResult<Object, Long>> seen = new ArrayList<>();
        give(key, SUM, List.of(Row.VALUE_COLUMN), view -> seen.add(copies ? view.copy() : view), rows);
        assertThat(harness.failures).isEmpty();
        return seen;
    }

    @Test
    void aCopy_staysWhatItWas() {
        List<WindowResult<Object, Long>> copies =
                sums(KeyLocation.Kind.LONG, true, Row.of(1, 7, 5), Row.of(2, 7, 6), Row.of(11, 8, 9));
        WindowResult<Object, Long> first = copies.get(0);
        assertThat(first.stream()).isEqualTo("seen");
        assertThat(first.key()).isEqualTo(7L);
        assertThat(first.longKey()).isEqualTo(7);
        assertThat(first.window()).isEqualTo(new TimeWindow(0, 10));
        assertThat(first.pane()).isEqualTo(new Pane(Pane.Timing.ON_TIME, 0, true));
        assertThat(first.count()).isEqualTo(2);
        assertThat(first.value()).isEqualTo(11);
        assertThat(first.longValue()).isEqualTo(11);
        assertThat(first.overflowed()).isFalse();
        assertThat(first.incomplete()).isFalse();
        assertThat(first.copy()).isSameAs(first);
        assertThat(first).hasToString("WindowResult[seen [0, 10) Pane[timing=ON_TIME, number=0, last=true], 2 events]");
        assertThat(copies.get(1).longKey()).isEqualTo(8);
    }

    @Test
    void aView_isOverAfterTheCall() {
        WindowResult<Object, Long> kept =
                sums(KeyLocation.Kind.LONG, false, Row.of(1, 7, 5)).get(0);
        List<Consumer<WindowResult<Object, Long>>> reads = List.of(
                WindowResult::key,
                WindowResult::longKey,
                WindowResult::start,
                WindowResult::end,
                WindowResult::window,
                WindowResult::pane,
                WindowResult::count,
                WindowResult::value,
                WindowResult::longValue,
                WindowResult::overflowed,
                WindowResult::incomplete,
                WindowResult::copy);
        for (Consumer<WindowResult<Object, Long>> read : reads) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> read.accept(kept))
                    .withMessageContaining("keep result.copy() instead");
        }
    }

    @Test
    void betweenResults_aViewKeepsNothingAlive() {
        WindowResult<Object, Long> kept =
                sums(KeyLocation.Kind.LONG, false, Row.of(1, 7, 5)).get(0);
        assertThat(kept).as("once its results are given").extracting("entries").isNull();
    }

    @Test
    void aViewThatLetsGo_holdsNeitherAnEntryNorTheSessionsReplaced() {
        AggregateColumns<Object, Long> columns = AggregateColumns.none((stage, name, cause) -> {
            throw new AssertionError(cause);
        });
        PaneView<Object, Long> view = new PaneView<>("seen", KeyLocation.Kind.LONG, null, columns);
        KeyTable table = new KeyTable(columns, null, false);
        view.show(table, table.claim(7, 0), 0, 10, Pane.of(Pane.Timing.ON_TIME, 0, true));
        view.replaces(List.of(new TimeWindow(0, 5), new TimeWindow(6, 10)));
        assertThat(view.longKey()).isEqualTo(7);
        assertThat(view.replaced()).hasSize(2);
        view.letGo();
        assertThatIllegalStateException().isThrownBy(view::longKey);
        assertThat(view).extracting("entries").isNull();
        assertThat(view).extracting("replaced").isEqualTo(List.of());
    }

    @Test
    void keys_areReadAsTheyWereDeclared() {
        WindowResult<Object, Long> object =
                sums(KeyLocation.Kind.OBJECT, true, Row.of(1, 7, 5)).get(0);
        assertThat(object.key()).isEqualTo(new Row.ObjectKey(7));
        assertThatIllegalStateException().isThrownBy(object::longKey).withMessageContaining("use keyByLong");
        WindowResult<Object, Long> none = new PaneViewTest()
                .sums(KeyLocation.Kind.NONE, true, Row.of(1, 7, 5))
                .get(0);
        assertThatIllegalStateException().isThrownBy(none::key).withMessageContaining("have no key");
        assertThatIllegalStateException().isThrownBy(none::longKey);
    }

    @Test
    void aSumThatOverflowed_saysSoInsteadOfWrapping() {
        WindowResult<Object, Long> copy = sums(
                        KeyLocation.Kind.LONG, true, Row.of(1, 7, Long.MAX_VALUE), Row.of(2, 7, 1))
                .get(0);
        assertThat(copy.overflowed()).isTrue();
        assertThat(copy.count()).isEqualTo(2);
        assertThatThrownBy(copy::value)
                .isInstanceOf(ArithmeticException.class)
                .hasMessageContaining("9223372036854775808");
        assertThatThrownBy(copy::longValue).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void severalParts_areReadByTheirHandles_inViewAndCopy() {
        List<WindowResult<Object, Aggregates>> seen = new ArrayList<>();
        give(
                KeyLocation.Kind.LONG,
                Aggregators.all(COUNT, SUM),
                List.of(Row.VALUE_COLUMN),
                view -> {
                    assertThat(view.value().getLong(SUM)).isEqualTo(11);
                    assertThat(view.value().get(COUNT)).isEqualTo(2);
                    assertThatThrownBy(view::longValue).isInstanceOf(UnsupportedOperationException.class);
                    seen.add(view.copy());
                },
                Row.of(1, 7, 5),
                Row.of(2, 7, 6));
        assertThat(harness.failures).isEmpty();
        assertThat(seen).hasSize(1);
        assertThat(seen.get(0).value().getLong(SUM)).isEqualTo(11);
        assertThat(seen.get(0).value().get(COUNT)).isEqualTo(2);
        assertThatThrownBy(seen.get(0)::longValue).isInstanceOf(UnsupportedOperationException.class);
    }

    /** Throws on the value 13. */
    private static final class Superstitious implements Aggregator<Object, List<Long>, List<Long>> {
        @Override
        public List<Long> create() {
            return new ArrayList<>();
        }

        @Override
        public void accumulate(List<Long> accumulator, Object event) {
            long value = ((Row) event).value();
            if (value == 13) {
                throw new IllegalStateException("unlucky");
            }
            accumulator.add(value);
        }

        @Override
        public List<Long> combine(List<Long> left, List<Long> right) {
            left.addAll(right);
            return left;
        }

        @Override
        public List<Long> export(List<Long> accumulator) {
            return List.copyOf(accumulator);
        }
    }

    @Test
    void whereAnAggregatorThrew_thatWindowAloneIsIncomplete() {
        List<String> seen = new ArrayList<>();
        give(
                KeyLocation.Kind.LONG,
                new Superstitious(),
                List.of(),
                view -> seen.add(view.key() + " " + view.value() + " of " + view.count() + " " + view.incomplete()),
                Row.of(1, 7, 5),
                Row.of(2, 7, 13),
                Row.of(3, 7, 6),
                Row.of(4, 8, 9));
        assertThat(harness.failures).hasSize(1);
        assertThat(seen).containsExactlyInAnyOrder("7 [5, 6] of 3 true", "8 [9] of 1 false");
    }

    @Test
    void aListenerThatThrows_isReported_andTheOthersGoOn() {
        List<Long> seen = new ArrayList<>();
        give(
                KeyLocation.Kind.LONG,
                SUM,
                List.of(Row.VALUE_COLUMN),
                view -> {
                    seen.add(view.longKey());
                    throw new IllegalStateException("listener");
                },
                Row.of(1, 7, 5),
                Row.of(2, 8, 6));
        assertThat(harness.failures).hasSize(2);
        assertThat(seen).containsExactlyInAnyOrder(7L, 8L);
    }
}

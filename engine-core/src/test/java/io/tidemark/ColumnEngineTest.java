package io.tidemark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tidemark.aggregate.Aggregators;
import io.tidemark.operator.FailureHandler.Stage;
import io.tidemark.ring.OfferResult;
import io.tidemark.watermark.WatermarkStrategy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The door without event objects: rows of timestamp, shop, amount. */
class ColumnEngineTest {
    private static final Column SHOP = Column.of("shop");
    private static final Column AMOUNT = Column.of("amount");

    private final List<String> lines = new ArrayList<>();
    private final List<Failure> failures = new ArrayList<>();

    private static ColumnEngineBuilder builder() {
        return EventTimeEngine.columns("columns", "shop", "amount")
                .watermark(WatermarkStrategy.ascending())
                .polled();
    }

    private ColumnEngine sums(ColumnEngineBuilder builder) {
        ColumnEngine engine = builder.errorPolicy(failure -> {
                    failures.add(failure);
                    return ErrorPolicy.Decision.GO_ON;
                })
                .build();
        engine.keyByLong(SHOP)
                .window(Engines.TEN)
                .named("sums")
                .aggregate(Aggregators.sumExact(AMOUNT))
                .dropLate()
                .onResult(result -> lines.add(Engines.line(result)));
        return engine;
    }

    private static long refuseNegative(LongRow row) {
        if (row.get("amount") < 0) {
            throw new IllegalStateException("negative");
        }
        return row.get(0) * 1_000 + row.get(1);
    }

    @Test
    void rowsOfAnArray_areEvents() {
        ColumnEngine engine = sums(builder());
        ColumnSource source = engine.source("till");
        engine.start();
        long[] rows = {-1, -1, 1, 7, 5, 2, 7, 6, 12, 8, 1, -1};
        assertThat(source.publish(rows, 2, 3)).isEqualTo(3);
        Engines.complete(engine);
        assertThat(lines).containsExactly("7 [0, 10) 11 (2) ON_TIME 0 last", "8 [10, 20) 1 (1) ON_TIME 0 last");
    }

    @Test
    void singleRows_areEvents_atEitherEntrance() {
        ColumnEngine engine = sums(builder());
        ColumnSource source = engine.source("till");
        engine.start();
        assertThat(source.publish(LongRow.of(1, 7, 5))).isEqualTo(OfferResult.ACCEPTED);
        assertThat(source.offer(LongRow.of(2, 7, 6))).isEqualTo(OfferResult.ACCEPTED);
        assertThat(engine.publish(LongRow.of(3, 7, 7))).isEqualTo(OfferResult.ACCEPTED);
        Engines.complete(engine);
        assertThat(lines).containsExactly("7 [0, 10) 18 (3) ON_TIME 0 last");
    }

    @Test
    void theArray_canBeUsedAgainAtOnce() {
        ColumnEngine engine = sums(builder());
        ColumnSource source = engine.source("till");
        engine.start();
        long[] row = {1, 7, 5};
        assertThat(source.publish(row, 0, 1)).isOne();
        row[2] = 100;
        Engines.complete(engine);
        assertThat(lines).containsExactly("7 [0, 10) 5 (1) ON_TIME 0 last");
    }

    @Test
    void publishAcrossTheEndOfTheRing_isWhole() {
        for (boolean derived : new boolean[] {false, true}) {
            lines.clear();
            ColumnEngine engine = builder().capacity(8).build();
            engine.keyByLong(SHOP)
                    .window(Engines.TEN)
                    .ordered()
                    .aggregate(derived ? Aggregators.sumExact(row -> row.get("amount")) : Aggregators.sumExact(AMOUNT))
                    .dropLate()
                    .onResult(result -> lines.add(Engines.line(result)));
            ColumnSource source = engine.source("till");
            engine.start();
            for (int round = 0; round < 10; round++) {
                long[] rows = new long[5 * 3];
                for (int i = 0; i < 5; i++) {
                    rows[3 * i] = round * 10 + i;
                    rows[3 * i + 1] = i;
                    rows[3 * i + 2] = round * 10 + i;
                }
                assertThat(source.publish(rows, 0, 5)).isEqualTo(5);
                Engines.drain(engine);
            }
            Engines.complete(engine);
            List<String> expected = new ArrayList<>();
            for (int round = 0; round < 10; round++) {
                for (int i = 0; i < 5; i++) {
                    expected.add(i + " [" + round * 10 + ", " + (round * 10 + 10) + ") " + (round * 10 + i)
                            + " (1) ON_TIME 0 last");
                }
            }
            assertThat(lines).isEqualTo(expected);
        }
    }

    @Test
    void moreRowsThanTheRingHolds_arePublishedByPolling_andShedByOffer() {
        ColumnEngine engine = sums(builder().capacity(4).publishTimeout(Duration.ZERO));
        ColumnSource source = engine.source("till");
        long[] rows = new long[3 * 10];
        for (int i = 0; i < 10; i++) {
            rows[3 * i] = i;
            rows[3 * i + 2] = 1;
        }
        assertThat(source.offer(rows, 0, 10)).isEqualTo(4);
        assertThat(engine.metrics().source("till").shed()).isEqualTo(6);
        // not started: nobody makes room
        assertThat(source.publish(rows, 12, 6)).isZero();
        assertThat(engine.metrics().source("till").shed()).isEqualTo(12);
        engine.start();
        assertThat(source.publish(rows, 12, 6)).isEqualTo(6);
        EngineReport report = Engines.complete(engine);
        assertThat(lines).containsExactly("0 [0, 10) 10 (10) ON_TIME 0 last");
        assertThat(report.metrics().source("till").accepted()).isEqualTo(10);
        assertThat(source.publish(rows, 0, 10)).isZero();
        assertThat(source.offer(rows, 0, 10)).isZero();
        assertThat(engine.metrics().source("till").shed()).isEqualTo(12);
    }

    @Test
    void moreRowsThanTheRingHolds_waitForTheEnginesThread() {
        ColumnEngine engine = EventTimeEngine.columns("columns", "shop", "amount")
                .watermark(WatermarkStrategy.ascending())
                .capacity(4)
                .build();
        engine.window(Engines.TEN)
                .aggregate(Aggregators.sumExact(AMOUNT))
                .dropLate()
                .onResult(result -> lines.add(result.value() + " (" + result.count() + ")"));
        ColumnSource source = engine.source("till");
        engine.start();
        long[] rows = new long[3 * 1_000];
        for (int i = 0; i < 1_000; i++) {
            rows[3 * i + 2] = i;
        }
        assertThat(source.publish(rows, 0, 1_000)).isEqualTo(1_000);
        Engines.complete(engine);
        assertThat(lines).containsExactly("499500 (1000)");
    }

    @Test
    void rowsOutsideTheArray_areRefused() {
        ColumnEngine engine = sums(builder().capacity(2));
        ColumnSource source = engine.source("till");
        long[] rows = new long[9];
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> source.publish(rows, 1, 3));
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> source.offer(rows, -1, 1));
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> source.offer(rows, 0, -1));
        // 3 * 1431655766 is 2 in 32 bits
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> source.offer(rows, 0, 1_431_655_766));
        assertThat(source.publish(rows, 9, 0)).isZero();
        assertThat(engine.metrics().source("till").accepted()).isZero();
        Engines.stop(engine);
    }

    @Test
    void derivedColumns_areComputedFromTheRow() {
        ColumnEngine engine = builder().build();
        engine.keyByLong(row -> row.get("shop") % 10)
                .window(Engines.TEN)
                .aggregate(Aggregators.sumExact(row -> row.get(0) * row.get(1) + row.timestamp()))
                .dropLate()
                .onResult(result -> lines.add(Engines.line(result)));
        ColumnSource source = engine.source("till");
        engine.start();
        assertThat(source.publish(new long[] {1, 17, 2, 2, 27, 3}, 0, 2)).isEqualTo(2);
        assertThat(engine.publish(LongRow.of(3, 37, 4))).isEqualTo(OfferResult.ACCEPTED);
        Engines.complete(engine);
        assertThat(lines)
                .containsExactly("7 [0, 10) " + (17 * 2 + 1 + 27 * 3 + 2 + 37 * 4 + 3) + " (3) ON_TIME 0 last");
    }

    @Test
    void aDerivedColumnThatThrows_costsItsRowAlone() {
        ColumnEngine engine = builder()
                .errorPolicy(failure -> {
                    failures.add(failure);
                    return ErrorPolicy.Decision.GO_ON;
                })
                .build();
        engine.window(Engines.TEN)
                .aggregate(Aggregators.sumExact(ColumnEngineTest::refuseNegative))
                .dropLate()
                .onResult(result -> lines.add(result.value() + " (" + result.count() + ")"));
        ColumnSource source = engine.source("till");
        engine.start();
        long[] rows = {1, 1, -1, 2, 2, 1, 3, 3, -1, 4, 4, 1, 5, 5, -1};
        assertThat(source.publish(rows, 0, 5)).isEqualTo(5);
        EngineReport report = Engines.complete(engine);
        assertThat(lines).containsExactly("6002 (2)");
        assertThat(report.metrics().source("till").failed()).isEqualTo(3);
        assertThat(report.metrics().source("till").accepted()).isEqualTo(5);
        assertThat(failures)
                .hasSize(3)
                .allMatch(failure ->
                        failure.stage() == Stage.EXTRACTOR && failure.name().equals("till"));
    }

    @Test
    void aDerivedColumnThatThrows_andAPolicyThatSaysStop() {
        ColumnEngine engine = builder().errorPolicy(ErrorPolicy.stop()).build();
        engine.window(Engines.TEN)
                .aggregate(Aggregators.sumExact(ColumnEngineTest::refuseNegative))
                .dropLate()
                .onResult(result -> {});
        ColumnSource source = engine.source("till");
        engine.start();
        assertThat(source.publish(new long[] {1, 1, 1, 2, 2, -1, 3, 3, 1}, 0, 3))
                .isEqualTo(3);
        assertThat(engine.poll()).isZero();
        assertThat(engine.state()).isEqualTo(EngineState.FAILED);
        assertThat(engine.report().cause()).hasMessage("negative");
        Engines.stop(engine);
    }

    @Test
    void aRowOfTheWrongWidth_isFailed_andThePolicyIsToldWhy() {
        ColumnEngine engine = sums(builder());
        ColumnSource source = engine.source("till");
        engine.start();
        assertThat(source.publish(LongRow.of(1, 7))).isEqualTo(OfferResult.ACCEPTED);
        assertThat(engine.publish(LongRow.of(1, 7, 5, 9))).isEqualTo(OfferResult.ACCEPTED);
        EngineReport report = Engines.complete(engine);
        assertThat(report.metrics().sources()).allMatch(books -> books.failed() == 1);
        assertThat(failures)
                .extracting(failure -> failure.cause().getMessage())
                .containsExactlyInAnyOrder(
                        "a row needs a timestamp and 2 values, got 1 values",
                        "a row needs a timestamp and 2 values, got 3 values");
        assertThat(lines).isEmpty();
    }

    @Test
    void aColumnThatIsNone_isRefused_whereItIsUsed() {
        ColumnEngine engine = builder().build();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> engine.keyByLong(Column.of("store")))
                .withMessageContainingAll("store", "[shop, amount]");
        engine.window(Engines.TEN)
                .aggregate(Aggregators.sumExact(Column.of("price")))
                .dropLate()
                .onResult(result -> {});
        assertThatIllegalArgumentException().isThrownBy(engine::start).withMessageContaining("price");
        assertThatIllegalArgumentException().isThrownBy(engine::start).withMessageContaining("price");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LongRow.of(1, 2).get("shop"))
                .withMessageContaining("shop");
    }

    @Test
    void aColumnNamedTwice_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EventTimeEngine.columns("columns", "shop", "amount", "shop"))
                .withMessageContaining("shop");
    }

    @Test
    void anObjectKey_onColumns() {
        ColumnEngine engine = builder().build();
        engine.keyBy(row -> "shop-" + row.get("shop"))
                .window(Engines.TEN)
                .ordered()
                .aggregate(Aggregators.sumExact(AMOUNT))
                .dropLate()
                .onResult(result -> lines.add(Engines.line(result)));
        ColumnSource source = engine.source("till");
        engine.start();
        assertThat(source.publish(new long[] {1, 7, 5, 2, 8, 6, 3, 7, 1}, 0, 3)).isEqualTo(3);
        assertThat(engine.publish(LongRow.of(4, 8, 100))).isEqualTo(OfferResult.ACCEPTED);
        Engines.complete(engine);
        assertThat(lines)
                .containsExactlyInAnyOrder(
                        "shop-7 [0, 10) 6 (2) ON_TIME 0 last", "shop-8 [0, 10) 106 (2) ON_TIME 0 last");
    }

    @Test
    void keptRows_areDetached() {
        List<LongRow> kept = new ArrayList<>();
        ColumnEngine engine = builder().keepEvents().capacity(2).build();
        engine.window(Engines.TEN)
                .aggregate(Aggregators.list(row -> row.get("amount")))
                .onLate(late -> kept.add(late.event()))
                .onResult(result -> lines.add("" + result.value()));
        ColumnSource source = engine.source("till");
        engine.start();
        long[] rows = {1, 7, 5, 2, 7, 6, 25, 7, 7, 3, 8, 9, 4, 8, 10, 26, 7, 11, 27, 7, 12};
        assertThat(source.publish(rows, 0, 7)).isEqualTo(7);
        Engines.complete(engine);
        assertThat(lines).containsExactly("[5, 6]", "[7, 11, 12]");
        assertThat(kept).extracting(LongRow::timestamp).containsExactly(3L, 4L);
        assertThat(kept).extracting(row -> row.get("amount")).containsExactly(9L, 10L);
    }

    @Test
    void processingTimeAndWatermark_canBeColumns() {
        ColumnEngine engine = builder()
                .watermark(WatermarkStrategy.punctuated(AMOUNT))
                .processingTime(SHOP)
                .latencySampling(1)
                .build();
        engine.window(Engines.TEN)
                .aggregate(Aggregators.count())
                .dropLate()
                .onResult(result -> lines.add(result.window() + " " + result.value()));
        ColumnSource source = engine.source("till");
        engine.start();
        assertThat(source.publish(new long[] {1, 31, Long.MIN_VALUE, 2, 42, 10}, 0, 2))
                .isEqualTo(2);
        Engines.drain(engine);
        assertThat(lines).containsExactly("[0, 10) 2");
        assertThat(engine.metrics().source("till").latency().max()).isEqualTo(40_000_000);
        Engines.complete(engine);
    }
}

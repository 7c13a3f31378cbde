package io.tidemark.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.EventTimeEngine;
import io.tidemark.WindowedStream;
import io.tidemark.ring.OfferResult;
import io.tidemark.watermark.WatermarkStrategy;
import io.tidemark.window.Windows;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The examples in the Javadoc of {@link Aggregators}, run by an engine; each test has its method's name. {@code JavadocExamplesTest} holds
 * the two together.
 */
class AggregatorsExampleTest {

    record Trade(long time, long account, String symbol, double price, long quantity, long buyer) {}

    private final EventTimeEngine<Trade> engine = EventTimeEngine.<Trade>builder("trades")
            .timestamp(Trade::time)
            .watermark(WatermarkStrategy.ascending())
            .polled()
            .build();
    private final WindowedStream<Trade, Long> trades =
            engine.keyByLong(Trade::account).window(Windows.tumbling(Duration.ofMinutes(1)));
    private final List<Object> report = new ArrayList<>();

    @Test
    void sumBigInteger() {
        trades.aggregate(Aggregators.sumBigInteger(Trade::quantity))
                .dropLate()
                .onResult(result -> report.add(result.value())); // Long.MAX_VALUE and 1: 9223372036854775808
        run(quantity(Long.MAX_VALUE), quantity(1));
        assertThat(report).containsExactly(new BigInteger("9223372036854775808"));
    }

    @Test
    void sumDouble() {
        trades.aggregate(Aggregators.sumDouble(Trade::price))
                .dropLate()
                .onResult(result ->
                        report.add(result.value())); // 0.1, 0.2 and 0.3: 0.6; a plain loop: 0.6000000000000001
        run(price(0.1), price(0.2), price(0.3));
        assertThat(report).containsExactly(0.6);
        assertThat(0.1 + 0.2 + 0.3).isEqualTo(0.6000000000000001);
    }

    @Test
    void variance() {
        trades.aggregate(Aggregators.variance(Trade::quantity))
                .dropLate()
                .onResult(result -> report.add(result.value().standardDeviation())); // 2, 4, 4, 4, 5, 5, 7 and 9: 2.0
        run(quantity(2), quantity(4), quantity(4), quantity(4), quantity(5), quantity(5), quantity(7), quantity(9));
        assertThat(report).containsExactly(2.0);
    }

    @Test
    void countDistinct() {
        trades.aggregate(Aggregators.countDistinct(Trade::symbol))
                .dropLate()
                .onResult(result -> report.add(result.value())); // AIR, SAP and AIR: 2
        run(trade("AIR", 1), trade("SAP", 1), trade("AIR", 1));
        assertThat(report).containsExactly(2L);
    }

    @Test
    void countDistinctLong() {
        trades.aggregate(Aggregators.countDistinctLong(Trade::buyer))
                .dropLate()
                .onResult(result -> report.add(result.value())); // 7, 0, 7 and -7: 3
        run(buyer(7), buyer(0), buyer(7), buyer(-7));
        assertThat(report).containsExactly(3L);
    }

    @Test
    void top() {
        trades.aggregate(Aggregators.top(2, Trade::quantity, Trade::symbol))
                .dropLate()
                .onResult(result -> report.addAll(result.value())); // AIR 5, SAP 9 and BMW 5: SAP with 9, AIR with 5
        run(trade("AIR", 5), trade("SAP", 9), trade("BMW", 5));
        assertThat(report).containsExactly(new Ranked<>(9, "SAP"), new Ranked<>(5, "AIR"));
    }

    /** All of them in one pass, over windows that are combined from slices and over sessions that merge. */
    @Test
    void all() {
        InvertibleLongAggregator<Trade, BigInteger> total = Aggregators.sumBigInteger(Trade::quantity);
        LongAggregator<Trade, Double> turnover = Aggregators.sumDouble(Trade::price);
        InvertibleLongAggregator<Trade, Variance> spread = Aggregators.variance(Trade::quantity);
        Aggregator<Trade, ?, Long> symbols = Aggregators.countDistinct(Trade::symbol);
        Aggregator<Trade, ?, Long> buyers = Aggregators.countDistinctLong(Trade::buyer);
        Aggregator<Trade, ?, List<Ranked<String>>> largest = Aggregators.top(2, Trade::quantity, Trade::symbol);
        CompositeAggregator<Trade> all = Aggregators.all(total, turnover, spread, symbols, buyers, largest);
        EventTimeEngine<Trade> outOfOrder = EventTimeEngine.<Trade>builder("all")
                .timestamp(Trade::time)
                .watermark(WatermarkStrategy.boundedOutOfOrderness(Duration.ofMinutes(1)))
                .polled()
                .build();
        for (var windows : List.of(
                Windows.sliding(Duration.ofSeconds(60), Duration.ofSeconds(15)),
                Windows.session(Duration.ofSeconds(25)))) {
            outOfOrder
                    .keyByLong(Trade::account)
                    .window(windows)
                    .named(windows.toString())
                    .aggregate(all)
                    .dropLate()
                    .onResult(result -> {
                        if (result.count() == 4) {
                            Aggregates value = result.value();
                            report.add(List.of(
                                    value.get(total),
                                    value.get(turnover),
                                    value.get(spread).population(),
                                    value.get(symbols),
                                    value.get(buyers),
                                    value.get(largest)));
                        }
                    });
        }
        run(
                outOfOrder,
                new Trade(40_000, 1, "AIR", 0.1, 4, 7),
                new Trade(5_000, 1, "SAP", 0.2, 8, 8),
                new Trade(50_000, 1, "BMW", 0.3, 4, 7),
                new Trade(20_000, 1, "SAP", 0.0, 4, 0));
        // the session is made of two that grew in turns: 40 s and 50 s, then 5 s, joined by 20 s
        List<Object> expected = List.of(
                BigInteger.valueOf(20), 0.6, 3.0, 3L, 3L, List.of(new Ranked<>(8, "SAP"), new Ranked<>(4, "AIR")));
        assertThat(report).containsExactly(expected, expected);
    }

    private void run(Trade... input) {
        run(engine, input);
    }

    private static void run(EventTimeEngine<Trade> engine, Trade... input) {
        engine.start();
        for (Trade trade : input) {
            assertThat(engine.publish(trade)).isEqualTo(OfferResult.ACCEPTED);
        }
        engine.complete();
    }

    private static Trade trade(String symbol, long quantity) {
        return new Trade(1_000, 1, symbol, 1.0, quantity, 1);
    }

    private static Trade quantity(long quantity) {
        return trade("AIR", quantity);
    }

    private static Trade price(double price) {
        return new Trade(1_000, 1, "AIR", price, 1, 1);
    }

    private static Trade buyer(long buyer) {
        return new Trade(1_000, 1, "AIR", 1.0, 1, buyer);
    }
}

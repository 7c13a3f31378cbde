package io.tidemark.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BinaryOperator;
import java.util.function.LongBinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {

    private static final long MIN = Long.MIN_VALUE;
    private static final long MAX = Long.MAX_VALUE;

    /** Zero, one, the ends and what lies beside them. */
    private static final long[] EDGES = {
        MIN,
        MIN + 1,
        MIN / 2 - 1,
        MIN / 2,
        -(1L << 32),
        -1_000,
        -2,
        -1,
        0,
        1,
        2,
        1_000,
        1L << 32,
        MAX / 2,
        MAX / 2 + 1,
        MAX - 1,
        MAX
    };

    @Test
    void only_the_two_ends_of_long_are_no_timestamps() {
        assertThat(Timestamps.isValid(Timestamps.NONE)).isFalse();
        assertThat(Timestamps.isValid(Timestamps.END_OF_TIME)).isFalse();
        assertThat(Timestamps.isValid(MIN + 1)).isTrue();
        assertThat(Timestamps.isValid(-1)).isTrue();
        assertThat(Timestamps.isValid(0)).isTrue();
        assertThat(Timestamps.isValid(MAX - 1)).isTrue();
        assertThat(Timestamps.NONE).isEqualTo(MIN);
        assertThat(Timestamps.END_OF_TIME).isEqualTo(MAX);
    }

    @Test
    void add_is_exact_and_held_at_the_ends() {
        assertThat(Timestamps.add(MAX - 1, 1)).isEqualTo(MAX);
        assertThat(Timestamps.add(MAX, 1)).isEqualTo(MAX);
        assertThat(Timestamps.add(MIN + 1, -1)).isEqualTo(MIN);
        assertThat(Timestamps.add(MIN, -1)).isEqualTo(MIN);
        assertThat(Timestamps.add(MIN, MAX)).isEqualTo(-1);
        assertAgreesWithUnboundedArithmetic(Timestamps::add, BigInteger::add);
    }

    @Test
    void subtract_is_exact_and_held_at_the_ends() {
        assertThat(Timestamps.subtract(MIN + 1, 1)).isEqualTo(MIN);
        assertThat(Timestamps.subtract(MIN, 1)).isEqualTo(MIN);
        assertThat(Timestamps.subtract(0, MIN)).isEqualTo(MAX);
        assertThat(Timestamps.subtract(-1, MIN)).isEqualTo(MAX);
        assertThat(Timestamps.subtract(MAX, -1)).isEqualTo(MAX);
        assertAgreesWithUnboundedArithmetic(Timestamps::subtract, BigInteger::subtract);
    }

    @Test
    void multiply_is_exact_and_held_at_the_ends() {
        assertThat(Timestamps.multiply(MIN, -1)).isEqualTo(MAX);
        assertThat(Timestamps.multiply(MIN, 1)).isEqualTo(MIN);
        assertThat(Timestamps.multiply(MAX, -2)).isEqualTo(MIN);
        assertThat(Timestamps.multiply(MAX, 0)).isZero();
        assertAgreesWithUnboundedArithmetic(Timestamps::multiply, BigInteger::multiply);
    }

    @ParameterizedTest
    @CsvSource({
        // timestamp, step, offset, floor, next
        "0, 10, 0, 0, 10",
        "9, 10, 0, 0, 10",
        "10, 10, 0, 10, 20",
        "-1, 10, 0, -10, 0",
        "-10, 10, 0, -10, 0",
        "-11, 10, 0, -20, -10",
        "2, 10, 3, -7, 3",
        "3, 10, 3, 3, 13",
        "-7, 10, 3, -7, 3",
        "-8, 10, 3, -17, -7",
        "6, 10, -3, -3, 7",
        "7, 10, -3, 7, 17",
        "-4, 10, -3, -13, -3",
        "5, 1, 0, 5, 6",
        "-5, 1, 0, -5, -4"
    })
    void floor_and_next_lie_on_the_grid_around_the_timestamp(
            long timestamp, long step, long offset, long floor, long next) {
        assertThat(Timestamps.floor(timestamp, step, offset)).isEqualTo(floor);
        assertThat(Timestamps.next(timestamp, step, offset)).isEqualTo(next);
    }

    @Test
    void floor_and_next_are_held_at_the_ends() {
        // MIN is 2 above a multiple of 10, MAX 7 above one
        assertThat(Timestamps.floor(MIN, 10, 0)).isEqualTo(MIN);
        assertThat(Timestamps.floor(MIN + 7, 10, 0)).isEqualTo(MIN);
        assertThat(Timestamps.floor(MIN + 8, 10, 0)).isEqualTo(MIN + 8);
        assertThat(Timestamps.next(MIN, 10, 0)).isEqualTo(MIN + 8);
        assertThat(Timestamps.floor(MAX, 10, 0)).isEqualTo(MAX - 7);
        assertThat(Timestamps.next(MAX - 8, 10, 0)).isEqualTo(MAX - 7);
        assertThat(Timestamps.next(MAX - 7, 10, 0)).isEqualTo(MAX);
        assertThat(Timestamps.next(MAX, 10, 0)).isEqualTo(MAX);
        assertThat(Timestamps.floor(MAX, MAX, 0)).isEqualTo(MAX);
        assertThat(Timestamps.floor(MIN, MAX, 0)).isEqualTo(MIN);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {101, 102, 103})
    void floor_and_next_agree_with_unbounded_arithmetic(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 20_000; i++) {
            long timestamp = i < EDGES.length ? EDGES[i] : random.nextLong() >> random.nextInt(64);
            long step = Math.max(1, random.nextLong(MAX) >>> random.nextInt(63));
            long offset = random.nextLong(step) * (random.nextBoolean() ? 1 : -1);
            BigInteger wide = BigInteger.valueOf(step);
            BigInteger remainder = BigInteger.valueOf(timestamp)
                    .subtract(BigInteger.valueOf(offset))
                    .mod(wide);
            BigInteger floor = BigInteger.valueOf(timestamp).subtract(remainder);

            assertThat(Timestamps.floor(timestamp, step, offset))
                    .as("floor(%s, %s, %s)", timestamp, step, offset)
                    .isEqualTo(held(floor));
            assertThat(Timestamps.next(timestamp, step, offset))
                    .as("next(%s, %s, %s)", timestamp, step, offset)
                    .isEqualTo(held(floor.add(wide)));
        }
    }

    @Test
    void units_are_whole_numbers_of_the_unit() {
        assertThat(Timestamps.units(Duration.ofMinutes(1), TimeUnit.MILLISECONDS, "size"))
                .isEqualTo(60_000);
        assertThat(Timestamps.units(Duration.ofMillis(3), TimeUnit.MICROSECONDS, "size"))
                .isEqualTo(3_000);
        assertThat(Timestamps.units(Duration.ofNanos(1), TimeUnit.NANOSECONDS, "size"))
                .isEqualTo(1);
        assertThat(Timestamps.units(Duration.ofSeconds(7), TimeUnit.SECONDS, "size"))
                .isEqualTo(7);
        assertThat(Timestamps.units(Duration.ZERO, TimeUnit.MILLISECONDS, "size"))
                .isZero();
        assertThat(Timestamps.units(Duration.ofMillis(-1_500), TimeUnit.MILLISECONDS, "size"))
                .isEqualTo(-1_500);
        assertThat(Timestamps.units(Duration.ofMillis(-1), TimeUnit.MILLISECONDS, "size"))
                .isEqualTo(-1);
    }

    @Test
    void units_are_never_truncated() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Timestamps.units(Duration.ofNanos(1_500_000), TimeUnit.MILLISECONDS, "gap"))
                .withMessageContainingAll("gap", "PT0.0015S", "MILLISECONDS", "finer");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Timestamps.units(Duration.ofNanos(-1), TimeUnit.MICROSECONDS, "gap"))
                .withMessageContaining("MICROSECONDS");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Timestamps.units(Duration.ofMillis(1), TimeUnit.SECONDS, "gap"))
                .withMessageContaining("SECONDS");
    }

    @Test
    void units_reach_the_last_one_that_fits() {
        assertThat(Timestamps.units(Duration.ofNanos(MAX), TimeUnit.NANOSECONDS, "lateness"))
                .isEqualTo(MAX);
        assertThat(Timestamps.units(Duration.ofMillis(MAX), TimeUnit.MILLISECONDS, "lateness"))
                .isEqualTo(MAX);
        assertThat(Timestamps.units(Duration.ofSeconds(MAX), TimeUnit.SECONDS, "lateness"))
                .isEqualTo(MAX);

        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> Timestamps.units(Duration.ofNanos(MAX).plusNanos(1), TimeUnit.NANOSECONDS, "lateness"))
                .withMessageContainingAll("lateness", "64 bits", "NANOSECONDS");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Timestamps.units(Duration.ofSeconds(MAX), TimeUnit.MILLISECONDS, "lateness"))
                .withMessageContainingAll("lateness", Duration.ofSeconds(MAX).toString(), "64 bits");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Timestamps.units(Duration.ofSeconds(MIN), TimeUnit.MILLISECONDS, "lateness"))
                .withMessageContaining("64 bits");
    }

    @Test
    void units_reach_the_first_one_that_fits() {
        assertThat(Timestamps.units(Duration.ofNanos(MIN), TimeUnit.NANOSECONDS, "offset"))
                .isEqualTo(MIN);
        assertThat(Timestamps.units(Duration.ofMillis(MIN), TimeUnit.MILLISECONDS, "offset"))
                .isEqualTo(MIN);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Timestamps.units(Duration.ofNanos(MIN).minusNanos(1), TimeUnit.NANOSECONDS, "offset"))
                .withMessageContainingAll("offset", "64 bits");
    }

    @ParameterizedTest
    @EnumSource(
            value = TimeUnit.class,
            names = {"MINUTES", "HOURS", "DAYS"})
    void units_coarser_than_a_second_are_refused_by_name(TimeUnit unit) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Timestamps.units(Duration.ofDays(2), unit, "size"))
                .withMessageContainingAll(unit.toString(), "SECONDS");
    }

    @ParameterizedTest
    @CsvSource({
        "1970-01-01T00:00:00Z, 0",
        "1970-01-01T00:00:00.001999Z, 1",
        "1969-12-31T23:59:59.999999999Z, -1",
        "1969-12-31T23:59:59.999Z, -1",
        "1969-12-31T23:59:59.998999Z, -2",
        "2026-11-22T10:00:00.123456Z, 1795341600123"
    })
    void fromInstant_rounds_towards_the_past(Instant instant, long millis) {
        assertThat(Timestamps.fromInstant(instant, TimeUnit.MILLISECONDS)).isEqualTo(millis);
    }

    @Test
    void fromInstant_counts_the_unit() {
        Instant instant = Instant.ofEpochSecond(-2, 345_678_912);

        assertThat(Timestamps.fromInstant(instant, TimeUnit.SECONDS)).isEqualTo(-2);
        assertThat(Timestamps.fromInstant(instant, TimeUnit.MILLISECONDS)).isEqualTo(-1_655);
        assertThat(Timestamps.fromInstant(instant, TimeUnit.MICROSECONDS)).isEqualTo(-1_654_322);
        assertThat(Timestamps.fromInstant(instant, TimeUnit.NANOSECONDS)).isEqualTo(-1_654_321_088);
    }

    @Test
    void fromInstant_is_held_at_the_ends() {
        assertThat(Timestamps.fromInstant(Instant.MAX, TimeUnit.NANOSECONDS)).isEqualTo(MAX);
        assertThat(Timestamps.fromInstant(Instant.MIN, TimeUnit.NANOSECONDS)).isEqualTo(MIN);
        assertThat(Timestamps.fromInstant(Instant.ofEpochSecond(9_223_372_036L, 854_775_807), TimeUnit.NANOSECONDS))
                .isEqualTo(MAX);
        assertThat(Timestamps.fromInstant(Instant.ofEpochSecond(9_223_372_036L, 854_775_808), TimeUnit.NANOSECONDS))
                .isEqualTo(MAX);
    }

    @Test
    void fromInstant_is_exact_and_held_at_the_lower_end_whatever_the_fraction() {
        // MIN nanoseconds is 145,224,192 ns after the start of its second
        Instant first = Instant.ofEpochSecond(-9_223_372_037L, 145_224_192);

        assertThat(Timestamps.fromInstant(first, TimeUnit.NANOSECONDS)).isEqualTo(MIN);
        assertThat(Timestamps.fromInstant(first.plusNanos(1), TimeUnit.NANOSECONDS))
                .isEqualTo(MIN + 1);
        assertThat(Timestamps.fromInstant(first.minusNanos(1), TimeUnit.NANOSECONDS))
                .isEqualTo(MIN);
        assertThat(Timestamps.fromInstant(Instant.ofEpochSecond(-9_300_000_000L, 999_999_999), TimeUnit.NANOSECONDS))
                .isEqualTo(MIN);
    }

    @Test
    void toInstant_is_the_instant_that_the_timestamp_names() {
        assertThat(Timestamps.toInstant(-1, TimeUnit.MILLISECONDS))
                .isEqualTo(Instant.parse("1969-12-31T23:59:59.999Z"));
        assertThat(Timestamps.toInstant(-1, TimeUnit.NANOSECONDS)).isEqualTo(Instant.ofEpochSecond(-1, 999_999_999));
        assertThat(Timestamps.toInstant(1_500_000, TimeUnit.MICROSECONDS)).isEqualTo(Instant.ofEpochMilli(1_500));
        assertThat(Timestamps.toInstant(MAX, TimeUnit.NANOSECONDS))
                .isEqualTo(Instant.ofEpochSecond(9_223_372_036L, 854_775_807));
        assertThat(Timestamps.toInstant(MIN, TimeUnit.NANOSECONDS))
                .isEqualTo(Instant.ofEpochSecond(-9_223_372_037L, 145_224_192));
        assertThat(Timestamps.toInstant(MAX, TimeUnit.MILLISECONDS)).isEqualTo(Instant.ofEpochMilli(MAX));
    }

    @Test
    void toInstant_is_held_at_what_an_instant_can_name() {
        assertThat(Timestamps.toInstant(MAX, TimeUnit.SECONDS)).isEqualTo(Instant.MAX);
        assertThat(Timestamps.toInstant(MIN, TimeUnit.SECONDS)).isEqualTo(Instant.MIN);
        assertThat(Timestamps.toInstant(Instant.MAX.getEpochSecond(), TimeUnit.SECONDS))
                .isEqualTo(Instant.ofEpochSecond(Instant.MAX.getEpochSecond()));
        assertThat(Timestamps.toInstant(Instant.MIN.getEpochSecond(), TimeUnit.SECONDS))
                .isEqualTo(Instant.MIN);
    }

    @ParameterizedTest
    @EnumSource(
            value = TimeUnit.class,
            names = {"SECONDS", "MILLISECONDS", "MICROSECONDS", "NANOSECONDS"})
    void a_timestamp_survives_the_way_to_an_instant_and_back(TimeUnit unit) {
        long reach = unit == TimeUnit.SECONDS ? 31_000_000_000_000_000L : 9_200_000_000_000_000_000L;
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 10_000; i++) {
            long timestamp = random.nextLong(-reach, reach) >> random.nextInt(60);

            assertThat(Timestamps.fromInstant(Timestamps.toInstant(timestamp, unit), unit))
                    .isEqualTo(timestamp);
        }
    }

    private static void assertAgreesWithUnboundedArithmetic(
            LongBinaryOperator saturating, BinaryOperator<BigInteger> exact) {
        for (long a : EDGES) {
            for (long b : EDGES) {
                assertThat(saturating.applyAsLong(a, b))
                        .as("of %s and %s", a, b)
                        .isEqualTo(held(exact.apply(BigInteger.valueOf(a), BigInteger.valueOf(b))));
            }
        }
    }

    private static long held(BigInteger exact) {
        return exact.max(BigInteger.valueOf(MIN)).min(BigInteger.valueOf(MAX)).longValueExact();
    }
}

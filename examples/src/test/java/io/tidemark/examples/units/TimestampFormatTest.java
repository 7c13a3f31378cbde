package io.tidemark.examples.units;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampFormatTest {

    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final TimestampFormat LOCAL = TimestampFormat.of("yyyy-MM-dd HH:mm:ss", NEW_YORK);

    private static long millis(String instant) {
        return Instant.parse(instant).toEpochMilli();
    }

    @Test
    void localTimesAreWallTimeOfTheZone() {
        assertThat(LOCAL.parse("2024-01-01 00:46:55")).isEqualTo(millis("2024-01-01T05:46:55Z"));
        assertThat(LOCAL.parse("2024-07-01 00:46:55")).isEqualTo(millis("2024-07-01T04:46:55Z"));
    }

    @Test
    void aTimeThatTheClockSkippedIsMovedLaterByTheGap() {
        assertThat(LOCAL.parse("2024-03-10 02:30:00")).isEqualTo(LOCAL.parse("2024-03-10 03:30:00"));
    }

    @Test
    void aTimeThatOccurredTwiceIsTheEarlier() {
        assertThat(LOCAL.parse("2024-11-03 01:30:00")).isEqualTo(millis("2024-11-03T05:30:00Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2024-02-30 00:00:00", "2024-01-01 24:00:00", "2024-01-01", "2024-1-1 00:00:00", "x"})
    void refusesWhatIsNoTime(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> LOCAL.parse(text)).withMessageStartingWith("time ");
    }

    @Test
    void epochFormatsAreNumbers() {
        assertThat(TimestampFormat.of("epoch-millis", NEW_YORK).parse("-5")).isEqualTo(-5);
        assertThat(TimestampFormat.of("epoch-seconds", NEW_YORK).parse("1704085615"))
                .isEqualTo(millis("2024-01-01T05:06:55Z"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TimestampFormat.of("epoch-seconds", NEW_YORK).parse("9223372036854775807"));
    }

    @Test
    void anOffsetInTheTextWinsOverTheZone() {
        TimestampFormat iso = TimestampFormat.of("iso", NEW_YORK);
        assertThat(iso.parse("2024-01-01T00:00:00.123Z")).isEqualTo(millis("2024-01-01T00:00:00.123Z"));
        assertThat(iso.parse("2024-01-01T00:00:00+09:00")).isEqualTo(millis("2023-12-31T15:00:00Z"));
        assertThat(iso.parse("2024-01-01T00:00:00")).isEqualTo(millis("2024-01-01T05:00:00Z"));
        assertThat(TimestampFormat.of("yyyy-MM-dd HH:mmXXX", NEW_YORK).parse("2024-01-01 00:00+09:00"))
                .isEqualTo(millis("2023-12-31T15:00:00Z"));
    }

    @Test
    void writesWallTimeWithItsOffset() {
        assertThat(LOCAL.text(millis("2024-11-03T05:30:00Z"))).isEqualTo("2024-11-03T01:30:00-04:00");
        assertThat(LOCAL.text(millis("2024-11-03T06:30:00Z"))).isEqualTo("2024-11-03T01:30:00-05:00");
    }

    @Test
    void aPatternThatIsNoneIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> TimestampFormat.of("nonsense", NEW_YORK));
    }
}

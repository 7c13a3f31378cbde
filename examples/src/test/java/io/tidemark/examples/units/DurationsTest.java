package io.tidemark.examples.units;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

    @ParameterizedTest
    @CsvSource({
        "60s, PT1M",
        "60, PT1M",
        "500ms, PT0.5S",
        "5m, PT5M",
        "5 min, PT5M",
        "1h, PT1H",
        "2d, PT48H",
        "pt1m, PT1M",
        "0, PT0S"
    })
    void readsWhatPeopleType(String text, Duration duration) {
        assertThat(Durations.parse(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "often", "-5s", "PT-1M", "1.5h", "5 weeks", "999999999999999999d", "9999999999999999999"})
    void refusesTheRestAndSaysWhatToWrite(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Durations.parse(text))
                .withMessageContaining("write 60s");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 s",
        "1, 1 ms",
        "999, 999 ms",
        "1000, 1 s",
        "1500, 1.500 s",
        "60000, 1 min",
        "684000, 11 min 24 s",
        "3600000, 1 h",
        "86339000, 23 h 58 min",
        "90000000, 1 d 1 h",
        "-61000, -1 min 1 s",
        "-9223372036854775808, -106751991167 d 7 h"
    })
    void writesTheTwoLargestUnits(long millis, String text) {
        assertThat(Durations.text(millis)).isEqualTo(text);
    }
}

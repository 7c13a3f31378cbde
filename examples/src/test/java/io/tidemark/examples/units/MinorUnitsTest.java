package io.tidemark.examples.units;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.util.Currency;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MinorUnitsTest {

    private static final MinorUnits USD = MinorUnits.of(Currency.getInstance("USD"));

    @ParameterizedTest
    @CsvSource({
        "21.66, 2166",
        "-3.5, -350",
        "0, 0",
        "12, 1200",
        " 7.10 , 710",
        "1.2300, 123",
        "1E2, 10000",
        "0E+999999, 0",
        "92233720368547758.07, 9223372036854775807",
        "-92233720368547758.08, -9223372036854775808"
    })
    void readsExactly(String text, long minor) {
        assertThat(USD.parse(text)).isEqualTo(minor);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "1.005",
                "1e-3",
                "92233720368547758.08",
                "1E+99999999",
                "1E+2147483647",
                "1E-2147483647",
                "NaN",
                "1,00",
                "$1",
                "0x1",
                "00000000000000000000000000000000000000000"
            })
    void refusesWhatIsNoAmount(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> USD.parse(text)).withMessageStartingWith("amount ");
    }

    @Test
    void decimalsAreThoseOfTheCurrency() {
        MinorUnits yen = MinorUnits.of(Currency.getInstance("JPY"));
        assertThat(yen.parse("500")).isEqualTo(500);
        assertThat(yen.plain(500)).isEqualTo("500");
        assertThatIllegalArgumentException().isThrownBy(() -> yen.parse("0.5"));
        assertThat(MinorUnits.of(Currency.getInstance("BHD")).parse("1.005")).isEqualTo(1_005);
        assertThatIllegalArgumentException().isThrownBy(() -> MinorUnits.of(Currency.getInstance("XAU")));
    }

    @Test
    void writesWhatItReads() {
        assertThat(USD.plain(-5)).isEqualTo("-0.05");
        assertThat(USD.plain(Long.MIN_VALUE)).isEqualTo("-92233720368547758.08");
        assertThat(USD.grouped(BigInteger.valueOf(126_692_259))).isEqualTo("1,266,922.59");
    }
}

package io.tidemark.examples.units;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Currency;
import java.util.Locale;

/**
 * Amounts of one currency as whole minor units (cents) in a {@code long}: exact, never a double.
 *
 * <p>Immutable and safe from any thread. An amount with more decimals than the currency has is refused, never rounded, and so is one
 * that does not fit a {@code long}.
 */
public final class MinorUnits {

    /** Longer texts are no amounts; the bound keeps a hostile cell from costing time. */
    private static final int LONGEST_TEXT = 40;

    private final String code;
    private final int decimals;

    private MinorUnits(String code, int decimals) {
        this.code = code;
        this.decimals = decimals;
    }

    /**
     * Amounts of this currency, with the decimals that ISO 4217 gives it.
     *
     * @throws IllegalArgumentException if the currency has no minor unit (XXX, XAU)
     */
    public static MinorUnits of(Currency currency) {
        int decimals = currency.getDefaultFractionDigits();
        if (decimals < 0) {
            throw new IllegalArgumentException("currency " + currency.getCurrencyCode() + " has no minor unit");
        }
        return new MinorUnits(currency.getCurrencyCode(), decimals);
    }

    /** The ISO 4217 code, for labels. */
    public String code() {
        return code;
    }

    /**
     * Reads {@code "21.66"} as 2166.
     *
     * @throws IllegalArgumentException with the reason, if the text is no amount of this currency; the text itself is not repeated
     */
    public long parse(String text) {
        String trimmed = text.strip();
        if (trimmed.isEmpty()) {
            throw new IllegalArgumentException("amount is empty");
        }
        if (trimmed.length() > LONGEST_TEXT) {
            throw new IllegalArgumentException("amount is longer than " + LONGEST_TEXT + " characters");
        }
        BigDecimal amount;
        try {
            amount = new BigDecimal(trimmed);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("amount is no decimal number", e);
        }
        return minor(amount);
    }

    private long minor(BigDecimal amount) {
        // the order of magnitude first: 1E+900000000 must not be written out
        if (amount.signum() != 0 && (long) amount.precision() - amount.scale() > 19) {
            throw new IllegalArgumentException("amount is out of range");
        }
        if (amount.stripTrailingZeros().scale() > decimals) {
            throw new IllegalArgumentException("amount has more than the " + decimals + " decimals of " + code);
        }
        try {
            return amount.movePointRight(decimals).longValueExact();
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("amount is out of range", e);
        }
    }

    /** Writes 2166 as {@code "21.66"}: no grouping, for files. */
    public String plain(long minor) {
        return BigDecimal.valueOf(minor, decimals).toPlainString();
    }

    /** Writes 126692259 as {@code "1,266,922.59"}: for people. */
    public String grouped(BigInteger minor) {
        return String.format(Locale.ROOT, "%,." + decimals + "f", new BigDecimal(minor, decimals));
    }
}

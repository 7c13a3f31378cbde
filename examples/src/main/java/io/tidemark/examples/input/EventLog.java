package io.tidemark.examples.input;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What a file held.
 *
 * @param events in order of arrival, then row
 * @param rejected the malformed rows in order of the file
 * @param total the sum of the amounts in minor units, exact
 * @param negative events with an amount below zero (refunds, voids)
 */
public record EventLog(List<EventRow> events, List<RejectedRow> rejected, BigInteger total, long negative) {

    private static final Comparator<EventRow> ORDER =
            Comparator.comparingLong(EventRow::arrival).thenComparingLong(EventRow::row);

    /** Data rows of the file: those that could be read and those that could not. */
    public long rows() {
        return (long) events.size() + rejected.size();
    }

    static final class Builder {

        private final List<EventRow> events = new ArrayList<>();
        private final List<RejectedRow> rejected = new ArrayList<>();
        private BigInteger total = BigInteger.ZERO;
        private long negative;

        void add(EventRow event) {
            events.add(event);
            total = total.add(BigInteger.valueOf(event.amount()));
            if (event.amount() < 0) {
                negative++;
            }
        }

        void reject(RejectedRow row) {
            rejected.add(row);
        }

        EventLog build() {
            events.sort(ORDER);
            return new EventLog(List.copyOf(events), List.copyOf(rejected), total, negative);
        }
    }
}

package io.tidemark.examples.report;

import io.tidemark.examples.input.EventRow;
import java.util.List;
import java.util.stream.LongStream;

/** How far each event came behind the newest event time before it, in order of arrival: what the delay has to cover. */
final class Disorder {

    private Disorder() {}

    /** One value per event: 0 for an event that was itself the newest. */
    static Distribution of(List<EventRow> events) {
        LongStream.Builder behind = LongStream.builder();
        long newest = Long.MIN_VALUE;
        for (EventRow event : events) {
            newest = Math.max(newest, event.eventTime());
            behind.add(newest - event.eventTime());
        }
        return new Distribution(behind.build());
    }
}

package io.tidemark.testing;

/**
 * One event of an {@link OutOfOrderStream}, to be turned into the event of the test.
 *
 * <p>Threads: immutable. Units: the stream's time unit.
 *
 * @param number which event it is, 0, 1, 2 and so on by event time; a duplicate bears the number of the original
 * @param timestamp when it happened
 * @param arrival when it arrived, at or after {@code timestamp}; never falls from one event of the stream to the next
 * @param key its key, 0 and up
 * @param value its value
 * @param straggler whether it was delayed by more than the stream's out-of-orderness
 * @param duplicate whether the same event arrived before
 */
public record GeneratedEvent(
        long number, long timestamp, long arrival, long key, long value, boolean straggler, boolean duplicate) {}

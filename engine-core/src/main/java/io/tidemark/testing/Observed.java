package io.tidemark.testing;

/**
 * Something that came out of a {@link SteppedEngine}, and the step it came out at.
 *
 * <p>Threads: immutable.
 *
 * @param step number of the step, 0 for the first
 * @param what the result, late event or rejected event
 * @param <T> what was observed
 */
public record Observed<T>(int step, T what) {}

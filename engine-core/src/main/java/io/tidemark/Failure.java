package io.tidemark;

import io.tidemark.operator.FailureHandler;

/**
 * User code threw. The engine has counted it and put the event or pane aside; it never reads the exception's message, which
 * may hold personal data.
 *
 * <p>Threads: immutable.
 *
 * @param stage whose code it was
 * @param name name of the source or the windows concerned
 * @param cause what was thrown
 */
public record Failure(FailureHandler.Stage stage, String name, RuntimeException cause) {

    /** Stage, name and class; not the message. */
    @Override
    public String toString() {
        return "Failure[" + stage + " of " + name + ", " + cause.getClass().getName() + "]";
    }
}

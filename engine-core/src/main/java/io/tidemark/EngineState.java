package io.tidemark;

/** Where an engine is in its life. Threads: immutable. */
public enum EngineState {
    /** Built, not started: windows are declared and sources opened now; events already published wait. */
    NEW,
    /** Events are processed. */
    RUNNING,
    /** {@code complete()} was called: the entrance is closed, what was accepted is being processed. */
    COMPLETING,
    /** Everything accepted was processed and every window closed. */
    COMPLETED,
    /** {@code close()} stopped it: windows still open were discarded. */
    CLOSED,
    /** An {@code Error}, or an error policy that said stop, ended it; the report has the cause. */
    FAILED;

    /** Whether nothing will be processed any more. */
    public boolean isFinal() {
        return this == COMPLETED || this == CLOSED || this == FAILED;
    }
}

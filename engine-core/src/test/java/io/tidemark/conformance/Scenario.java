package io.tidemark.conformance;

import java.util.List;

/** One recorded scenario: what is declared, what is fed in, and what must come out. */
record Scenario(
        String id,
        Window window,
        long allowedLateness,
        Firing firing,
        boolean discarding,
        String aggregate,
        boolean listOrderIsArrival,
        List<Step> steps,
        Outcome expected) {

    enum WindowKind {
        TUMBLING,
        SLIDING,
        SESSION,
        GLOBAL
    }

    /** {@code size} is a session's gap. */
    record Window(WindowKind kind, long size, long slide, long offset) {}

    enum Firing {
        AFTER_WATERMARK,
        NEVER
    }

    sealed interface Step {}

    record Event(long timestamp, String key, long value) implements Step {}

    record Watermark(long watermark) implements Step {}
}

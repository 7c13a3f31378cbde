package io.tidemark.examples.input;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The file as a whole cannot be read; the message names it, the reason and the remedy. */
public final class UnreadableFileException extends IOException {

    private static final long serialVersionUID = 1L;

    UnreadableFileException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

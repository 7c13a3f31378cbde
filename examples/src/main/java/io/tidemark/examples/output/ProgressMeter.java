package io.tidemark.examples.output;

import java.io.InputStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/** Shows on the error stream how much of a file has been read, if the read is a long one. */
public final class ProgressMeter {

    /** What is smaller is read before anybody looks. */
    private static final long LONG_READ_BYTES = 16L << 20;

    private static final int WIDTH = 100;

    private final String name;
    private final long size;
    private final boolean shown;

    /**
     * A meter for one file.
     *
     * @param size bytes on disk; -1 if unknown
     * @param quiet whether it is never shown
     */
    public ProgressMeter(String name, long size, boolean quiet) {
        this.name = name;
        this.size = size;
        this.shown = !quiet && size >= LONG_READ_BYTES;
    }

    /** The same bytes; the bar moves as they are read and ends when the stream is closed. */
    public InputStream wrap(InputStream bytes) {
        if (!shown) {
            return bytes;
        }
        ProgressBarBuilder bar = ProgressBar.builder()
                .setTaskName(name)
                .setInitialMax(size)
                .setUnit(" MB", 1_000_000)
                .setConsumer(new ConsoleProgressBarConsumer(System.err, WIDTH));
        return ProgressBar.wrap(bytes, bar);
    }
}

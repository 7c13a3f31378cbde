package io.tidemark.examples.input;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPInputStream;

/** A file of events: one of the user's or the bundled one; gzip'd or not. Its content tells, not its name. */
public final class EventFile {

    private static final String BUNDLED = "/io/tidemark/examples/data/green_tripdata_2024-01.csv.gz";
    private static final int GZIP_MAGIC = 0x1f8b;

    private final String name;
    private final long size;
    private final Opener opener;

    private EventFile(String name, long size, Opener opener) {
        this.name = name;
        this.size = size;
        this.opener = opener;
    }

    /** The green-taxi trips of New York City, January 2024, that come with the examples. */
    public static EventFile bundled() throws IOException {
        URL resource = EventFile.class.getResource(BUNDLED);
        if (resource == null) {
            throw new UnreadableFileException(
                    BUNDLED + " is missing from the class path: build the examples anew", null);
        }
        String name = BUNDLED.substring(BUNDLED.lastIndexOf('/') + 1) + " (bundled)";
        return new EventFile(name, resource.openConnection().getContentLengthLong(), resource::openStream);
    }

    /**
     * A file of the user's.
     *
     * @throws UnreadableFileException if it is not there, is a folder, or may not be read
     */
    public static EventFile of(Path path) throws IOException {
        if (!Files.exists(path)) {
            throw new UnreadableFileException(path + " does not exist", null);
        }
        if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
            throw new UnreadableFileException(path + " is not a file that may be read", null);
        }
        return new EventFile(path.toString(), Files.size(path), () -> Files.newInputStream(path));
    }

    /** The path, for messages. */
    public String name() {
        return name;
    }

    /** Bytes on disk, before decompression; -1 if unknown. */
    public long size() {
        return size;
    }

    /**
     * Opens the text of the file, decompressed.
     *
     * @param meter wraps the bytes as they are on disk, to show the progress
     */
    InputStream open(UnaryOperator<InputStream> meter) throws IOException {
        InputStream bytes = new BufferedInputStream(meter.apply(opener.open()), 1 << 16);
        try {
            return isGzip(bytes) ? new GZIPInputStream(bytes, 1 << 16) : plain(bytes);
        } catch (IOException | RuntimeException e) {
            bytes.close();
            throw e;
        }
    }

    private InputStream plain(InputStream bytes) throws IOException {
        if (name.endsWith(".gz")) {
            throw new IOException("its name ends in .gz but it holds no gzip data");
        }
        return bytes;
    }

    private static boolean isGzip(InputStream bytes) throws IOException {
        bytes.mark(2);
        int first = bytes.read();
        int second = bytes.read();
        bytes.reset();
        return first << 8 == (GZIP_MAGIC & 0xff00) && second == (GZIP_MAGIC & 0xff);
    }

    private interface Opener {
        InputStream open() throws IOException;
    }
}

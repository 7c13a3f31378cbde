package io.tidemark.examples.input;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The numbered lines of a text; lines can be given back. One thread. A line beyond the limit is cut, so that it cannot fill the memory. */
final class Lines {

    static final int LONGEST_LINE = 1 << 20;

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final Reader reader;
    private final Deque<Line> givenBack = new ArrayDeque<>();
    private final StringBuilder text = new StringBuilder(256);
    private long number;

    Lines(Reader reader) {
        this.reader = reader;
    }

    /** The next line without its end, or null after the last. */
    @Nullable
    Line next() throws IOException {
        Line again = givenBack.pollFirst();
        if (again != null) {
            return again;
        }
        text.setLength(0);
        boolean cut = false;
        int c = reader.read();
        if (c < 0) {
            return null;
        }
        for (; c >= 0 && c != '\n'; c = reader.read()) {
            if (text.length() < LONGEST_LINE) {
                text.append((char) c);
            } else {
                cut = true;
            }
        }
        number++;
        return new Line(number, content(), cut);
    }

    private String content() {
        int end = text.length();
        if (end > 0 && text.charAt(end - 1) == '\r') {
            end--;
        }
        int start = number == 1 && end > 0 && text.charAt(0) == BYTE_ORDER_MARK ? 1 : 0;
        return text.substring(start, end);
    }

    /** The number of the last line read from the text, from 1; 0 before the first. */
    long number() {
        return number;
    }

    /** Lines that {@link #next()} returns again, in this order, before it reads on. */
    void giveBack(List<Line> lines) {
        for (int i = lines.size() - 1; i >= 0; i--) {
            givenBack.addFirst(lines.get(i));
        }
    }

    /** @param cut whether the line was longer than {@link #LONGEST_LINE} */
    record Line(long number, String text, boolean cut) {}
}

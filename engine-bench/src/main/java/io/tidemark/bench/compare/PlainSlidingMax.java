package io.tidemark.bench.compare;

import io.tidemark.bench.workload.Contender;
import io.tidemark.bench.workload.EventStream;
import io.tidemark.bench.workload.PaneTally;
import java.util.Arrays;

/**
 * Sliding windows with the maximum as one would write them for exactly this workload: an array of maxima per slide, indexed by key
 * number. A maximum cannot be taken back, so these arrays are two stacks: the older slides each hold the maximum of themselves and
 * all later ones of the older part, the newer ones are in one array. The limit that the operator is measured against. Frozen: do not tune it together with the operator.
 *
 * <p>It leaves out what {@link PlainSlidingSum} does.
 *
 * <p>Threads: belongs to one thread. Units: milliseconds.
 */
public final class PlainSlidingMax implements Contender {
    private final long size;
    private final long slide;
    private final long delay;
    private final PaneTally tally = new PaneTally();
    private final DenseKeys keys;

    /** By key number: what each slide of the window holds, in a circle, and the one after it. */
    private final long[][] slides;

    /** By key number: the maxima over the closed slides that came since the older part was made. */
    private final long[] newer;

    private int newerSlides;
    private int open;
    private long end = Long.MIN_VALUE;

    /**
     * Windows of {@code size}, one beginning every {@code slide}, for at most {@code keys} keys, closed {@code delay} behind the newest
     * event; {@code size} is a multiple of {@code slide}.
     */
    public PlainSlidingMax(int keys, long size, long slide, long delay) {
        this.size = size;
        this.slide = slide;
        this.delay = delay;
        this.keys = new DenseKeys(keys);
        slides = new long[Math.toIntExact(size / slide) + 1][keys + 1];
        newer = new long[keys + 1];
    }

    @Override
    public void process(long[] rows) {
        if (end == Long.MIN_VALUE) {
            // an event up to the delay behind the first one may still come
            end = Math.floorDiv(rows[EventStream.TIMESTAMP] - delay, slide) * slide + slide;
        }
        int row = 0;
        while (row < rows.length) {
            row = processSlide(rows, row);
            if (row < rows.length) {
                close();
                row += EventStream.STRIDE;
            }
        }
    }

    /** Takes rows up to the one that closes the open slide, which is taken too; that row's index, or the end of the rows. */
    private int processSlide(long[] rows, int from) {
        long[] current = slides[open];
        long[] next = slides[after(open)];
        long slideEnd = end;
        long enough = end + delay;
        int row = from;
        for (; row < rows.length; row += EventStream.STRIDE) {
            long timestamp = rows[row + EventStream.TIMESTAMP];
            int key = keys.numberOf(rows[row + EventStream.KEY]);
            long value = rows[row + EventStream.VALUE];
            long[] maxima = timestamp < slideEnd ? current : next;
            if (value > maxima[key]) {
                maxima[key] = value;
            }
            if (timestamp >= enough) {
                break;
            }
        }
        return row;
    }

    private int after(int index) {
        return index + 1 == slides.length ? 0 : index + 1;
    }

    private int before(int index) {
        return index == 0 ? slides.length - 1 : index - 1;
    }

    /** Gives the window that ends with the open slide, and empties the slide that the next window does not reach. */
    private void close() {
        int following = after(open);
        int oldest = after(following);
        newerSlides++;
        if (newerSlides == slides.length - 1) {
            makeOlderPart(oldest);
        } else {
            keepLarger(newer, slides[open]);
        }
        long[] older = slides[oldest];
        for (int key = 1; key <= keys.last(); key++) {
            long max = Math.max(older[key], newer[key]);
            if (max != 0) {
                tally.add(keys.key(key), end - size, end, max);
            }
        }
        Arrays.fill(older, 0);
        open = following;
        end += slide;
    }

    /** Lets all slides of the window be the older part. */
    private void makeOlderPart(int oldest) {
        for (int index = open; index != oldest; index = before(index)) {
            keepLarger(slides[before(index)], slides[index]);
        }
        Arrays.fill(newer, 0);
        newerSlides = 0;
    }

    private void keepLarger(long[] into, long[] from) {
        for (int key = 1; key <= keys.last(); key++) {
            into[key] = Math.max(into[key], from[key]);
        }
    }

    @Override
    public PaneTally.Summary finish() {
        for (int i = 0; i < slides.length; i++) {
            close();
        }
        return tally.summary();
    }
}

package io.tidemark.watermark;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The watermark of one source as one shard sees it: moved along the {@link WatermarkSteps} that were decided where the source's order
 * exists.
 *
 * <p>Threads: belongs to the shard's thread. Cost: {@link #scan} is a comparison per row, {@link #advance} halves the steps.
 */
public final class SteppedWatermark {
    private static final VarHandle RELEASED;

    static {
        try {
            RELEASED = MethodHandles.lookup().findVarHandle(SteppedWatermark.class, "released", long.class);
        } catch (ReflectiveOperationException unexpected) {
            throw new ExceptionInInitializerError(unexpected);
        }
    }

    private final WatermarkSteps steps;
    private final SourceWatermark watermark;
    private final int positionColumn;
    private long position;

    @SuppressWarnings("UnusedVariable") // read and written through RELEASED
    private long released;

    SteppedWatermark(WatermarkSteps steps, SourceWatermark watermark, int positionColumn) {
        this.steps = steps;
        this.watermark = watermark;
        this.positionColumn = positionColumn;
    }

    /** The source's watermark, as far as this shard has come. */
    public SourceWatermark watermark() {
        return watermark;
    }

    /** How many steps this shard has made. */
    public long position() {
        return position;
    }

    /** How many steps come before a row. */
    public long positionOf(long[] longs, int row) {
        return longs[row + positionColumn];
    }

    /** How many steps may be made once all rows are taken that are found after this was asked. */
    public long published() {
        return steps.published();
    }

    /**
     * Makes steps up to the one that reaches {@code target}, at most up to {@code until}; a step at least.
     *
     * @param until above {@link #position}
     */
    public void advance(long until, long target) {
        long reached = until;
        if (steps.after(until) >= target) {
            long low = position;
            while (reached - low > 1) { // after(low) < target <= after(reached)
                long middle = (low + reached) >>> 1;
                if (steps.after(middle) < target) {
                    low = middle;
                } else {
                    reached = middle;
                }
            }
        }
        moveTo(reached);
    }

    /**
     * Takes rows in order up to the first that comes behind a step to {@code target}, or that is stamped below {@code low}; neither of
     * them is taken. Then stands where the last row taken stands.
     *
     * @param longs rows, the timestamp first in each; the first one's position is reached
     * @return how many rows were taken, 0 to {@code count}
     */
    public int scan(long[] longs, int at, int stride, int count, long target, long low) {
        long reached = position;
        int taken = 0;
        for (int row = at; taken < count && longs[row] >= low; row += stride) {
            long next = longs[row + positionColumn];
            if (next != reached) {
                if (steps.after(next) >= target) {
                    break;
                }
                reached = next;
            }
            taken++;
        }
        if (reached != position) {
            moveTo(reached);
        }
        return taken;
    }

    private void moveTo(long newPosition) {
        position = newPosition;
        watermark.advanceTo(steps.after(newPosition));
    }

    /** Gives the steps made back to the writer. */
    public void release() {
        RELEASED.setRelease(this, position);
    }

    /** How many steps are never read again. Any thread. */
    long released() {
        return (long) RELEASED.getAcquire(this);
    }
}

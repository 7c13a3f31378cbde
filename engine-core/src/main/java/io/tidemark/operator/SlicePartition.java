package io.tidemark.operator;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a block that belong to several slices, sorted by slice: out of order by more than a slice is long, they would change the
 * slice at nearly every row, and each slice is to get its own in one run. Within a slice they stay in the order in which they came.
 *
 * <p>Cost: some passes over the block, whatever the slices; no allocation.
 */
final class SlicePartition {
    private static final int STRETCH_BITS = 8;
    /** Into so many stretches at most, a power of two long each, the time of a block is divided. */
    private static final int STRETCHES = 1 << STRETCH_BITS;

    private final @Nullable Slice[] slices = new Slice[WindowOperator.RUN];
    private final long[] sliceStarts = new long[WindowOperator.RUN];
    private final long[] sliceEnds = new long[WindowOperator.RUN];
    /** By stretch of the block's time: the group of a slice there, which nearly always is the one; 0 where none is known. */
    private final int[] groupNear = new int[STRETCHES];

    private final int[] groupOf = new int[WindowOperator.RUN];
    /** Of each group, one past its last place. */
    private final int[] ends = new int[WindowOperator.RUN];
    /** Places in the block, group by group. */
    private final int[] sorted = new int[WindowOperator.RUN];

    private final int longStride;
    /** The inputs of the aggregation in the rows of one group. */
    final long[] longs;

    final long[] keys = new long[WindowOperator.RUN];
    /** Place in the block of each of them. */
    final int[] places = new int[WindowOperator.RUN];

    /** The entries of the rows of one group. */
    final int[] positions = new int[WindowOperator.RUN];

    /** By place in the block: the row's entry. */
    private final int[] kept = new int[WindowOperator.RUN];

    private long earliest;
    private long latest;
    private int shift;
    private int groups;
    private int count;

    SlicePartition(int longStride) {
        this.longStride = longStride;
        this.longs = new long[WindowOperator.RUN * longStride];
    }

    /** Begins with a block whose timestamps are all from {@code earliest} to {@code latest}. */
    void begin(long newEarliest, long newLatest) {
        earliest = newEarliest;
        latest = newLatest;
        shift = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(newLatest - newEarliest) - STRETCH_BITS);
        Arrays.fill(groupNear, 0, stretch(newLatest) + 1, 0);
        sliceEnds[0] = sliceStarts[0]; // where no group is known, the first does not hold anything
        groups = 0;
        count = 0;
    }

    private int stretch(long timestamp) {
        return (int) ((timestamp - earliest) >>> shift);
    }

    /**
     * Adds the next row of the block.
     *
     * @return whether its slice was known; if not, nothing is added
     */
    boolean add(long timestamp) {
        int group = groupNear[stretch(timestamp)];
        if (timestamp < sliceStarts[group] || timestamp >= sliceEnds[group]) {
            return false;
        }
        add(group);
        return true;
    }

    /** Adds the next row of the block, which is in this slice. */
    void add(long timestamp, Slice slice) {
        int group = slice.group;
        if (group >= groups || slices[group] != slice) {
            group = newGroup(slice);
        }
        groupNear[stretch(timestamp)] = group;
        add(group);
    }

    private int newGroup(Slice slice) {
        int group = groups++;
        slice.group = group;
        slices[group] = slice;
        sliceStarts[group] = slice.start;
        sliceEnds[group] = slice.end;
        ends[group] = 0;
        int from = stretch(Math.max(slice.start, earliest));
        int to = slice.end <= latest ? stretch(slice.end) : stretch(latest) + 1;
        Arrays.fill(groupNear, from, to, group);
        return group;
    }

    private void add(int group) {
        ends[group]++;
        groupOf[count++] = group;
    }

    /** Sorts what was added. */
    void sort() {
        int start = 0;
        for (int group = 0; group < groups; group++) {
            start += ends[group];
            ends[group] = start - ends[group];
        }
        for (int place = 0; place < count; place++) {
            sorted[ends[groupOf[place]]++] = place;
        }
    }

    int groups() {
        return groups;
    }

    Slice slice(int group) {
        return Objects.requireNonNull(slices[group]);
    }

    /** The slice of the row at a place of the block. */
    Slice sliceAt(int place) {
        return slice(groupOf[place]);
    }

    /** Whether the tables of all its slices follow this one. */
    boolean allFollow(KeyTable leader) {
        for (int group = 0; group < groups; group++) {
            if (!slice(group).table.follows(leader)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the table of one of its slices follows another. */
    boolean anyFollows() {
        for (int group = 0; group < groups; group++) {
            if (slice(group).table.followsAnother()) {
                return true;
            }
        }
        return false;
    }

    /**
     * Copies some columns of the rows of a group to where they would lie if the rows lay at the front of {@link #longs}.
     *
     * @return how many rows
     */
    int gather(int group, RowBatch rows, int from, int[] columns) {
        int start = group == 0 ? 0 : ends[group - 1];
        int size = ends[group] - start;
        long[] source = rows.longs;
        int first = rows.row(from);
        for (int i = 0; i < size; i++) {
            places[i] = sorted[start + i];
        }
        for (int column : columns) {
            for (int i = 0, to = column; i < size; i++, to += longStride) {
                longs[to] = source[first + places[i] * longStride + column];
            }
        }
        return size;
    }

    /** Copies the keys of the rows that were gathered last to the front of {@link #keys}. */
    void gatherKeys(long[] column, int at, int stride, int size) {
        for (int i = 0; i < size; i++) {
            keys[i] = column[at + places[i] * stride];
        }
    }

    /** The entries of the rows that were gathered last, from those of the block. */
    int[] gatherPositions(int[] found, int size) {
        for (int i = 0; i < size; i++) {
            positions[i] = found[places[i]];
        }
        return positions;
    }

    /** Lets go of the slices, whose tables would not be freed else. */
    void end() {
        Arrays.fill(slices, 0, groups, null);
        groups = 0;
    }

    /** Notes the entries of the rows that were gathered last. */
    void keepPositions(int[] found, int size) {
        for (int i = 0; i < size; i++) {
            kept[places[i]] = found[i];
        }
    }

    /** The entry of the row at a place of the block, in the table of its slice. */
    int position(int place) {
        return kept[place];
    }
}

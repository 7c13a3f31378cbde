package io.tidemark.testing;

import io.tidemark.window.ClosingBehavior;
import io.tidemark.window.OnTimeBehavior;
import io.tidemark.window.Pane.Timing;
import java.util.List;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** When an entry of the {@link ReferenceModel} gives a pane, and of which timing. */
final class ReferenceTrigger<V> {

    enum Kind {
        AFTER_WATERMARK,
        REPEATEDLY,
        NEVER
    }

    Kind kind = Kind.AFTER_WATERMARK;
    /** Fresh events that make a pane; 0 for none. */
    long everyEvents;
    /** Step of event time between panes; 0 for none. */
    long step;
    /** Clock interval between panes; 0 for none. */
    long interval;
    /** Of everything so far and of what is fresh. */
    @Nullable
    BiPredicate<List<V>, List<V>> condition;

    long lateEvery = 1;

    @Nullable
    ClosingBehavior closing;

    OnTimeBehavior onTime = OnTimeBehavior.FIRE_ALWAYS;

    boolean hasFiring() {
        return everyEvents > 0 || step > 0 || interval > 0 || condition != null;
    }

    private ClosingBehavior closing() {
        if (closing != null) {
            return closing;
        }
        return kind == Kind.NEVER ? ClosingBehavior.DISCARD : ClosingBehavior.FIRE_IF_NON_EMPTY;
    }

    /** After an event was added. The timing of the pane that is due, or null. */
    @Nullable
    Timing added(ReferenceEntry<?, V> entry, long watermark, long reading) {
        if (watermark < entry.window.end()) {
            entry.inTime = true;
            entry.awaitsEnd = kind == Kind.AFTER_WATERMARK;
        } else if (kind == Kind.AFTER_WATERMARK) {
            boolean bornLate = !entry.endDone;
            entry.endDone = true;
            return bornLate || entry.fresh.size() >= lateEvery ? Timing.LATE : null;
        }
        if (kind == Kind.NEVER) {
            return null;
        }
        boolean says = condition != null
                && condition.test(ReferenceEntry.values(entry.contents), ReferenceEntry.values(entry.fresh));
        if (says || (everyEvents > 0 && entry.fresh.size() >= everyEvents)) {
            return timing(entry, watermark);
        }
        if (step > 0 && watermark < entry.window.end() && entry.nextBoundary == null) {
            long boundary = ReferenceWindows.nextStep(entry.window.start(), step, watermark);
            entry.nextBoundary = boundary < entry.window.end() ? boundary : null;
        }
        if (interval > 0 && entry.clockDue == null) {
            entry.clockDue = ReferenceWindows.sum(reading, interval);
        }
        return null;
    }

    /** After the watermark has moved. The timing of the pane that is due, or null. */
    @Nullable
    Timing advanced(ReferenceEntry<?, V> entry, long watermark, boolean expired) {
        boolean news = !entry.fresh.isEmpty();
        boolean closes = expired && closing() == ClosingBehavior.FIRE_ALWAYS;
        if (watermark >= entry.window.end() && entry.awaitsEnd) {
            entry.awaitsEnd = false;
            entry.endDone = true;
            if (news || onTime == OnTimeBehavior.FIRE_ALWAYS || closes) {
                return Timing.ON_TIME;
            }
            entry.nonEarlyUsed = true;
        } else if (watermark < entry.window.end() && entry.nextBoundary != null && entry.nextBoundary <= watermark) {
            entry.nextBoundary = null;
            return news ? Timing.EARLY : null;
        }
        if (!expired || closing() == ClosingBehavior.DISCARD) {
            return null;
        }
        Timing timing = timing(entry, watermark);
        boolean owed = kind != Kind.NEVER && onTime == OnTimeBehavior.FIRE_ALWAYS && timing == Timing.ON_TIME;
        return news || closes || owed ? timing : null;
    }

    /** When the clock shows {@code reading}. The timing of the pane that is due, or null. */
    @Nullable
    Timing clocked(ReferenceEntry<?, V> entry, long watermark, long reading) {
        if (entry.clockDue == null || entry.clockDue > reading) {
            return null;
        }
        entry.clockDue = null;
        boolean open = watermark < entry.window.end() || kind == Kind.REPEATEDLY;
        return open && !entry.fresh.isEmpty() ? timing(entry, watermark) : null;
    }

    private static Timing timing(ReferenceEntry<?, ?> entry, long watermark) {
        if (watermark < entry.window.end()) {
            return Timing.EARLY;
        }
        return entry.inTime && !entry.nonEarlyUsed ? Timing.ON_TIME : Timing.LATE;
    }

    /** After a merge, whose bounds may lie beyond the watermark again. */
    void merged(ReferenceEntry<?, V> entry) {
        entry.awaitsEnd = kind == Kind.AFTER_WATERMARK && !entry.endDone;
    }
}

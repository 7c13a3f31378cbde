package io.tidemark.testing;

import io.tidemark.window.TimeWindow;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which session an event makes of a key's sessions. Sessions of a key never overlap; only a longest session lets them touch. */
final class ReferenceSessions {
    private final @Nullable BigInteger longest;

    /** @param longest 0 for sessions of any length */
    ReferenceSessions(long longest) {
        this.longest = longest == 0 ? null : BigInteger.valueOf(longest);
    }

    /**
     * What an event's session becomes.
     *
     * @param bounds of the session with the event
     * @param parts the sessions that it is made of; none for a new one
     */
    record Placement(TimeWindow bounds, List<TimeWindow> parts) {}

    /** @param live the key's sessions */
    Placement place(long timestamp, long gap, List<TimeWindow> live) {
        BigInteger at = BigInteger.valueOf(timestamp);
        BigInteger ownEnd = at.add(BigInteger.valueOf(gap));
        List<TimeWindow> parts = new ArrayList<>();
        BigInteger start = at;
        BigInteger end = limited(at, ownEnd);
        TimeWindow home = home(timestamp, live);
        if (home != null) {
            parts.add(home);
            start = BigInteger.valueOf(home.start());
            end = limited(start, ownEnd.max(BigInteger.valueOf(home.end())));
        }
        List<TimeWindow> following = new ArrayList<>(live);
        BigInteger from = start;
        following.removeIf(session ->
                session.equals(home) || BigInteger.valueOf(session.start()).compareTo(from) < 0);
        following.sort(Comparator.comparingLong(TimeWindow::start));
        for (TimeWindow session : following) {
            BigInteger next = BigInteger.valueOf(session.start());
            if (next.compareTo(end) > 0) {
                break;
            }
            BigInteger joined = end.max(BigInteger.valueOf(session.end()));
            if (longest != null && joined.subtract(start).compareTo(longest) > 0) {
                end = next;
                break;
            }
            parts.add(session);
            end = joined;
        }
        TimeWindow bounds = new TimeWindow(ReferenceWindows.held(start), ReferenceWindows.held(end));
        return new Placement(bounds, parts);
    }

    /** The session that the event falls into: the one that contains it, or else the one that it touches and that has room. */
    private @Nullable TimeWindow home(long timestamp, List<TimeWindow> live) {
        for (TimeWindow session : live) {
            if (session.contains(timestamp)) {
                return session;
            }
        }
        for (TimeWindow session : live) {
            BigInteger at = BigInteger.valueOf(timestamp);
            BigInteger start = BigInteger.valueOf(session.start());
            boolean room = longest == null || at.compareTo(start.add(longest)) < 0;
            if (session.end() == timestamp && room) {
                return session;
            }
        }
        return null;
    }

    private BigInteger limited(BigInteger start, BigInteger end) {
        return longest == null ? end : end.min(start.add(longest));
    }
}

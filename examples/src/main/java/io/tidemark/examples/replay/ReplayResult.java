package io.tidemark.examples.replay;

import io.tidemark.SourceMetrics;
import io.tidemark.StreamMetrics;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the engine made of the events.
 *
 * @param windows a row per pane, in the order in which the engine handed them out
 * @param late the events that came too late, in order of arrival
 * @param quarantined the events that the engine would not take
 * @param watermarks samples over the run, in order of arrival
 * @param source the engine's account of the input
 * @param stream the engine's account of the windows
 */
public record ReplayResult(
        List<WindowRow> windows,
        List<LateRow> late,
        List<QuarantinedRow> quarantined,
        List<WatermarkSample> watermarks,
        SourceMetrics source,
        StreamMetrics stream) {

    /** The last pane of each window that held an event: what the window came to in the end. */
    public List<WindowRow> lastPanes() {
        Map<WindowId, WindowRow> last = new LinkedHashMap<>();
        windows.forEach(pane -> last.put(new WindowId(pane.start(), pane.end(), pane.key()), pane));
        return List.copyOf(last.values());
    }

    /** What the late events are worth, in minor units. */
    public BigInteger lateTotal() {
        return late.stream()
                .map(row -> BigInteger.valueOf(row.event().amount()))
                .reduce(BigInteger.ZERO, BigInteger::add);
    }

    private record WindowId(long start, long end, String key) {}
}

package io.tidemark.examples.output;

import io.tidemark.SourceMetrics;
import io.tidemark.StreamMetrics;
import io.tidemark.examples.replay.ReplayResult;
import java.util.List;

/**
 * The law that no event is lost (L1): what went in equals the sum of where it went, once for the source and once for the windows.
 *
 * @param name what is accounted for
 * @param whole the name of what went in
 * @param total how many went in
 * @param parts where they went
 */
public record Accounting(String name, String whole, long total, List<Part> parts) {

    public record Part(String name, long count) {}

    /** The two accounts of a run. */
    public static List<Accounting> of(ReplayResult result) {
        SourceMetrics source = result.source();
        StreamMetrics stream = result.stream();
        return List.of(
                new Accounting(
                        "source " + source.name(),
                        "accepted",
                        source.accepted(),
                        List.of(
                                new Part("handed on", source.handedOn()),
                                new Part("invalid", source.invalid()),
                                new Part("future", source.future()),
                                new Part("failed", source.failed()),
                                new Part("in flight", source.inFlight()))),
                new Accounting(
                        "stream " + stream.name(),
                        "handed on",
                        stream.handedOn(),
                        List.of(
                                new Part("aggregated", stream.aggregated()),
                                new Part("late", stream.late()),
                                new Part("unassigned", stream.unassigned()),
                                new Part("failed", stream.failed()))));
    }

    /** Whether the parts add up to the whole. */
    public boolean balanced() {
        return total == parts.stream().mapToLong(Part::count).sum();
    }
}

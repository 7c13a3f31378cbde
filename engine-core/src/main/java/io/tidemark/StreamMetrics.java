package io.tidemark;

import org.jspecify.annotations.Nullable;

/**
 * What became of the events of one stream of windows: {@code handedOn = aggregated + late + unassigned + failed}.
 *
 * <p>Of several streams of a FAILED engine, those behind the one in which it failed may lack the last rows. Of streams that several shards
 * split by different keys, each counts a row when its own shard takes it; they agree once nothing is in flight.
 *
 * <p>Threads: immutable.
 *
 * @param name the stream's name
 * @param input name of the stream whose results are its events; null if they come from the sources
 * @param handedOn events that came to it: of the sources, or panes and retractions of its input
 * @param aggregated events that count in at least one window
 * @param late events all of whose windows had expired
 * @param unassigned events that have no window (slide > size, or an assigner of your own gave none)
 * @param failed events whose key threw, results of which an extractor threw, and those in whose midst user code ended the engine
 * @param windowsMissed windows missed by events that count in others; of windows that follow events, at most the event's own is known
 * @param panes results given, but for retractions
 * @param retractions results that took back others
 * @param liveWindows windows that hold events and whose end is not reached; a window that holds some on several shards counts on each
 * @param liveEntries entries of state in memory, with those kept for keys that come again, in the next window or in another slice of this one
 */
public record StreamMetrics(
        String name,
        @Nullable String input,
        long handedOn,
        long aggregated,
        long late,
        long unassigned,
        long failed,
        long windowsMissed,
        long panes,
        long retractions,
        long liveWindows,
        long liveEntries) {}

package io.tidemark.window;

/**
 * The call-back when a window closes, and again for every correction.
 *
 * <p>Threads: called by the engine thread (in {@code polled()} mode the caller's), one call at a time; with several
 * shards by the thread of each, so at the same time, unless each shard was given a listener of its own. It should return soon:
 * while it runs, the engine reads no events, and a slow listener ends as a full ring. What it throws goes to the error policy;
 * the engine goes on.
 *
 * @param <K> key
 * @param <R> value
 */
@FunctionalInterface
public interface WindowListener<K, R> {

    /**
     * One result.
     *
     * @param result a view that is valid during this call only; {@link WindowResult#copy()} keeps it
     */
    void onResult(WindowResult<K, R> result);
}

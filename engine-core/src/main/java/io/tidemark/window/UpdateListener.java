package io.tidemark.window;

import org.jspecify.annotations.Nullable;

/**
 * A call-back that gets each result together with the one that it replaces; what a table of current results needs.
 *
 * <ul>
 *   <li>first pane of a window: {@code (null, after)};
 *   <li>another pane of it: {@code (before, after)};
 *   <li>sessions that were merged: {@code (part, null)} for each that had given a result, then {@code (null, merged)}.
 * </ul>
 *
 * <pre>{@code
 * .onUpdate((before, after) -> {
 *     if (before != null) {
 *         table.remove(before.window());
 *     }
 *     if (after != null) {
 *         table.put(after.window(), after.longValue());
 *     }
 * });
 * }</pre>
 *
 * <p>Threads, errors: as {@link WindowListener}, but there is no listener per shard: with several it must be thread-safe. Both results are views, valid during the call only.
 *
 * @param <K> key
 * @param <R> value
 */
@FunctionalInterface
public interface UpdateListener<K, R> {

    /**
     * One change; never both null.
     *
     * @param before what is no longer so
     * @param after what is so now
     */
    void onUpdate(@Nullable WindowResult<K, R> before, @Nullable WindowResult<K, R> after);
}

package io.tidemark.window;

/** A {@link WindowAssigner} in whole units of the engine's time: what the operators work with. */
public sealed interface WindowArithmetic permits SlicedWindows, SessionWindows, FollowingWindows, AssignedWindows {

    /** The longest span one window can have, for the check that size and lateness fit into a {@code long} together. */
    long longestWindow();
}

package io.tidemark.bench.workload;

/**
 * One of those that are compared, by name.
 *
 * <p>Threads: as its caller; a JVM measures one contender.
 */
public interface ContenderFactory {

    /** How it is called in tables and on the command line. */
    String contender();

    /** Whether it can do this workload. */
    boolean takes(Workload workload);

    /** Whether it has a consumer that spins a chosen time when it finds little. */
    boolean hasPatience();

    /**
     * A new contender, ready to take rows.
     *
     * @param patience spins of its consumer, if it has one
     */
    Contender create(Workload workload, int keys, int patience);

    /** Whether its panes can be compared; if not, it checks by itself that it did what it should. */
    default boolean givesPanes() {
        return true;
    }

    /**
     * A new contender for {@link Paced} events, its thread running.
     *
     * @throws UnsupportedOperationException if it hands nothing over between threads
     */
    default Paced createPaced(int patience, Paced.Listener listener) {
        throw new UnsupportedOperationException(contender() + " hands nothing over between threads");
    }
}

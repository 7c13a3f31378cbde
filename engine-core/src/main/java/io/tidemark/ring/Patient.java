package io.tidemark.ring;

/** Another strategy, with patience. */
record Patient(WaitStrategy strategy, int patience) implements WaitStrategy {

    Patient {
        if (patience < 0) {
            throw new IllegalArgumentException(
                    "patience of " + patience + " spins is negative; use 0 to take what is there");
        }
    }

    @Override
    public void idle(int emptyPolls) {
        strategy.idle(emptyPolls);
    }

    @Override
    public WaitStrategy withPatience(int spins) {
        return new Patient(strategy, spins);
    }
}

package io.tidemark.bench.comparison;

import io.tidemark.bench.workload.Workload;

/**
 * Tries pauses of a consumer, two short runs for each: how prompt it is at a million events a second, and if it is prompt enough, how fast it
 * is when there are as many events as it can take.
 *
 * <p>Threads: belongs to one thread.
 */
final class PauseSearch {
    private static final int EVENTS = 2_016_000;
    private static final int KEYS = 1_000;
    private static final Effort PROMPT = new Effort(1, 1_000, Effort.FULL.heapMebibytes());
    private static final Effort FAST = new Effort(5, 1_500, Effort.FULL.heapMebibytes());

    private final Fork prompt = new Fork(PROMPT);
    private final Fork fast = new Fork(FAST);

    Pauses.Trial measure(String contender, int pause) throws Fork.FailedRun, InterruptedException {
        Run run = new Run(contender, Workload.TUMBLING, KEYS, pause, Run.Mode.PACED, EVENTS);
        Pauses.Trial trial =
                new Pauses.Trial(contender, pause, prompt.measure(run).median(Figure.P50), 0);
        if (!trial.isPromptEnough()) {
            return trial;
        }
        double rate = fast.measure(run.with(Run.Mode.STEADY, EVENTS)).median();
        return new Pauses.Trial(contender, pause, trial.p50(), rate);
    }
}

package io.tidemark.bench.comparison;

import static io.tidemark.bench.workload.Workload.FIVE;
import static io.tidemark.bench.workload.Workload.SESSIONS;
import static io.tidemark.bench.workload.Workload.SLIDING;
import static io.tidemark.bench.workload.Workload.SLIDING_MAX;
import static io.tidemark.bench.workload.Workload.TUMBLING;
import static io.tidemark.bench.workload.Workload.TUMBLING_LATE;
import static io.tidemark.bench.workload.Workload.TUMBLING_MAX;

import io.tidemark.bench.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The table of targets. Threads: belongs to one thread. */
final class Targets {
    private static final int FEW = 1_000;
    private static final int MANY = 100_000;
    private static final double OBJECT_BYTES = 0.1;

    private static final List<Workload> FIVE_ALONE = List.of(
            Workload.FIVE_TUMBLING_1S,
            Workload.FIVE_TUMBLING_10S,
            Workload.FIVE_TUMBLING_60S,
            Workload.FIVE_SLIDING_60S,
            Workload.FIVE_SLIDING_300S);

    private static final List<Workload> SLIDES =
            List.of(Workload.SLIDING_10S, SLIDING, Workload.SLIDING_100MS, Workload.SLIDING_10MS);

    private static final List<Workload> MAX_SLIDES =
            List.of(Workload.SLIDING_MAX_10S, SLIDING_MAX, Workload.SLIDING_MAX_100MS, Workload.SLIDING_MAX_10MS);

    private final Scale scale;
    private final List<Target> targets = new ArrayList<>();

    /**
     * How much is measured.
     *
     * @param events of a round
     * @param fewerBy a slow peer gets so many times fewer than in a full run
     * @param slidingEvents of a round of P9; five rounds of a short run are a minute of event time, all that a window of 60 s
     *     goes through
     * @param heapKeys distinct keys of the run that looks at the heap
     * @param pacedSeconds how long a paced run is
     */
    record Scale(int events, int fewerBy, int slidingEvents, int heapKeys, int pacedSeconds) {
        static final Scale FULL = new Scale(10_080_000, 1, 5_040_000, 10_000_000, 60);

        /** A table of as many keys is as full as with ten million. */
        static final Scale SHORT = new Scale(2_016_000, 5, 1_008_000, 1_250_000, 3);

        Scale withPaced(int seconds) {
            return new Scale(events, fewerBy, slidingEvents, heapKeys, seconds);
        }
    }

    private Targets(Scale scale) {
        this.scale = scale;
    }

    static List<Target> all(Scale scale) {
        Targets all = new Targets(scale);
        all.addLimit();
        all.addOperator();
        all.addEngine();
        all.addHandOff();
        all.addPeers();
        all.addSlides();
        all.addFive();
        all.addBytes();
        all.addHeap();
        all.addLatency();
        all.addMixed();
        all.addShards();
        return List.copyOf(all.targets);
    }

    private Run run(String contender, Workload workload, int keys) {
        return new Run(contender, workload, keys, 0, Run.Mode.STEADY, scale.events());
    }

    private Run limit(Workload workload, int keys) {
        return run("limit", workload, keys);
    }

    private Run operator(Workload workload, int keys) {
        return run("operator", workload, keys);
    }

    private Run engine(Workload workload, int keys) {
        return run("engine-rows", workload, keys);
    }

    private void add(
            String id,
            String what,
            Run measured,
            List<Run> against,
            Target.Kind kind,
            @Nullable Figure figure,
            double target) {
        targets.add(new Target(id, what, measured, against, kind, figure, target));
    }

    private void ratio(String id, String what, Run measured, Run against, double target) {
        add(id, what, measured, List.of(against), Target.Kind.RATIO, null, target);
    }

    /** For information. */
    private void ratio(String what, Run measured, Run against) {
        ratio("-", what, measured, against, 0);
    }

    private void addLimit() {
        String what = "the loop by hand against key = index";
        ratio("LIMIT", what, limit(TUMBLING, FEW), run("index", TUMBLING, FEW), 0.65);
        ratio("LIMIT", what, limit(TUMBLING, MANY), run("index", TUMBLING, MANY), 0.36);
        for (int keys : new int[] {FEW, MANY}) {
            ratio("a HashMap of boxed keys against LIMIT", run("hashmap", TUMBLING, keys), limit(TUMBLING, keys));
        }
        for (Workload workload : List.of(TUMBLING, SLIDING, SESSIONS)) {
            for (int keys : new int[] {FEW, MANY}) {
                ratio(
                        "a loop by hand with the contract, against LIMIT",
                        run("contract", workload, keys),
                        limit(workload, keys));
            }
        }
    }

    private void addOperator() {
        for (Workload workload : List.of(TUMBLING, SLIDING, TUMBLING_MAX)) {
            ratio("P1", "operator against LIMIT", operator(workload, FEW), limit(workload, FEW), 0.9);
        }
        ratio("P2", "operator against LIMIT", operator(TUMBLING, MANY), limit(TUMBLING, MANY), 1.2);
        for (int keys : new int[] {FEW, MANY}) {
            ratio("P3", "operator against LIMIT", operator(SESSIONS, keys), limit(SESSIONS, keys), 0.9);
        }
        ratio("sliding maximum against LIMIT", operator(SLIDING_MAX, FEW), limit(SLIDING_MAX, FEW));
    }

    private void addEngine() {
        String what = "engine, rows, against LIMIT";
        for (Workload workload : List.of(TUMBLING, SLIDING)) {
            ratio("P4", what, engine(workload, FEW), limit(workload, FEW), 0.8);
            ratio("P4", what, engine(workload, MANY), limit(workload, MANY), 0.95);
        }
    }

    private void addHandOff() {
        ratio(
                "P5",
                "engine, row by row, against Disruptor",
                run("engine-one-by-one", TUMBLING, FEW),
                run("disruptor", TUMBLING, FEW),
                1.2);
        ratio("Disruptor in batches against LIMIT", run("disruptor-batch", TUMBLING, FEW), limit(TUMBLING, FEW));
        ratio(
                "P6",
                "engine, objects, against JCTools SPSC",
                run("engine-objects", TUMBLING_LATE, FEW),
                run("jctools-spsc", TUMBLING_LATE, FEW),
                1.5);
        ratio(
                "P15",
                "engine.publish against JCTools MPSC",
                run("engine-shared", TUMBLING, FEW),
                run("jctools-mpsc", TUMBLING, FEW),
                1);
        ratio(
                "P15",
                "the same, two producers",
                run("engine-shared-by-two", TUMBLING, FEW),
                run("jctools-mpsc-by-two", TUMBLING, FEW),
                1);
    }

    private void addPeers() {
        String flink = "operator against Flink's";
        peer("P7", flink, operator(TUMBLING, FEW), "flink-operator", 5_000_000 / scale.fewerBy(), 12);
        peer("P7", flink, operator(SLIDING, FEW), "flink-operator", 168_000 / scale.fewerBy(), 500);
        peer("P7", flink, operator(SESSIONS, FEW), "flink-operator", 2_000_000 / scale.fewerBy(), 25);
        for (Workload workload : List.of(TUMBLING, SLIDING, SESSIONS)) {
            double target = workload == SESSIONS ? 10 : 20;
            int events = workload == SESSIONS ? scale.events() / 5 : scale.events();
            peer("P8", "engine against Hazelcast Jet", engine(workload, FEW), "jet", events, target);
        }
    }

    /** Whole runs on both sides, since a peer is slow to fill, or begins anew each time. */
    private void peer(String id, String what, Run ours, String peer, int events, double target) {
        Run theirs = run(peer, ours.workload(), ours.keys()).with(Run.Mode.WHOLE, events);
        ratio(id, what, ours.with(Run.Mode.WHOLE, events), theirs, target);
    }

    /**
     * Whether an event or a result costs more because a window has more slides: all time over all events and results, with 0.001 to 1.2 results
     * per event. The operator is stopped where windows end, so that both parts can be looked at by themselves too. LIMIT gets the events in order.
     */
    private void addSlides() {
        for (List<Workload> slides : List.of(SLIDES, MAX_SLIDES)) {
            String over = ", slides of 10 s to 10 ms, " + (slides.equals(SLIDES) ? "sum" : "max");
            flatness("P9", "operator-parts", slides, "time per event or result" + over, Figure.PER_EITHER, 1.3);
            flatness("-", "operator-parts", slides, "time per event" + over, Figure.PER_EVENT, 0);
            flatness("-", "operator-parts", slides, "time per result" + over, Figure.PER_RESULT, 0);
            flatness("-", "limit-in-order", slides, "LIMIT per event or result" + over, Figure.PER_EITHER, 0);
            if (slides.equals(SLIDES)) {
                String what = "the loop by hand with the contract per event or result" + over;
                flatness("-", "contract-parts", slides, what, Figure.PER_EITHER, 0);
            }
        }
    }

    private void flatness(
            String id, String contender, List<Workload> slides, String what, Figure figure, double target) {
        List<Run> runs = slides.stream()
                .map(slide -> run(contender, slide, FEW).with(Run.Mode.PARTS, scale.slidingEvents()))
                .toList();
        add(id, what, runs.get(0), runs.subList(1, runs.size()), Target.Kind.FLATNESS, figure, target);
    }

    private void addFive() {
        List<Run> alone = FIVE_ALONE.stream().map(one -> operator(one, FEW)).toList();
        String what = "five windows, time of the dearest alone";
        add("P10", what, operator(FIVE, FEW), alone, Target.Kind.TIME, null, 1.5);
        ratio("five windows against LIMIT", operator(FIVE, FEW), limit(FIVE, FEW));
    }

    private void addBytes() {
        for (Workload workload : List.of(TUMBLING, SLIDING, SESSIONS)) {
            bytes(operator(workload, FEW));
        }
        for (String engine : List.of("engine-rows", "engine-one-by-one", "engine-objects", "engine-shared")) {
            bytes(run(engine, TUMBLING, FEW));
        }
    }

    private void bytes(Run run) {
        String what = "bytes per event, " + run.contender();
        add("P11", what, run, List.of(), Target.Kind.BYTES, null, OBJECT_BYTES);
    }

    private void addHeap() {
        int keys = scale.heapKeys();
        Run run = operator(TUMBLING, keys).with(Run.Mode.RETAINED, keys);
        add("P12", "retained heap, bytes per key", run, List.of(), Target.Kind.FIGURE, Figure.PER_KEY, 44);
        add("P12", "heap while growing, times retained", run, List.of(), Target.Kind.FIGURE, Figure.PEAK, 2);
        String byDefault = "the same, default collector";
        add("-", byDefault, run, List.of(), Target.Kind.FIGURE, Figure.PEAK_DEFAULT, 0);
    }

    private void addLatency() {
        int events = scale.pacedSeconds() * 1_000_000;
        Run ours = run("engine-one-by-one", TUMBLING, 1).with(Run.Mode.PACED, events);
        Run theirs = run("disruptor", TUMBLING, 1).with(Run.Mode.PACED, events);
        for (Figure figure : List.of(Figure.P50, Figure.P99)) {
            String what = figure.label() + " at 1 M events/s, of Disruptor's";
            add("P13", what, ours, List.of(theirs), Target.Kind.FIGURE_RATIO, figure, 1);
        }
        Run engine = engine(TUMBLING, FEW);
        Run recording = run("latency-recording", TUMBLING, FEW);
        add("P14", "latency recording, part of P4's time", recording, List.of(engine), Target.Kind.TIME, null, 0.02);
        Run unsampled = run("engine-rows-unsampled", TUMBLING, FEW);
        // for information: the rates of two whole runs differ by more than the two per cent in question
        ratio("sampling at its default against none", engine, unsampled);
        ratio("every event sampled against none", run("engine-rows-all-sampled", TUMBLING, FEW), unsampled);
    }

    private void addMixed() {
        List<Run> clean = new ArrayList<>();
        for (Workload workload : List.of(TUMBLING, SLIDING, TUMBLING_MAX)) {
            clean.add(operator(workload, FEW));
        }
        clean.add(engine(TUMBLING, FEW));
        clean.add(engine(SLIDING, FEW));
        clean.add(operator(FIVE, FEW));
        for (Run run : clean) {
            String what = run.contender() + ", everything ran before, against clean";
            ratio("P16", what, run.with(Run.Mode.MIXED, run.events()), run, 0.9);
        }
    }

    private void addShards() {
        ratio("P17", "two shards against one", run("engine-shards", TUMBLING, MANY), engine(TUMBLING, MANY), 1.2);
    }
}

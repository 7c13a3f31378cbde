package io.tidemark.bench.comparison;

import static io.tidemark.bench.workload.Workload.FIVE;
import static io.tidemark.bench.workload.Workload.SESSIONS;
import static io.tidemark.bench.workload.Workload.SLIDING;
import static io.tidemark.bench.workload.Workload.TUMBLING;
import static io.tidemark.bench.workload.Workload.TUMBLING_MAX;

import io.tidemark.bench.workload.Workload;
import java.util.ArrayList;
import java.util.List;

/** The table of targets, for the events of a full run or of a short one. Threads: belongs to one thread. */
final class Targets {
    private static final int FEW = 1_000;
    private static final int MANY = 100_000;
    private static final int PATIENCE = 200;
    private static final double OBJECT_BYTES = 0.1;

    private static final List<Workload> FIVE_ALONE = List.of(
            Workload.FIVE_TUMBLING_1S,
            Workload.FIVE_TUMBLING_10S,
            Workload.FIVE_TUMBLING_60S,
            Workload.FIVE_SLIDING_60S,
            Workload.FIVE_SLIDING_300S);

    private final int events;
    private final int fewerBy;
    private final List<Target> targets = new ArrayList<>();

    private Targets(boolean isShort) {
        events = isShort ? 2_016_000 : 10_080_000;
        fewerBy = isShort ? 5 : 1;
    }

    static List<Target> all(boolean isShort) {
        Targets all = new Targets(isShort);
        all.addLimit();
        all.addOperator();
        all.addEngine();
        all.addPeers();
        all.addFive();
        all.addBytes();
        return List.copyOf(all.targets);
    }

    private Run run(String contender, Workload workload, int keys) {
        return new Run(contender, workload, keys, 0, false, events);
    }

    /** Of a contender with a consumer. */
    private Run patient(String contender, Workload workload, int keys) {
        return run(contender, workload, keys).with(PATIENCE);
    }

    private Run whole(Run run, int wholeEvents) {
        return new Run(run.contender(), run.workload(), run.keys(), run.patience(), true, wholeEvents);
    }

    private void ratio(String id, String what, Run measured, Run against, double target) {
        targets.add(new Target(id, what, measured, List.of(against), Target.Kind.RATIO, target));
    }

    private void addLimit() {
        ratio("LIMIT", "the loop by hand against key = index", limit(TUMBLING, FEW), run("index", TUMBLING, FEW), 0.65);
        ratio(
                "LIMIT",
                "the loop by hand against key = index",
                limit(TUMBLING, MANY),
                run("index", TUMBLING, MANY),
                0.36);
        ratio("-", "a HashMap of boxed keys against LIMIT", run("hashmap", TUMBLING, FEW), limit(TUMBLING, FEW), 0);
        ratio("-", "a HashMap of boxed keys against LIMIT", run("hashmap", TUMBLING, MANY), limit(TUMBLING, MANY), 0);
    }

    private Run limit(Workload workload, int keys) {
        return run("limit", workload, keys);
    }

    private Run operator(Workload workload, int keys) {
        return run("operator", workload, keys);
    }

    private void addOperator() {
        for (Workload workload : List.of(TUMBLING, SLIDING, TUMBLING_MAX)) {
            ratio("P1", "operator against LIMIT", operator(workload, FEW), limit(workload, FEW), 0.9);
        }
        ratio("P2", "operator against LIMIT", operator(TUMBLING, MANY), limit(TUMBLING, MANY), 1.2);
        for (int keys : new int[] {FEW, MANY}) {
            ratio("P3", "operator against LIMIT", operator(SESSIONS, keys), limit(SESSIONS, keys), 0.9);
        }
    }

    private void addEngine() {
        for (Workload workload : List.of(TUMBLING, SLIDING)) {
            Run few = patient("engine-rows", workload, FEW);
            Run many = patient("engine-rows", workload, MANY);
            ratio("P4", "engine, rows, against LIMIT", few, limit(workload, FEW), 0.8);
            ratio("P4", "engine, rows, against LIMIT", many, limit(workload, MANY), 0.95);
        }
        Run oneByOne = patient("engine-one-by-one", TUMBLING, FEW);
        ratio("P5", "engine, row by row, against Disruptor", oneByOne, patient("disruptor", TUMBLING, FEW), 1.2);
        ratio(
                "-",
                "Disruptor in batches against LIMIT",
                patient("disruptor-batch", TUMBLING, FEW),
                limit(TUMBLING, FEW),
                0);
        Run objects = patient("engine-objects", TUMBLING, FEW);
        ratio("P6", "engine, objects, against JCTools SPSC", objects, patient("jctools-spsc", TUMBLING, FEW), 1.5);
        Run shared = patient("engine-shared", TUMBLING, FEW);
        ratio("P15", "engine.publish against JCTools MPSC", shared, patient("jctools-mpsc", TUMBLING, FEW), 1.0);
    }

    private void addPeers() {
        against("P7", "operator against Flink's", operator(TUMBLING, FEW), "flink-operator", 5_000_000 / fewerBy, 12);
        against("P7", "operator against Flink's", operator(SLIDING, FEW), "flink-operator", 168_000 / fewerBy, 500);
        against("P7", "operator against Flink's", operator(SESSIONS, FEW), "flink-operator", 2_000_000 / fewerBy, 25);
        for (Workload workload : List.of(TUMBLING, SLIDING, SESSIONS)) {
            Run engine = patient("engine-rows", workload, FEW);
            against("P8", "engine against Jet", engine, "jet", events, workload == SESSIONS ? 10 : 20);
        }
    }

    /** Whole runs on both sides, since a peer is slow to fill, or begins anew each time. */
    private void against(String id, String what, Run ours, String peer, int wholeEvents, double target) {
        Run theirs = new Run(peer, ours.workload(), ours.keys(), 0, true, wholeEvents);
        ratio(id, what, whole(ours, wholeEvents), theirs, target);
    }

    private void addFive() {
        List<Run> alone = FIVE_ALONE.stream().map(one -> operator(one, FEW)).toList();
        targets.add(new Target(
                "P10", "five windows, time of the dearest alone", operator(FIVE, FEW), alone, Target.Kind.TIME, 1.5));
        ratio("-", "five windows against LIMIT", operator(FIVE, FEW), limit(FIVE, FEW), 0);
        ratio(
                "-",
                "sliding maximum against LIMIT",
                operator(Workload.SLIDING_MAX, FEW),
                limit(Workload.SLIDING_MAX, FEW),
                0);
    }

    private void addBytes() {
        for (Workload workload : List.of(TUMBLING, SLIDING, SESSIONS)) {
            bytes(operator(workload, FEW));
        }
        bytes(patient("engine-rows", TUMBLING, FEW));
        bytes(patient("engine-one-by-one", TUMBLING, FEW));
        bytes(patient("engine-objects", TUMBLING, FEW));
        bytes(patient("engine-shared", TUMBLING, FEW));
    }

    private void bytes(Run run) {
        targets.add(new Target(
                "P11", "bytes per event, " + run.contender(), run, List.of(), Target.Kind.BYTES, OBJECT_BYTES));
    }
}

package io.tidemark.bench.comparison;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.management.ThreadMXBean;
import io.tidemark.bench.EverythingOnce;
import io.tidemark.bench.compare.Limits;
import io.tidemark.bench.workload.Contender;
import io.tidemark.bench.workload.ContenderFactory;
import io.tidemark.bench.workload.EventStream;
import io.tidemark.bench.workload.PaneTally;
import io.tidemark.bench.workload.PartsContender;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The main of a forked JVM: measures one run, then lets the loop by hand do the same and compares the panes.
 *
 * <p>Threads: belongs to one thread.
 */
final class MeasuredRun {
    /** What stands before the outcome on its line of output. */
    static final String RESULT = "result ";

    private static final int LEAST_WARMUP_ROUNDS = 2;
    private static final double NANOS_PER_MICRO = 1e3;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Run run;
    private final Effort effort;
    private final ContenderFactory factory;
    private final List<Double> rates = new ArrayList<>();
    private long allocated;
    private long eventNanos;
    private long resultNanos;
    private long partEvents;
    private long results;

    private MeasuredRun(Run run, Effort effort, ContenderFactory factory) {
        this.run = run;
        this.effort = effort;
        this.factory = factory;
    }

    /** Arguments: the run and the effort as JSON. */
    public static void main(String[] arguments) {
        int status = 1; // and exit at any rate: a peer's threads may live on
        try {
            JsonMapper json = new JsonMapper();
            Run run = json.readValue(arguments[0], Run.class);
            Effort effort = json.readValue(arguments[1], Effort.class);
            ContenderFactory factory = new Contenders().get(run.contender());
            Outcome outcome = switch (run.mode()) {
                case STEADY, MIXED, WHOLE, PARTS -> new MeasuredRun(run, effort, factory).measure();
                case PACED -> new PacedRun(run, effort).measure(factory);
                case RETAINED -> new RetainedRun(run).measure(factory);
            };
            System.out.println(RESULT + json.writeValueAsString(outcome));
            status = 0;
        } catch (Exception | LinkageError thrown) {
            thrown.printStackTrace(System.out);
        } finally {
            System.exit(status);
        }
    }

    private Outcome measure() {
        if (run.mode() == Run.Mode.MIXED) {
            EverythingOnce.run();
        }
        PaneTally.Summary panes = run.mode() == Run.Mode.WHOLE ? measureWhole() : measureSteady();
        long events = rates.size() * (long) stream().events();
        return new Outcome(run, List.of(rates), (double) allocated / events, panes, parts());
    }

    private EventStream stream() {
        return run.workload().stream(run.keys(), run.events());
    }

    private Contender contender() {
        return factory.create(run.workload(), run.keys(), run.patience());
    }

    private PaneTally.Summary measureSteady() {
        EventStream stream = stream();
        Contender contender = contender();
        long warmUntil = System.nanoTime() + effort.warmupMillis() * 1_000_000;
        while (stream.played() < LEAST_WARMUP_ROUNDS
                || stream.elapsed() < run.workload().longestWindow()
                || System.nanoTime() - warmUntil < 0) {
            stream.play();
            contender.process(stream.rows());
        }
        for (int round = 0; round < effort.rounds(); round++) {
            stream.play();
            takeParts(contender, 0);
            measure(stream.events(), () -> contender.process(stream.rows()));
            takeParts(contender, stream.events());
        }
        PaneTally.Summary panes = contender.finish();
        if (factory.givesPanes()) {
            PaneTally.Summary limit = steadyLimit(stream.played());
            panes.require(contender instanceof PartsContender ? limit.unchecked() : limit, run.label());
        }
        return panes;
    }

    /** Takes the times of a contender that has them; with no events, they do not count. */
    private void takeParts(Contender contender, int events) {
        if (contender instanceof PartsContender parts) {
            long onEvents = parts.takeEventNanos();
            long onResults = parts.takeResultNanos();
            long given = parts.takeResults();
            if (events > 0) {
                eventNanos += onEvents;
                resultNanos += onResults;
                partEvents += events;
                results += given;
            }
        }
    }

    /** Of all rounds together: what is done once a minute is in one of them. */
    private Map<Figure, List<Double>> parts() {
        if (results == 0) {
            return Map.of();
        }
        List<Double> perEither = List.of((double) (eventNanos + resultNanos) / (partEvents + results));
        if (resultNanos == 0) {
            return Map.of(Figure.PER_EITHER, perEither); // it does not tell them apart
        }
        return Map.of(
                Figure.PER_EVENT, List.of((double) eventNanos / partEvents),
                Figure.PER_RESULT, List.of((double) resultNanos / results),
                Figure.PER_EITHER, perEither);
    }

    private PaneTally.Summary steadyLimit(long rounds) {
        EventStream stream = stream();
        Contender limit = Limits.of(run.workload(), run.keys());
        while (stream.played() < rounds) {
            stream.play();
            limit.process(stream.rows());
        }
        return limit.finish();
    }

    private PaneTally.Summary measureWhole() {
        EventStream stream = stream();
        PaneTally.Summary expected = steadyLimit(1);
        long warmUntil = System.nanoTime() + effort.warmupMillis() * 1_000_000;
        int rounds = 0;
        while (rounds < LEAST_WARMUP_ROUNDS || System.nanoTime() - warmUntil < 0) {
            runWhole(contender(), stream, expected);
            rounds++;
        }
        for (int round = 0; round < effort.rounds(); round++) {
            Contender contender = contender();
            measure(stream.events(), () -> runWhole(contender, stream, expected));
        }
        return expected;
    }

    private void runWhole(Contender contender, EventStream stream, PaneTally.Summary expected) {
        contender.process(stream.rows());
        contender.finish().require(expected, run.label());
    }

    private void measure(int events, Runnable round) {
        long bytes = allocatedBytes();
        long start = System.nanoTime();
        round.run();
        long nanos = System.nanoTime() - start;
        allocated += allocatedBytes() - bytes;
        rates.add(events * NANOS_PER_MICRO / nanos);
    }

    /** By all threads that live. */
    private long allocatedBytes() {
        long bytes = 0;
        for (long thread : threads.getThreadAllocatedBytes(threads.getAllThreadIds())) {
            bytes += Math.max(thread, 0); // -1: it has just ended
        }
        return bytes;
    }
}

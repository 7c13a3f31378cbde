package io.tidemark.bench;

import io.tidemark.bench.workload.Contender;
import io.tidemark.bench.workload.EventStream;
import io.tidemark.bench.workload.Workload;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One contender in its steady state; before each invocation, outside the clock, the stream is moved on. */
@State(Scope.Thread)
public abstract class WindowState {
    /** Distinct keys. */
    @Param({"1000", "100000"})
    public int keys;

    private EventStream stream;
    private Contender contender;

    /** What is measured. */
    abstract Workload workload();

    /** Makes the contender. */
    abstract Contender contender();

    /** Checks a run of its own from beginning to end, then fills the contender that is measured. */
    @Setup
    public void setUp() {
        stream = workload().stream(keys);
        Contender checked = contender();
        checked.process(stream.rows());
        checked.finish().require(workload().expected(stream), toString());

        contender = contender();
        while (stream.elapsed() < workload().longestWindow()) {
            stream.play();
            process();
        }
    }

    /** Moves time on. */
    @Setup(Level.Invocation)
    public void playOn() {
        stream.play();
    }

    /** The stream once; what is measured. */
    void process() {
        contender.process(stream.rows());
    }

    /** Every event must be in as many windows as it should be, and no more. */
    @TearDown
    public void tearDown() {
        workload().requireContents(contender.finish(), stream, stream.played(), toString());
    }

    @Override
    public String toString() {
        return getClass().getSimpleName() + " with " + workload() + " and " + keys + " keys";
    }
}

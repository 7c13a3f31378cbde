package io.tidemark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A start that does not come to its end. */
class EngineStartTest {
    private static final int SHARDS = 3;

    private final OutOfMemoryError noThread = new OutOfMemoryError("unable to create a thread");
    private final List<Thread> threads = new ArrayList<>();

    /** A runner of shards without sources, of which one gets no thread. */
    private EngineRunner runner(EngineBuilder<Sale> builder, int without) {
        EngineConfig<Sale> config = builder.shards(SHARDS).config();
        Failures failures = new Failures(config.name(), config.errorPolicy(), config.ticker());
        List<EngineLoop> loops = IntStream.range(0, SHARDS)
                .mapToObj(shard -> new EngineLoop(config, -1, new Rejects(config, -1, failures), failures, null))
                .toList();
        return new EngineRunner(loops, config, () -> 0L, task -> {
            Thread thread = threads.size() == without
                    ? new Thread(task) {
                        @Override
                        public synchronized void start() {
                            throw noThread;
                        }
                    }
                    : new Thread(task);
            threads.add(thread);
            return thread;
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void aShardWithoutAThread_failsTheEngine_andNoThreadStays(int without) {
        EngineRunner runner = runner(Engines.sales(), without);
        assertThatThrownBy(runner::start).isSameAs(noThread);
        threads.forEach(Gate::join);
        assertThat(runner.state()).isEqualTo(EngineState.FAILED);
        assertThat(runner.cause()).isSameAs(noThread);
        runner.close();
        assertThat(runner.state()).isEqualTo(EngineState.FAILED);
    }

    @Test
    void aTickerThatThrows_failsAPolledEngine() {
        IllegalStateException noTime = new IllegalStateException("no time");
        AtomicInteger readingsLeft = new AtomicInteger(Integer.MAX_VALUE);
        EngineBuilder<Sale> builder = Engines.sales().polled().ticker(() -> {
            if (readingsLeft.getAndDecrement() == 0) {
                throw noTime;
            }
            return 0;
        });
        EngineRunner runner = runner(builder, -1);
        readingsLeft.set(2); // one for the start, one for the first shard
        assertThatThrownBy(runner::start).isSameAs(noTime);
        assertThat(runner.state()).isEqualTo(EngineState.FAILED);
        assertThat(runner.cause()).isSameAs(noTime);
        assertThat(runner.poll()).isZero();
    }
}

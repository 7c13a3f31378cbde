package io.tidemark.bench;

import io.tidemark.LatencyRecording;
import io.tidemark.bench.compare.BoxedTumbling;
import io.tidemark.bench.compare.IndexedTumbling;
import io.tidemark.bench.compare.Limits;
import io.tidemark.bench.compare.LoopParts;
import io.tidemark.bench.compare.QueueRun;
import io.tidemark.bench.compare.QueueTumbling;
import io.tidemark.bench.workload.Contender;
import io.tidemark.bench.workload.ContenderFactory;
import io.tidemark.bench.workload.EventStream;
import io.tidemark.bench.workload.Paced;
import io.tidemark.bench.workload.Workload;
import java.util.Locale;

/** The contenders that need nothing but what the engine needs. Threads: immutable. */
public enum CoreContender implements ContenderFactory {
    /** By hand, see {@link Limits}. */
    LIMIT(true, false) {
        @Override
        public Contender create(Workload workload, int keys, int patience) {
            return Limits.of(workload, keys);
        }
    },

    /** By hand, with what the engine's contract asks besides. */
    CONTRACT(false, false) {
        @Override
        public Contender create(Workload workload, int keys, int patience) {
            return Limits.withContract(workload, keys);
        }

        @Override
        public boolean takes(Workload workload) {
            return Limits.hasContract(workload);
        }
    },

    /** By hand for keys that are array indices. */
    INDEX(false, false) {
        @Override
        public Contender create(Workload workload, int keys, int patience) {
            return new IndexedTumbling(keys, Workload.TUMBLING_SIZE, EventStream.JITTER);
        }
    },

    /** A map of boxed keys. */
    HASHMAP(false, false) {
        @Override
        public Contender create(Workload workload, int keys, int patience) {
            return new BoxedTumbling(Workload.TUMBLING_SIZE, EventStream.JITTER);
        }
    },

    /** The operator alone. */
    OPERATOR(true, false) {
        @Override
        public Contender create(Workload workload, int keys, int patience) {
            return new OperatorRun(workload);
        }
    },

    /** The operator alone, which tells taking events from giving results. */
    OPERATOR_PARTS(true, false) {
        @Override
        public Contender create(Workload workload, int keys, int patience) {
            return new OperatorParts(workload);
        }

        @Override
        public boolean takes(Workload workload) {
            return workload.spans().size() == 1 && workload.measure() != Workload.Measure.COUNT_AND_SUM;
        }
    },

    /** The loop by hand for sliding windows, on events in order. */
    LIMIT_IN_ORDER(true, false) {
        @Override
        public Contender create(Workload workload, int keys, int patience) {
            return LoopParts.inOrder(workload, keys);
        }

        @Override
        public boolean takes(Workload workload) {
            return OPERATOR_PARTS.takes(workload) && workload.windowsPerEvent() > 1;
        }
    },

    /** The loop by hand for sliding windows that keeps the engine's contract, with its time. */
    CONTRACT_PARTS(false, false) {
        @Override
        public Contender create(Workload workload, int keys, int patience) {
            return LoopParts.withContract(workload, keys);
        }

        @Override
        public boolean takes(Workload workload) {
            return LIMIT_IN_ORDER.takes(workload) && Limits.hasContract(workload);
        }
    },

    /** The engine, rows published 256 at once. */
    ENGINE_ROWS(true, true) {
        @Override
        public Contender create(Workload workload, int keys, int patience) {
            return new ColumnEngineRun(workload, BATCH, patience);
        }
    },

    /** The engine with two shards, rows published 256 at once. */
    ENGINE_SHARDS(true, true) {
        @Override
        public Contender create(Workload workload, int keys, int patience) {
            return new ColumnEngineRun(workload, BATCH, patience, builder -> builder.shards(2));
        }
    },

    /** As {@link #ENGINE_ROWS}, with hardly any event in the latency distributions: there is no switch that leaves out all of the recording. */
    ENGINE_ROWS_UNSAMPLED(true, true) {
        @Override
        public Contender create(Workload workload, int keys, int patience) {
            return new ColumnEngineRun(
                    workload,
                    BATCH,
                    patience,
                    builder -> builder.latencySampling(NEVER).stampSampling(NEVER));
        }
    },

    /** The same with every event in the latency distributions. */
    ENGINE_ROWS_ALL_SAMPLED(true, true) {
        @Override
        public Contender create(Workload workload, int keys, int patience) {
            return new ColumnEngineRun(
                    workload,
                    BATCH,
                    patience,
                    builder -> builder.latencySampling(1).stampSampling(1));
        }
    },

    /** What an engine with default settings does for the latency of its events, alone. */
    LATENCY_RECORDING(false, false) {
        @Override
        public Contender create(Workload workload, int keys, int patience) {
            return new LatencyRecording(DEFAULT_SAMPLING);
        }

        @Override
        public boolean givesPanes() {
            return false;
        }
    },

    /** The engine, each row published by itself. */
    ENGINE_ONE_BY_ONE(true, true) {
        @Override
        public Contender create(Workload workload, int keys, int patience) {
            return new ColumnEngineRun(
                    workload, 1, patience, builder -> builder.waitStrategy(EngineRun.spinning(patience)));
        }

        @Override
        public Paced createPaced(int patience, Paced.Listener listener) {
            return PacedEngine.rows(patience, listener);
        }
    },

    /** The engine, fresh objects through a source. */
    ENGINE_OBJECTS(true, true) {
        @Override
        public Contender create(Workload workload, int keys, int patience) {
            return new EventEngineRun(workload, false, patience);
        }

        @Override
        public Paced createPaced(int patience, Paced.Listener listener) {
            return PacedEngine.objects(patience, listener);
        }
    },

    /** The engine, fresh objects through the entrance that any thread may use. */
    ENGINE_SHARED(true, true) {
        @Override
        public Contender create(Workload workload, int keys, int patience) {
            return new EventEngineRun(workload, true, patience);
        }

        @Override
        public Paced createPaced(int patience, Paced.Listener listener) {
            return PacedEngine.shared(patience, listener);
        }
    },

    /** The engine, fresh objects from two threads through the entrance that any may use. */
    ENGINE_SHARED_BY_TWO(false, true) {
        @Override
        public Contender create(Workload workload, int keys, int patience) {
            return EventEngineRun.twoProducers(workload, patience);
        }
    },

    /** Fresh objects through a JCTools queue for one producer into the tables of {@link #LIMIT}. */
    JCTOOLS_SPSC(false, true) {
        @Override
        public Contender create(Workload workload, int keys, int patience) {
            return workload == Workload.TUMBLING_LATE
                    ? QueueRun.late(CAPACITY, keys, patience)
                    : QueueTumbling.oneProducer(CAPACITY, keys, patience);
        }

        @Override
        public boolean takes(Workload workload) {
            return super.takes(workload) || workload == Workload.TUMBLING_LATE;
        }

        @Override
        public Paced createPaced(int patience, Paced.Listener listener) {
            return QueueRun.pacedOneProducer(CAPACITY, patience, listener);
        }
    },

    /** Fresh objects through a JCTools queue for many producers, of which there is one, into the tables of {@link #LIMIT}. */
    JCTOOLS_MPSC(false, true) {
        @Override
        public Contender create(Workload workload, int keys, int patience) {
            return QueueTumbling.manyProducers(CAPACITY, keys, patience);
        }

        @Override
        public Paced createPaced(int patience, Paced.Listener listener) {
            return QueueRun.pacedManyProducers(CAPACITY, patience, listener);
        }
    },

    /** Fresh objects from two threads through a JCTools queue for many producers into the tables of {@link #LIMIT}. */
    JCTOOLS_MPSC_BY_TWO(false, true) {
        @Override
        public Contender create(Workload workload, int keys, int patience) {
            return QueueRun.twoProducers(CAPACITY, keys, patience);
        }
    };

    private static final int BATCH = 256;

    /** The engine's default: one event in so many enters the latency distributions. */
    private static final int DEFAULT_SAMPLING = 256;

    /** One event in so many: the largest power of two. */
    private static final int NEVER = 1 << 30;

    /** As many events as a source's ring holds. */
    private static final int CAPACITY = 1 << 14;

    private final boolean anyWorkload;
    private final boolean hasPatience;

    CoreContender(boolean anyWorkload, boolean hasPatience) {
        this.anyWorkload = anyWorkload;
        this.hasPatience = hasPatience;
    }

    @Override
    public String contender() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public boolean takes(Workload workload) {
        return anyWorkload || workload == Workload.TUMBLING;
    }

    @Override
    public boolean hasPatience() {
        return hasPatience;
    }
}

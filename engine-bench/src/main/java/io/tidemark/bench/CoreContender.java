package io.tidemark.bench;

import io.tidemark.bench.compare.BoxedTumbling;
import io.tidemark.bench.compare.IndexedTumbling;
import io.tidemark.bench.compare.Limits;
import io.tidemark.bench.compare.QueueTumbling;
import io.tidemark.bench.workload.Contender;
import io.tidemark.bench.workload.ContenderFactory;
import io.tidemark.bench.workload.EventStream;
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

    /** The engine, rows published 256 at once. */
    ENGINE_ROWS(true, true) {
        @Override
        public Contender create(Workload workload, int keys, int patience) {
            return new ColumnEngineRun(workload, BATCH, patience);
        }
    },

    /** The engine, each row published by itself. */
    ENGINE_ONE_BY_ONE(true, true) {
        @Override
        public Contender create(Workload workload, int keys, int patience) {
            return new ColumnEngineRun(workload, 1, patience);
        }
    },

    /** The engine, fresh objects through a source. */
    ENGINE_OBJECTS(true, true) {
        @Override
        public Contender create(Workload workload, int keys, int patience) {
            return new EventEngineRun(workload, false, patience);
        }
    },

    /** The engine, fresh objects through the entrance that any thread may use. */
    ENGINE_SHARED(true, true) {
        @Override
        public Contender create(Workload workload, int keys, int patience) {
            return new EventEngineRun(workload, true, patience);
        }
    },

    /** Fresh objects through a JCTools queue for one producer into the tables of {@link #LIMIT}. */
    JCTOOLS_SPSC(false, true) {
        @Override
        public Contender create(Workload workload, int keys, int patience) {
            return QueueTumbling.oneProducer(CAPACITY, keys, patience);
        }
    },

    /** Fresh objects through a JCTools queue for many producers, of which there is one, into the tables of {@link #LIMIT}. */
    JCTOOLS_MPSC(false, true) {
        @Override
        public Contender create(Workload workload, int keys, int patience) {
            return QueueTumbling.manyProducers(CAPACITY, keys, patience);
        }
    };

    private static final int BATCH = 256;

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

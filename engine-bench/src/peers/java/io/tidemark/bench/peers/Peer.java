package io.tidemark.bench.peers;

import io.tidemark.bench.workload.Contender;
import io.tidemark.bench.workload.ContenderFactory;
import io.tidemark.bench.workload.Paced;
import io.tidemark.bench.workload.Workload;
import java.util.Locale;

/** The peers by name. Threads: immutable. */
enum Peer implements ContenderFactory {
    /** Disruptor, one event published at a time, into tables written by hand. */
    DISRUPTOR(true) {
        @Override
        public Contender create(Workload workload, int keys, int patience) {
            return new DisruptorTumbling(keys, 1, patience);
        }

        @Override
        public Paced createPaced(int patience, Paced.Listener listener) {
            return new DisruptorPaced(patience, listener);
        }
    },

    /** Disruptor, 256 events published at once. */
    DISRUPTOR_BATCH(true) {
        @Override
        public Contender create(Workload workload, int keys, int patience) {
            return new DisruptorTumbling(keys, BATCH, patience);
        }
    },

    /** Flink's window operator in its test harness. */
    FLINK_OPERATOR(false) {
        @Override
        public Contender create(Workload workload, int keys, int patience) {
            return FlinkOperator.open(workload);
        }
    },

    /** A Hazelcast Jet job, embedded. */
    JET(false) {
        @Override
        public Contender create(Workload workload, int keys, int patience) {
            return JetJob.start(workload);
        }
    };

    private static final int BATCH = 256;

    private final boolean handOff;

    Peer(boolean handOff) {
        this.handOff = handOff;
    }

    @Override
    public String contender() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public boolean takes(Workload workload) {
        return workload == Workload.TUMBLING
                || (!handOff && (workload == Workload.SLIDING || workload == Workload.SESSIONS));
    }

    @Override
    public boolean hasPatience() {
        return handOff;
    }
}

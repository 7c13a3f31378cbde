package io.tidemark.bench.peers;

import io.tidemark.bench.workload.ContenderFactory;
import io.tidemark.bench.workload.ContenderProvider;
import java.util.List;

/** All peers. Threads: safe from any. */
public final class Peers implements ContenderProvider {

    /** For the service loader. */
    public Peers() {}

    @Override
    public List<ContenderFactory> contenders() {
        return List.of(Peer.values());
    }
}

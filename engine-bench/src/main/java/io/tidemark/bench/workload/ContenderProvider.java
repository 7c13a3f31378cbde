package io.tidemark.bench.workload;

import java.util.List;

/** Contenders that come with an optional dependency: a service, so that they are found if they are there. Threads: any. */
public interface ContenderProvider {

    /** All of them. */
    List<ContenderFactory> contenders();
}

package io.tidemark.bench.comparison;

import io.tidemark.bench.CoreContender;
import io.tidemark.bench.workload.ContenderFactory;
import io.tidemark.bench.workload.ContenderProvider;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/** All contenders that are on the class path, by name. Threads: belongs to one thread. */
final class Contenders {
    private final Map<String, ContenderFactory> byName = new LinkedHashMap<>();

    Contenders() {
        addAll(List.of(CoreContender.values()));
        for (ContenderProvider provider : ServiceLoader.load(ContenderProvider.class)) {
            addAll(provider.contenders());
        }
    }

    private void addAll(List<? extends ContenderFactory> contenders) {
        contenders.forEach(contender -> byName.put(contender.contender(), contender));
    }

    boolean has(String name) {
        return byName.containsKey(name);
    }

    /**
     * A contender.
     *
     * @throws IllegalArgumentException if it is not on the class path
     */
    ContenderFactory get(String name) {
        ContenderFactory contender = byName.get(name);
        if (contender == null) {
            throw new IllegalArgumentException("no contender is called " + name + "; there are " + names());
        }
        return contender;
    }

    List<String> names() {
        return List.copyOf(byName.keySet());
    }
}

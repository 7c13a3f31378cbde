package io.tidemark;

import io.tidemark.operator.KeyLocation;
import io.tidemark.operator.StreamCounters;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The streams of windows of one engine, of all stages, in the order in which they were declared; a stream always comes after the one
 * whose results it reads.
 *
 * <p>Threads: belongs to the thread that declares, until they are fixed.
 */
final class Declarations {
    private final EngineConfig<?> config;
    private final RowLayout<?> sources;
    private final List<StreamDeclaration<?, ?, ?>> declarations = new ArrayList<>();
    /** For each shard. */
    private final List<List<StreamCounters>> streams = new ArrayList<>();

    /**
     * No streams yet.
     *
     * @param sources what the rows of the sources carry: once that is frozen, nothing more is declared
     */
    Declarations(EngineConfig<?> config, RowLayout<?> sources) {
        this.config = config;
        this.sources = sources;
        for (int shard = 0; shard < config.shards(); shard++) {
            streams.add(new ArrayList<>());
        }
    }

    TimeUnit unit() {
        return config.unit();
    }

    boolean keepsEvents() {
        return config.keepEvents();
    }

    String nextName() {
        return "windows-" + (declarations.size() + 1);
    }

    void add(StreamDeclaration<?, ?, ?> declaration) {
        declarations.add(declaration);
    }

    void requireOpen() {
        if (sources.isFrozen()) {
            throw new IllegalStateException("engine " + config.name()
                    + " has a source open already; declare all windows before source(), publish() and start()");
        }
    }

    /**
     * Fixes what rows carry, and adds all streams to the operators of each shard; or none, if one is refused.
     *
     * @return how rows are split among the shards
     * @throws IllegalStateException if something is missing
     * @throws IllegalArgumentException if what was said of a stream does not go together
     */
    ShardKeys fix(List<? extends EngineLoop> shards) {
        requireFinished();
        for (StreamDeclaration<?, ?, ?> declaration : declarations) {
            if (shards.size() > 1) {
                declaration.requireOneShard(shards.size());
            }
            declaration.layOut();
        }
        ShardKeys keys = new ShardKeys(sourceKeys().distinct().toList(), shards.size());
        try {
            for (int shard = 0; shard < shards.size(); shard++) {
                addTo(shards.get(shard), shard);
                if (shards.size() > 1 && keys.count() > 1) {
                    shards.get(shard)
                            .chain
                            .selectBy(
                                    ShardRouter.keysColumn(sources),
                                    sourceKeys().mapToLong(keys::bit).toArray());
                }
            }
        } catch (RuntimeException refused) {
            clear(shards);
            throw refused;
        }
        return keys;
    }

    private Stream<KeyLocation> sourceKeys() {
        return declarations.stream().map(StreamDeclaration::sourceKey).filter(Objects::nonNull);
    }

    private void addTo(EngineLoop loop, int shard) {
        for (StreamDeclaration<?, ?, ?> declaration : declarations) {
            declaration.specify(loop, shard);
        }
        for (StreamDeclaration<?, ?, ?> declaration : declarations) {
            streams.get(shard).add(declaration.addTo(loop.chain));
        }
    }

    /** Takes what was fixed back. */
    void clear(List<? extends EngineLoop> shards) {
        for (int shard = 0; shard < shards.size(); shard++) {
            shards.get(shard).chain.clear();
            streams.get(shard).clear();
        }
    }

    private void requireFinished() {
        if (declarations.isEmpty()) {
            throw new IllegalStateException("engine " + config.name()
                    + " has no windows; declare some, for example .window(Windows.tumbling(Duration.ofMinutes(1)))");
        }
        Set<String> names = new HashSet<>();
        for (StreamDeclaration<?, ?, ?> declaration : declarations) {
            String missing = declaration.missing();
            if (missing != null) {
                throw new IllegalStateException(declaration.name + " is not finished: " + missing + " is missing");
            }
            if (!names.add(declaration.name)) {
                throw new IllegalStateException("two streams of windows are named " + declaration.name
                        + "; names are unique in an engine, choose another with named(...)");
            }
        }
    }

    /** The streams as one shard has them, once they are fixed; before that, none. */
    List<StreamCounters> streams(int shard) {
        return Collections.unmodifiableList(streams.get(shard));
    }

    long liveWindows() {
        long live = 0;
        for (List<StreamCounters> ofShard : streams) {
            for (StreamCounters stream : ofShard) {
                live += stream.liveWindows();
            }
        }
        return live;
    }

    @Override
    public String toString() {
        return declarations.toString();
    }
}

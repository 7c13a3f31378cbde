package io.tidemark;

import io.tidemark.operator.StreamCounters;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

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
    private final List<StreamCounters> streams = new ArrayList<>();

    /**
     * No streams yet.
     *
     * @param sources what the rows of the sources carry: once that is frozen, nothing more is declared
     */
    Declarations(EngineConfig<?> config, RowLayout<?> sources) {
        this.config = config;
        this.sources = sources;
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
     * Fixes what rows carry, and adds all streams to the operators; or none, if one is refused.
     *
     * @throws IllegalStateException if something is missing
     * @throws IllegalArgumentException if what was said of a stream does not go together
     */
    void fix(EngineLoop loop) {
        requireFinished();
        for (StreamDeclaration<?, ?, ?> declaration : declarations) {
            declaration.layOut();
        }
        for (StreamDeclaration<?, ?, ?> declaration : declarations) {
            declaration.specify(loop);
        }
        try {
            for (StreamDeclaration<?, ?, ?> declaration : declarations) {
                streams.add(declaration.addTo(loop.chain));
            }
        } catch (RuntimeException refused) {
            loop.chain.clear();
            streams.clear();
            throw refused;
        }
        sources.freeze();
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

    /** The streams, once they are fixed; before that, none. */
    List<StreamCounters> streams() {
        return Collections.unmodifiableList(streams);
    }

    long liveWindows() {
        long live = 0;
        for (StreamCounters stream : streams) {
            live += stream.liveWindows();
        }
        return live;
    }

    @Override
    public String toString() {
        return declarations.toString();
    }
}

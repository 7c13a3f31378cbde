package io.tidemark.ring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads that play a race many times: all begin a round together, the checks run when all have ended it. */
final class Crew {

    /** One thread's part in a round. */
    interface Part {
        void play(int round) throws Exception;
    }

    private static final long LIMIT_SECONDS = 60;

    private Crew() {}

    /** Fails with what the first part threw, or if the rounds do not end within a minute. */
    static void play(int rounds, Part before, Part after, Part... parts) {
        CyclicBarrier barrier = new CyclicBarrier(parts.length);
        AtomicInteger atWork = new AtomicInteger(parts.length);
        CompletableFuture<Integer> played = new CompletableFuture<>();
        for (int i = 0; i < parts.length; i++) {
            boolean leads = i == 0;
            Part part = parts[i];
            Thread thread = new Thread(() -> {
                try {
                    for (int round = 0; round < rounds; round++) {
                        if (leads) {
                            before.play(round);
                        }
                        barrier.await();
                        part.play(round);
                        barrier.await();
                        if (leads) {
                            after.play(round);
                        }
                    }
                    if (atWork.decrementAndGet() == 0) {
                        played.complete(rounds);
                    }
                } catch (Throwable thrown) {
                    played.completeExceptionally(thrown);
                }
            });
            thread.setDaemon(true); // a failed round may leave the others waiting
            thread.start();
        }
        assertThat(played.orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS)
                        .handle((ignored, thrown) -> thrown)
                        .join())
                .isNull();
    }

    /** A pause of so many steps, to shift one thread's part against another's. */
    static void spin(int steps) {
        for (int i = 0; i < steps; i++) {
            Thread.onSpinWait();
        }
    }

    /** Lets another thread run: there may be fewer processors than threads. */
    @SuppressWarnings("ThreadPriorityCheck")
    static void giveWay() {
        Thread.yield();
    }
}

package io.tidemark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Holds a thread in a call-back until the test lets it go. */
final class Gate {
    private static final long PATIENCE_SECONDS = 60;

    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch opened = new CountDownLatch(1);

    /** The call-back: waits here. */
    void pass() {
        entered.countDown();
        await(opened);
    }

    /** The test: waits until somebody is in. */
    void awaitEntered() {
        await(entered);
    }

    /** The test: lets everybody go, now and later. */
    void open() {
        opened.countDown();
    }

    static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interruption) {
            throw new AssertionError(interruption);
        }
    }

    static void join(Thread thread) {
        try {
            thread.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
        } catch (InterruptedException interruption) {
            throw new AssertionError(interruption);
        }
        assertThat(thread.isAlive()).isFalse();
    }
}

package io.tidemark.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import org.junit.jupiter.api.Test;

class TriggerTest {
    private static final Firing EVERY_3 = Firing.everyEvents(3);

    @Test
    void triggers_areKnownByIdentityAndName() {
        assertThat(Trigger.afterWatermark()).isSameAs(Trigger.afterWatermark()).hasToString("afterWatermark");
        assertThat(Trigger.never()).isSameAs(Trigger.never()).hasToString("never");
        assertThat(Trigger.repeatedly(EVERY_3)).hasToString("repeatedly every 3 events");
        assertThat(Trigger.afterWatermark().early(EVERY_3).lateEvery(2))
                .hasToString("afterWatermark, early every 3 events, late every 2 events");
    }

    @Test
    void afterWatermark_waitsForTheEnd_theOthersDoNot() {
        assertThat(Trigger.afterWatermark().firesAtEnd()).isTrue();
        assertThat(Trigger.afterWatermark().firing()).isNull();
        assertThat(Trigger.afterWatermark().lateEvery()).isEqualTo(1);
        assertThat(Trigger.repeatedly(EVERY_3).firesAtEnd()).isFalse();
        assertThat(Trigger.repeatedly(EVERY_3).firing()).isSameAs(EVERY_3);
        assertThat(Trigger.never().firesAtEnd()).isFalse();
        assertThat(Trigger.never().firing()).isNull();
    }

    @Test
    void earlyAndLate_areSaidInEitherOrder() {
        for (Trigger trigger : new Trigger[] {
            Trigger.afterWatermark().early(EVERY_3).lateEvery(2),
            Trigger.afterWatermark().lateEvery(2).early(EVERY_3)
        }) {
            assertThat(trigger.firesAtEnd()).isTrue();
            assertThat(trigger.firing()).isSameAs(EVERY_3);
            assertThat(trigger.lateEvery()).isEqualTo(2);
        }
        assertThat(Trigger.afterWatermark().lateEvery(2).lateEvery(1)).isSameAs(Trigger.afterWatermark());
        assertThat(Trigger.afterWatermark().early(EVERY_3).lateEvery(1).firing())
                .isSameAs(EVERY_3);
    }

    @Test
    void whatATriggerCannotHave_isRefused() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Trigger.never().early(EVERY_3))
                .withMessage("early firings belong to afterWatermark(); never has none");
        assertThatIllegalStateException()
                .isThrownBy(() -> Trigger.repeatedly(EVERY_3).lateEvery(2))
                .withMessage("late firings belong to afterWatermark(); repeatedly every 3 events has none");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Trigger.afterWatermark().lateEvery(0))
                .withMessageContaining("got 0");
    }

    @Test
    @SuppressWarnings("NullAway")
    void null_isRefusedByName() {
        assertThatNullPointerException()
                .isThrownBy(() -> Trigger.repeatedly(null))
                .withMessage("firing");
        assertThatNullPointerException()
                .isThrownBy(() -> Trigger.afterWatermark().early(null))
                .withMessage("firing");
    }
}

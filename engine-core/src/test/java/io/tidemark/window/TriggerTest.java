package io.tidemark.window;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TriggerTest {

    @Test
    void triggers_areKnownByIdentityAndName() {
        assertThat(Trigger.afterWatermark()).isSameAs(Trigger.afterWatermark()).hasToString("afterWatermark");
        assertThat(Trigger.never()).isSameAs(Trigger.never()).hasToString("never");
    }
}

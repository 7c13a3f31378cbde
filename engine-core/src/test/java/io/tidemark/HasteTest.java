package io.tidemark;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HasteTest {
    private static final int MAX = 1_000;
    private static final int PATIENCE = 200;

    private final Haste haste = new Haste();
    private long now = -5;

    private int spins(int rows) {
        return haste.spins(rows, MAX, PATIENCE, now);
    }

    private void hurry() {
        assertThat(spins(1)).isZero();
        assertThat(spins(1)).isEqualTo(Haste.MOMENT);
        haste.waited(Haste.MOMENT, Haste.MOMENT / Haste.SPINS_PER_ROW);
    }

    @BeforeEach
    void nothingIsThere() {
        assertThat(spins(0)).isZero();
    }

    @Test
    void rowsBehindAnEmptyPass_areTakenAtOnce() {
        for (int i = 0; i < 10; i++) {
            assertThat(spins(100)).isZero();
            assertThat(spins(0)).isZero();
        }
    }

    @Test
    void rowsInTwoPassesRunning_areWorthAMoment_andIfFewCome_noMore() {
        assertThat(spins(1)).isZero();
        for (int i = 0; i < 10; i++) {
            assertThat(spins(1)).isEqualTo(Haste.MOMENT);
            haste.waited(Haste.MOMENT, Haste.MOMENT / Haste.SPINS_PER_ROW - 1);
        }
    }

    @Test
    void rowsInTwoPassesFarApart_areTakenAtOnce() {
        assertThat(spins(1)).isZero();
        now += Haste.CLOSE;
        assertThat(spins(1)).isZero();
        now += Haste.CLOSE - 1;
        assertThat(spins(1)).isEqualTo(Haste.MOMENT);
    }

    @Test
    void aSourceInAHurry_getsThePatience_untilFewRowsCome() {
        hurry();
        assertThat(spins(1)).isEqualTo(PATIENCE);
        haste.waited(PATIENCE, PATIENCE / Haste.SPINS_PER_ROW);
        assertThat(spins(1)).isEqualTo(PATIENCE);
        haste.waited(PATIENCE, PATIENCE / Haste.SPINS_PER_ROW - 1);
        assertThat(spins(1)).isEqualTo(Haste.MOMENT);
    }

    @Test
    void anEmptyPass_endsTheHurry() {
        hurry();
        assertThat(spins(0)).isZero();
        assertThat(spins(1)).isZero();
        assertThat(spins(1)).isEqualTo(Haste.MOMENT);
    }

    @Test
    void aFullBatch_isTakenAtOnce_andIsAHurry() {
        assertThat(spins(MAX)).isZero();
        assertThat(spins(MAX - 1)).isEqualTo(PATIENCE);
    }

    @Test
    void withoutPatience_nothingIsWaitedFor() {
        for (int i = 0; i < 3; i++) {
            assertThat(haste.spins(1, MAX, 0, now)).isZero();
        }
    }
}

package io.tidemark.bench.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import org.junit.jupiter.api.Test;

class ChartsTest {
    private static final int CONTENDERS = 20;

    @Test
    void contenders_getColoursThatTheEyeTellsApart() {
        for (int one = 0; one < CONTENDERS; one++) {
            for (int other = 0; other < one; other++) {
                assertThat(distance(Charts.colour(one), Charts.colour(other)))
                        .as("colours of contenders %d and %d", one, other)
                        .isGreaterThan(50);
            }
        }
    }

    private static double distance(Color one, Color other) {
        return Math.hypot(
                Math.hypot(one.getRed() - other.getRed(), one.getGreen() - other.getGreen()),
                one.getBlue() - other.getBlue());
    }
}

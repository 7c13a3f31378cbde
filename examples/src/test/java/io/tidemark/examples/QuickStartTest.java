package io.tidemark.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class QuickStartTest {

    @Test
    void printsTheWindowsAndTheLatePayment() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        QuickStart.run(new PrintStream(bytes, true, StandardCharsets.UTF_8));

        assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "merchant 7, minute from 2026-01-05T10:00:00Z: 1250 cents",
                        "too late by 1000 ms: merchant 7",
                        "merchant 7, minute from 2026-01-05T10:01:00Z: 300 cents",
                        "merchant 8, minute from 2026-01-05T10:01:00Z: 999 cents");
    }
}

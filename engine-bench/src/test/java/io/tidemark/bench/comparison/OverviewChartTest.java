package io.tidemark.bench.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether it looks good is for the eye. */
class OverviewChartTest {

    @TempDir
    Path folder;

    @BeforeAll
    static void needNoScreen() {
        System.setProperty("java.awt.headless", "true");
    }

    @Test
    void whatWasReached_isDrawnWithItsTargets() throws IOException {
        Path file = folder.resolve("overview.png");
        new OverviewChart(reached(List.of("P1", "P2", "P3", "P4", "P5", "P6", "P7", "P8", "P15"))).write(file);

        BufferedImage image = ImageIO.read(file.toFile());
        assertThat(image.getWidth()).isEqualTo(1_800);
        assertThat(image.getHeight()).isEqualTo(2 * (2 * 330 + 34));
        assertThat(colours(image)).contains(0x3B82C4, 0xD9480F, 0xFFFFFF);
    }

    @Test
    void withoutPeers_thePeersPartIsLeftOut() throws IOException {
        Path file = folder.resolve("overview.png");
        new OverviewChart(reached(List.of("P1"))).write(file);

        assertThat(ImageIO.read(file.toFile()).getHeight()).isEqualTo(2 * (330 + 34));
    }

    private static List<Results.Reached> reached(List<String> ids) {
        List<Results.Reached> reached = new ArrayList<>();
        for (Target target : Targets.all(Targets.Scale.FULL)) {
            double part = 0.7 + reached.size() % 5 / 6.0;
            reached.add(new Results.Reached(target, ids.contains(target.id()) ? target.target() * part : null));
        }
        return reached;
    }

    private static Set<Integer> colours(BufferedImage image) {
        Set<Integer> colours = new HashSet<>();
        for (int x = 0; x < image.getWidth(); x++) {
            for (int y = 0; y < image.getHeight(); y++) {
                colours.add(image.getRGB(x, y) & 0xFFFFFF);
            }
        }
        return colours;
    }
}

package io.tidemark.bench.comparison;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.style.Styler;

/** Bars of the rates that were measured, as PNG and SVG. Threads: belongs to one thread. */
final class Charts {
    private static final int WIDTH = 1_000;
    private static final int HEIGHT = 520;
    private static final double LEAST_RATE = 0.01;

    /** Of the circle of hues from one contender to the next: however many there are, none gets the hue of another. */
    private static final double GOLDEN_SECTION = (Math.sqrt(5) - 1) / 2;
    /** Taken in turns, so that hues that come close to each other differ in their shade. */
    private static final float[] SATURATIONS = {0.75f, 0.85f, 0.4f};

    private static final float[] BRIGHTNESSES = {0.9f, 0.55f, 0.85f};

    /** Contenders that are no rivals, but variants. */
    private static final Set<String> ASIDE = Set.of(
            "latency-recording",
            "engine-rows-unsampled",
            "engine-rows-all-sampled",
            "operator-parts",
            "limit-in-order");

    private final Path folder;

    Charts(Path folder) {
        this.folder = folder;
    }

    /** Writes a chart of the rates with so many keys: a group of bars per workload, a colour per contender. */
    void writeRates(Results results, int keys, String name) throws IOException {
        Map<String, Map<String, Double>> rates = new LinkedHashMap<>();
        List<String> workloads = new ArrayList<>();
        for (Outcome outcome : results.outcomes()) {
            if (!isDrawn(outcome, keys)) {
                continue;
            }
            Run run = outcome.run();
            if (!workloads.contains(run.workload().id())) {
                workloads.add(run.workload().id());
            }
            rates.computeIfAbsent(run.contender(), contender -> new LinkedHashMap<>())
                    .merge(run.workload().id(), outcome.median(), Math::max);
        }
        if (rates.isEmpty()) {
            return;
        }
        CategoryChart chart = new CategoryChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title("Events per second, " + keys + " keys")
                .xAxisTitle("workload")
                .yAxisTitle("million events per second, logarithmic")
                .build();
        chart.getStyler().setYAxisLogarithmic(true);
        chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideE);
        chart.getStyler().setYAxisMin(LEAST_RATE);
        rates.forEach((contender, byWorkload) -> {
            List<Double> bars = new ArrayList<>();
            workloads.forEach(workload -> bars.add(byWorkload.get(workload))); // null leaves a gap
            int place = chart.getSeriesMap().size();
            chart.addSeries(contender, workloads, bars).setFillColor(colour(place));
        });
        write(chart, name);
    }

    /** The colour of the contender at a place of the legend. */
    static Color colour(int place) {
        int shade = place % SATURATIONS.length;
        return Color.getHSBColor((float) (place * GOLDEN_SECTION % 1), SATURATIONS[shade], BRIGHTNESSES[shade]);
    }

    private static boolean isDrawn(Outcome outcome, int keys) {
        Run run = outcome.run();
        boolean isVariant = run.workload().id().contains(" ") || ASIDE.contains(run.contender());
        return run.keys() == keys && !isVariant && (run.mode() == Run.Mode.STEADY || run.mode() == Run.Mode.WHOLE);
    }

    private void write(CategoryChart chart, String name) throws IOException {
        chart.getStyler().setChartBackgroundColor(Color.WHITE);
        String path = folder.resolve(name).toString();
        BitmapEncoder.saveBitmap(chart, path, BitmapEncoder.BitmapFormat.PNG);
        VectorGraphicsEncoder.saveVectorGraphic(chart, path, VectorGraphicsEncoder.VectorGraphicsFormat.SVG);
    }
}

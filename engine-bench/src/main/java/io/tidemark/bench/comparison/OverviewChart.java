package io.tidemark.bench.comparison;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Line2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import javax.imageio.ImageIO;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.CategorySeries;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.markers.Marker;

/**
 * The speed reached in one picture, with the targets: above, as a part of the loop by hand; below, how many times as fast as
 * a peer. Made for 900 pixels of width, at twice the resolution.
 *
 * <p>Threads: belongs to one thread.
 */
final class OverviewChart {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 330;
    private static final int RESOLUTION = 2;
    private static final int LEGEND_HEIGHT = 34;
    private static final int LEGEND_X = 690;
    private static final int LEGEND_Y = 22;
    private static final int LEGEND_STEP = 100;
    private static final int SWATCH = 14;
    private static final int DASH = 30;
    private static final double LEAST_TIMES = 0.1;

    private static final Color BACKGROUND = Color.WHITE;
    private static final Color GRID = new Color(0xE6E6E6);
    private static final Color TEXT = new Color(0x24292F);
    private static final Color BAR = new Color(0x3B82C4);
    private static final Color TARGET = new Color(0xD9480F);
    private static final Set<String> AGAINST_PEERS = Set.of("P5", "P6", "P7", "P8", "P15");

    private static final Map<String, String> NAMES = Map.of(
            "disruptor", "Disruptor",
            "jctools-spsc", "SPSC",
            "jctools-mpsc", "MPSC",
            "jctools-mpsc-by-two", "MPSC 2",
            "flink-operator", "Flink",
            "jet", "Jet");
    private static final String FIGURE = "#,##0.##";
    private static final Font SMALL = new Font(Font.SANS_SERIF, Font.PLAIN, 12);

    private final List<Results.Reached> reached;

    OverviewChart(List<Results.Reached> reached) {
        this.reached = reached;
    }

    /** Writes it as PNG; nothing, if nothing was reached that belongs into it. */
    void write(Path file) throws IOException {
        List<CategoryChart> charts = new ArrayList<>();
        CategoryChart limit = chart("Speed as a part of a loop written by hand (1 = the loop)", this::isAgainstLimit);
        limit.getStyler().setYAxisMin(0.0);
        charts.add(limit);
        CategoryChart peers = chart("Times as fast as a peer, logarithmic", this::isAgainstPeer);
        peers.getStyler().setYAxisLogarithmic(true);
        peers.getStyler().setPlotGridLinesVisible(false);
        peers.getStyler().setYAxisMin(LEAST_TIMES);
        charts.add(peers);
        charts.removeIf(chart -> chart.getSeriesMap().isEmpty());
        if (charts.isEmpty()) {
            return;
        }
        int height = LEGEND_HEIGHT + charts.size() * HEIGHT;
        BufferedImage image = new BufferedImage(WIDTH * RESOLUTION, height * RESOLUTION, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.scale(RESOLUTION, RESOLUTION);
        paintLegend(graphics, height);
        graphics.translate(0, LEGEND_HEIGHT);
        for (CategoryChart chart : charts) {
            chart.paint(graphics, WIDTH, HEIGHT);
            graphics.translate(0, HEIGHT);
        }
        graphics.dispose();
        ImageIO.write(image, "png", file.toFile());
    }

    /** One for all charts. */
    private static void paintLegend(Graphics2D graphics, int height) {
        graphics.setColor(BACKGROUND);
        graphics.fillRect(0, 0, WIDTH, height);
        graphics.setColor(BAR);
        graphics.fillRect(LEGEND_X, LEGEND_Y - SWATCH + 2, SWATCH, SWATCH);
        graphics.setColor(TARGET);
        graphics.fillRect(LEGEND_X + LEGEND_STEP, LEGEND_Y - SWATCH / 2, DASH, 3);
        graphics.setColor(TEXT);
        graphics.setFont(SMALL);
        graphics.drawString("reached", LEGEND_X + SWATCH + 6, LEGEND_Y);
        graphics.drawString("target", LEGEND_X + LEGEND_STEP + DASH + 6, LEGEND_Y);
    }

    private boolean isAgainstLimit(Target target) {
        return target.kind() == Target.Kind.RATIO
                && target.target() > 0
                && !target.id().equals("LIMIT")
                && target.against().get(0).contender().equals("limit");
    }

    private boolean isAgainstPeer(Target target) {
        return AGAINST_PEERS.contains(target.id());
    }

    private CategoryChart chart(String title, Predicate<Target> wanted) {
        List<String> labels = new ArrayList<>();
        List<Double> figures = new ArrayList<>();
        List<Double> targets = new ArrayList<>();
        for (Results.Reached line : reached) {
            Double figure = line.figure();
            if (figure != null && wanted.test(line.target())) {
                labels.add(label(line.target()));
                figures.add(shown(figure));
                targets.add(line.target().target());
            }
        }
        CategoryChart chart = new CategoryChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .build();
        style(chart);
        if (!labels.isEmpty()) {
            add(chart, labels, figures, targets);
        }
        return chart;
    }

    private static String label(Target target) {
        Run run = target.measured();
        String other = target.against().get(0).contender();
        String what = other.equals("limit") ? run.keys() / 1_000 + "k" : NAMES.getOrDefault(other, other);
        return target.id() + " " + run.workload().id() + " " + what;
    }

    /** Two decimals if it is small, else none: it stands in its bar. */
    private static double shown(double figure) {
        double unit = figure < 10 ? 100 : 1;
        return Math.round(figure * unit) / unit;
    }

    private static void add(CategoryChart chart, List<String> labels, List<Double> figures, List<Double> targets) {
        CategorySeries bars = chart.addSeries("reached", labels, figures);
        bars.setFillColor(BAR);
        CategorySeries marks = chart.addSeries("target", labels, targets);
        marks.setChartCategorySeriesRenderStyle(CategorySeries.CategorySeriesRenderStyle.Scatter);
        marks.setMarker(new Dash());
        marks.setMarkerColor(TARGET);
        double highest = Math.max(Collections.max(figures), Collections.max(targets));
        chart.getStyler().setYAxisMax(highest * 1.2); // room for the labels
    }

    private static void style(CategoryChart chart) {
        var styler = chart.getStyler();
        styler.setChartBackgroundColor(BACKGROUND);
        styler.setPlotBackgroundColor(BACKGROUND);
        styler.setPlotBorderVisible(false);
        styler.setPlotGridLinesColor(GRID);
        styler.setPlotGridVerticalLinesVisible(false);
        styler.setChartFontColor(TEXT);
        styler.setChartTitleBoxVisible(false);
        styler.setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 15));
        styler.setAxisTickLabelsFont(SMALL);
        styler.setAxisTickLabelsColor(TEXT);
        styler.setLocale(Locale.ROOT);
        styler.setDecimalPattern(FIGURE);
        styler.setLabelsVisible(true);
        styler.setLabelsFont(SMALL);
        styler.setLabelsFontColorAutomaticEnabled(false);
        styler.setLabelsFontColor(BACKGROUND);
        styler.setLabelsPosition(0.5);
        styler.setOverlapped(true);
        styler.setAvailableSpaceFill(0.6);
        styler.setXAxisLabelRotation(30);
        styler.setXAxisLabelAlignmentVertical(AxesChartStyler.TextAlignment.Right);
        styler.setLegendVisible(false);
        styler.setMarkerSize(DASH + SWATCH);
    }

    /** A short thick line. */
    private static final class Dash extends Marker {
        private static final BasicStroke STROKE = new BasicStroke(3, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER);

        @Override
        public void paint(Graphics2D graphics, double x, double y, int size) {
            graphics.setStroke(STROKE);
            graphics.draw(new Line2D.Double(x - size / 2.0, y, x + size / 2.0, y));
        }
    }
}

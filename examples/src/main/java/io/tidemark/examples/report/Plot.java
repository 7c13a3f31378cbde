package io.tidemark.examples.report;

import java.util.ArrayList;
import java.util.List;

/** The frame of a chart: axes, grid, axis titles; and the marks that figures draw into it. */
final class Plot {

    private static final int LEFT = 62;
    private static final int RIGHT = 16;
    private static final int TOP = 14;
    private static final int MARK_ROW_HEIGHT = 14;

    /** About the width of a character of a mark; a picture that is written as text cannot measure it. */
    private static final double MARK_CHARACTER = 7.4;

    private static final int BOTTOM = 48;

    private final Axis horizontal;
    private final Axis vertical;
    private final int width;
    private final int height;
    private final int top;
    private final Svg svg;

    /** Where the names of the rules end so far, per row. */
    private final double[] markEnds;

    /** Draws the names at last, above the rules that may cross them. */
    private final List<Runnable> marks = new ArrayList<>();

    /** @param markRows rows of text above the plot for the names of rules */
    Plot(int width, int height, String label, Axis horizontal, Axis vertical, int markRows) {
        this.width = width;
        this.height = height;
        this.horizontal = horizontal;
        this.vertical = vertical;
        this.top = TOP + markRows * MARK_ROW_HEIGHT;
        this.markEnds = new double[markRows];
        this.svg = new Svg(width, height, label);
    }

    /** Grid, tick labels and what is measured along the axes, with its unit. */
    Plot axes(String below, String beside) {
        for (Axis.Tick tick : vertical.ticks()) {
            double y = y(tick.value());
            svg.line("grid", LEFT, y, width - RIGHT, y);
            svg.text("tick", "end", LEFT - 8, y + 4, tick.label());
        }
        for (Axis.Tick tick : horizontal.ticks()) {
            double x = x(tick.value());
            svg.line("axis", x, height - BOTTOM, x, height - BOTTOM + 5);
            svg.text("tick", "middle", x, height - BOTTOM + 19, tick.label());
        }
        svg.line("axis", LEFT, height - BOTTOM, width - RIGHT, height - BOTTOM);
        svg.text("label", "middle", (LEFT + width - RIGHT) / 2.0, height - 6, below);
        svg.upwards("label", 13, (top + height - BOTTOM) / 2.0, beside);
        return this;
    }

    double x(double value) {
        return LEFT + horizontal.fraction(value) * (width - LEFT - RIGHT);
    }

    double y(double value) {
        return height - BOTTOM - vertical.fraction(value) * (height - top - BOTTOM);
    }

    /** A bar from one horizontal value to another. */
    void bar(String style, double from, double to, double value, String tooltip) {
        double x = x(from);
        double gap = Math.min(1, (x(to) - x) * 0.12);
        svg.bar(style, x, y(value), Math.max(0.3, x(to) - x - gap), Math.max(0, height - BOTTOM - y(value)), tooltip);
    }

    /** A line through points, given as x, y, x, y … in values of the axes. */
    void line(String style, double[] values) {
        double[] points = new double[values.length];
        for (int i = 0; i < values.length; i += 2) {
            points[i] = x(values[i]);
            points[i + 1] = y(values[i + 1]);
        }
        svg.path(style, points, values.length / 2);
    }

    /** The same line, filled down to the horizontal axis. */
    void area(String style, double[] values) {
        if (values.length == 0) {
            return;
        }
        int last = values.length;
        double[] points = new double[last + 4];
        for (int i = 0; i < last; i += 2) {
            points[i] = x(values[i]);
            points[i + 1] = y(values[i + 1]);
        }
        double base = height - BOTTOM;
        points[last] = points[last - 2];
        points[last + 1] = base;
        points[last + 2] = points[0];
        points[last + 3] = base;
        svg.path(style, points, points.length / 2);
    }

    /** A vertical rule with a name above the plot. Rules are drawn from left to right; names that would collide go to rows of their own. */
    void rule(double value, String name) {
        double x = x(value);
        double length = name.length() * MARK_CHARACTER;
        boolean leftwards = x + length > width - RIGHT;
        double start = leftwards ? x - 5 - length : x + 5;
        int row = 0;
        while (row < markEnds.length - 1 && markEnds[row] > start) {
            row++;
        }
        markEnds[row] = leftwards ? width : start + length;
        double y = top - 6 - (markEnds.length - 1 - row) * MARK_ROW_HEIGHT;
        svg.line("rule", x, y - 9, x, height - BOTTOM);
        marks.add(() -> svg.text("mark", leftwards ? "end" : "start", leftwards ? x - 5 : x + 5, y, name));
    }

    /** A horizontal rule with a name below its right end. */
    void level(double value, String name) {
        double y = y(value);
        svg.line("rule", LEFT, y, width - RIGHT, y);
        svg.text("mark", "end", width - RIGHT - 4, y + 15, name);
    }

    String end() {
        marks.forEach(Runnable::run);
        return svg.end();
    }
}

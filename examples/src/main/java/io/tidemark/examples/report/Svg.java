package io.tidemark.examples.report;

import java.util.Locale;

/** Writes one SVG picture as text. Colours and fonts come from the page's style sheet by class, so that light and dark both work. */
final class Svg {

    private final StringBuilder text = new StringBuilder(16_384);

    /** A picture that scales with the page. The label is what a screen reader says. */
    Svg(int width, int height, String label) {
        text.append("<svg viewBox=\"0 0 ").append(width).append(' ').append(height);
        text.append("\" role=\"img\" aria-label=\"").append(escape(label)).append("\">\n");
    }

    Svg line(String style, double x1, double y1, double x2, double y2) {
        text.append(String.format(
                Locale.ROOT,
                "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>\n",
                style,
                x1,
                y1,
                x2,
                y2));
        return this;
    }

    /** A rectangle with a tooltip. */
    Svg bar(String style, double x, double y, double width, double height, String tooltip) {
        text.append(String.format(
                Locale.ROOT,
                "<rect class=\"%s\" x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\"><title>%s</title></rect>\n",
                style,
                x,
                y,
                width,
                height,
                escape(tooltip)));
        return this;
    }

    /** A path through points, given as x, y, x, y …; closed down to a base line for an area. */
    Svg path(String style, double[] points, int count) {
        text.append("<path class=\"").append(style).append("\" d=\"");
        for (int i = 0; i < count; i++) {
            text.append(
                    String.format(Locale.ROOT, "%s%.1f,%.1f", i == 0 ? "M" : "L", points[2 * i], points[2 * i + 1]));
        }
        text.append("\"/>\n");
        return this;
    }

    /** @param anchor start, middle or end */
    Svg text(String style, String anchor, double x, double y, String content) {
        text.append(String.format(
                Locale.ROOT,
                "<text class=\"%s\" text-anchor=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>\n",
                style,
                anchor,
                x,
                y,
                escape(content)));
        return this;
    }

    /** A text that reads upwards. */
    Svg upwards(String style, double x, double y, String content) {
        text.append(String.format(
                Locale.ROOT,
                "<text class=\"%s\" text-anchor=\"middle\" transform=\"translate(%.1f %.1f) rotate(-90)\">%s</text>\n",
                style,
                x,
                y,
                escape(content)));
        return this;
    }

    String end() {
        return text.append("</svg>").toString();
    }

    /** Makes any text harmless in HTML content and attributes. */
    static String escape(String raw) {
        return raw.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}

package io.tidemark.examples.report;

/**
 * One card of the page.
 *
 * @param title what one sees, as a statement
 * @param note how to read it, with units
 * @param wide whether it takes the whole width
 * @param content SVG or HTML, already escaped
 */
record Figure(String title, String note, boolean wide, String content) {

    static final int WIDE = 1060;
    static final int HALF = 516;
    static final int HEIGHT = 290;

    String html() {
        return "<section class=\"card" + (wide ? " wide" : "") + "\">\n<h2>" + Svg.escape(title) + "</h2>\n<p>"
                + Svg.escape(note) + "</p>\n" + content + "\n</section>\n";
    }
}

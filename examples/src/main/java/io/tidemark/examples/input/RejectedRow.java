package io.tidemark.examples.input;

/**
 * A row that could not be read.
 *
 * @param line number of the line in the file, from 1, the header counted: what an editor shows
 * @param row number of the data row, from 1
 * @param reason what is wrong with it, without repeating its values
 * @param text the line as it stands in the file, cut after {@value #LONGEST_TEXT} characters
 */
public record RejectedRow(long line, long row, String reason, String text) {

    static final int LONGEST_TEXT = 1_000;

    public RejectedRow {
        text = text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text;
    }
}

/** What a run leaves behind: the CSV files and the summary on the console. */
@NullMarked
package io.tidemark.examples.output;

import org.jspecify.annotations.NullMarked;

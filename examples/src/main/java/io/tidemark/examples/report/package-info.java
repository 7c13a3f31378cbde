/** The HTML report: one self-contained page of tables and SVG charts. */
@NullMarked
package io.tidemark.examples.report;

import org.jspecify.annotations.NullMarked;

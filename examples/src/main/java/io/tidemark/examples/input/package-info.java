/** Reads a file of events: CSV or gzip'd CSV, malformed rows set apart, in order of arrival. */
@NullMarked
package io.tidemark.examples.input;

import org.jspecify.annotations.NullMarked;

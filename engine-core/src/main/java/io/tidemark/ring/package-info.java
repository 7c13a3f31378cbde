/**
 * The ingest rings between producer threads and the engine thread: {@link io.tidemark.ring.RowRing} for one producer (flat
 * rows, published one by one or in batches), {@link io.tidemark.ring.EventQueue} for many (event objects). The only room that
 * sees {@code org.jctools}.
 *
 * <p>Hot methods: {@code claim}, {@code publish}, {@code available}, {@code release} of the ring; {@code offer} and {@code poll}
 * of the queue. They neither allocate, lock, log nor throw, except on misuse.
 *
 * <p>Memory order, stated once. A row is written plainly and published by one store of the producer's index with release order
 * or stronger; the consumer reads that index with acquire order, reads the row plainly, and gives the slot back by one
 * release store of its own index, which the producer reads with acquire order before it writes the slot again. Each side reads
 * its own index plainly. The only place that needs more is closing, see the comments in the two classes.
 */
@NullMarked
package io.tidemark.ring;

import org.jspecify.annotations.NullMarked;

/**
 * How lists of the graph are read: a page of children for every parent at once, in one statement. A
 * list is a {@link io.customergraph.paging.Connection}, declared beside the record that it gives;
 * {@link io.customergraph.paging.GraphReads} runs it.
 */
@NullMarked
package io.customergraph.paging;

import org.jspecify.annotations.NullMarked;

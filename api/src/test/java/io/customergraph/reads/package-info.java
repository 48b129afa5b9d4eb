/** The graph as a client reads it: requests over HTTP to the whole application. */
@NullMarked
package io.customergraph.reads;

import org.jspecify.annotations.NullMarked;

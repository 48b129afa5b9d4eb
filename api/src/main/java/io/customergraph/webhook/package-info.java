/**
 * Where providers deliver: a request comes in, is found genuine by its provider's own scheme, and
 * is acknowledged once it survives a crash. What it means is found out later, by whoever works at
 * the queue.
 */
@NullMarked
package io.customergraph.webhook;

import org.jspecify.annotations.NullMarked;

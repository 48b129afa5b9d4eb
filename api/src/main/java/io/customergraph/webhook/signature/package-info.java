/**
 * How each provider proves that a webhook is its own, a class for each way. They look at the bytes
 * as they came, and compare in a time that does not tell where two values differ.
 */
@NullMarked
package io.customergraph.webhook.signature;

import org.jspecify.annotations.NullMarked;

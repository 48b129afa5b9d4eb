/**
 * What payment providers deliver, in the vocabulary that all sources share: a translator for each,
 * which reads its payments and refunds, and what asks Tabby and Tamara again. Nothing in a delivery
 * is certain: what is missing or of another type is left out where the payment means something
 * without it, and ends the delivery with a reason where it does not.
 */
@NullMarked
package io.customergraph.provider.payment;

import org.jspecify.annotations.NullMarked;

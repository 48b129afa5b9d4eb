/**
 * What comes from Shopify, in the vocabulary that all sources share: payloads of its webhooks in
 * the shape of its REST API go in, records, merges and deletions come out.
 */
@NullMarked
package io.customergraph.provider.shopify;

import org.jspecify.annotations.NullMarked;

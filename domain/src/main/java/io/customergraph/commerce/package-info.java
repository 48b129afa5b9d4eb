/** What was bought: Shopify's products, customers and orders. */
@NullMarked
package io.customergraph.commerce;

import org.jspecify.annotations.NullMarked;

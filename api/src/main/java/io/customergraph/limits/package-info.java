/**
 * How much one request may ask. A document is measured before anything of it is validated or run:
 * its shape in one walk that takes time in proportion to its text, then its scopes and its cost
 * against the schema. The outcome is kept with the parsed document, so that a request that was seen
 * before costs a look-up and a few multiplications. Bodies and requests per minute are bounded here
 * too.
 */
@NullMarked
package io.customergraph.limits;

import org.jspecify.annotations.NullMarked;

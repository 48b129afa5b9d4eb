/**
 * Partner programmes: the platform's own accounts with providers, the companies that it takes on
 * under them, and their WhatsApp numbers. What the programmes deliver keeps them current.
 */
@NullMarked
package io.customergraph.partner;

import org.jspecify.annotations.NullMarked;

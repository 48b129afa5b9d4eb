/**
 * Partner programmes over their providers' APIs: Meta's calls of a Tech Provider and 360dialog's
 * partner hub. In go accounts that are open, out come states of companies and numbers.
 */
@NullMarked
package io.customergraph.provider.partner;

import org.jspecify.annotations.NullMarked;

/** What comes from Freshdesk, in the vocabulary that all sources share. */
@NullMarked
package io.customergraph.provider.freshdesk;

import org.jspecify.annotations.NullMarked;

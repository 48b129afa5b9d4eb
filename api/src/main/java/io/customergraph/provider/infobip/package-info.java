/** What comes from Infobip, in the vocabulary that all sources share. */
@NullMarked
package io.customergraph.provider.infobip;

import org.jspecify.annotations.NullMarked;

/** What comes from Twilio, in the vocabulary that all sources share. */
@NullMarked
package io.customergraph.provider.twilio;

import org.jspecify.annotations.NullMarked;

/** What comes from Unifonic, in the vocabulary that all sources share. */
@NullMarked
package io.customergraph.provider.unifonic;

import org.jspecify.annotations.NullMarked;

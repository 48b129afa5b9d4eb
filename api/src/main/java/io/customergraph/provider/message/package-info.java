/** What the readers of several providers of messages share. */
@NullMarked
package io.customergraph.provider.message;

import org.jspecify.annotations.NullMarked;

/** What was said, on every channel. */
@NullMarked
package io.customergraph.conversation;

import org.jspecify.annotations.NullMarked;

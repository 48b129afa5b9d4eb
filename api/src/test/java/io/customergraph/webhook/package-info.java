@NullMarked
package io.customergraph.webhook;

import org.jspecify.annotations.NullMarked;

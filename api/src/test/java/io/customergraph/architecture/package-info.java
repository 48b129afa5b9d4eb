/** What may know what; see docs/architecture.md. */
@NullMarked
package io.customergraph.architecture;

import org.jspecify.annotations.NullMarked;

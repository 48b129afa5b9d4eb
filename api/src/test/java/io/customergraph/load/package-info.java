/** The application in processes of its own, under load: what it bears, and what a kill leaves. */
@NullMarked
package io.customergraph.load;

import org.jspecify.annotations.NullMarked;

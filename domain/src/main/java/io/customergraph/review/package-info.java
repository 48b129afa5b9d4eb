/** Whether two customers are one person: what speaks for it and against it, and what decides. */
@NullMarked
package io.customergraph.review;

import org.jspecify.annotations.NullMarked;

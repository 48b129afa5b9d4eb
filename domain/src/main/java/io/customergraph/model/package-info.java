/**
 * What agreement is worth in a tenant. Models come in versions, trained by runs; one is in use, the
 * shipped one where none is. A version never changes, so that a decision can be explained by the
 * model it was made by.
 */
@NullMarked
package io.customergraph.model;

import org.jspecify.annotations.NullMarked;

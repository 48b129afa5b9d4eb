/**
 * Commands of an operator that need more of CustomerGraph than its database: the keys of secrets.
 */
@NullMarked
package io.customergraph.operator;

import org.jspecify.annotations.NullMarked;

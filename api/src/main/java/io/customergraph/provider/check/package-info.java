/**
 * Whether a connection works: of each provider its own cheap call that needs the credentials and
 * changes nothing. In goes an open connection, out comes what is wrong with it.
 */
@NullMarked
package io.customergraph.provider.check;

import org.jspecify.annotations.NullMarked;

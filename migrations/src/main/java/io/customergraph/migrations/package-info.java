/**
 * What an operator does to the database: migrate it and back, check it, and let tenants and callers
 * in. As the database's owner, from the command line.
 */
@NullMarked
package io.customergraph.migrations;

import org.jspecify.annotations.NullMarked;

/**
 * The commands of an operator: bring a database up to date and back, ask it for what must not be,
 * make tenants and API keys. In go a connection as the database's owner and the scripts in {@code
 * db/}; out come text and an exit code. Stands on nothing else of CustomerGraph, so that it runs
 * where the application does not.
 */
@NullMarked
package io.customergraph.migrations;

import org.jspecify.annotations.NullMarked;

/**
 * How a request fails: one shape for every error, over GraphQL and over plain HTTP, with a code
 * that a program can act on and a correlation id that finds the log line. What went wrong inside
 * (statements, classes, stacks) goes to the log and never to the client.
 */
@NullMarked
package io.customergraph.errors;

import org.jspecify.annotations.NullMarked;

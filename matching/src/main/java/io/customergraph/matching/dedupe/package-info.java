/**
 * Finds the people in a table: the command that reads a file of records, learns a model from it
 * without labels, and writes which records are one person's. Where the file says who is who it also
 * measures how well that went.
 */
@NullMarked
package io.customergraph.matching.dedupe;

import org.jspecify.annotations.NullMarked;

/**
 * Many people's records in columns, each distinct value normalised once and kept once, so that a
 * million records and the pairs among them fit in memory and compare by integers first.
 */
@NullMarked
package io.customergraph.matching.population;

import org.jspecify.annotations.NullMarked;

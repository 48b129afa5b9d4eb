package io.customergraph.matching.dedupe;

import io.customergraph.matching.population.Population;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * A file, read.
 *
 * @param ids of records, in the order of the file
 * @param truth the number of each record's person; null where the file does not say
 * @param unusable of each field, how many texts had nothing in them to compare
 */
record Table(
        ColumnRoles roles,
        Population population,
        List<String> ids,
        @Nullable IntUnaryOperator truth,
        Problems problems,
        List<Integer> unusable) {}

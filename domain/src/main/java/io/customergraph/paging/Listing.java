package io.customergraph.paging;

import io.r2dbc.spi.Readable;

import java.util.function.Function;

/**
 * A short list for each parent that needs no pages; the statement bounds it.
 *
 * @param name unique among all reads: the field that it answers
 * @param sql selects the parent, then the columns of an item; {@code $1} is the tenant, {@code $2}
 *     the array of parents
 */
public record Listing<T>(String name, String sql, Function<Readable, T> read) {}

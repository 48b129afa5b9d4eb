package io.customergraph.paging;

import io.r2dbc.spi.Readable;

import java.util.function.Function;

/**
 * One thing for each key.
 *
 * @param name unique among all reads: the type or field that it answers
 * @param sql selects the key, then the columns of the thing; {@code $1} is the tenant, {@code $2}
 *     the array of keys. A key that nothing is found for is left out
 */
public record Lookup<T>(String name, String sql, Function<Readable, T> read) {}

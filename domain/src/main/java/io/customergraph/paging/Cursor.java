package io.customergraph.paging;

import java.util.UUID;

/**
 * A place in a list: what the list is ordered by, and the id that tells equals apart.
 *
 * @param key microseconds since 1970 for a time, or the number itself
 */
public record Cursor(long key, UUID id) {}

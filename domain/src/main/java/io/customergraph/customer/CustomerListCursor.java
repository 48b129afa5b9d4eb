package io.customergraph.customer;

import java.util.UUID;

/**
 * A place in a list of customers.
 *
 * @param key what the list is ordered by, as PostgreSQL writes it
 */
public record CustomerListCursor(String key, UUID id) {}

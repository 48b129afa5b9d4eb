package io.customergraph.ingest;

/**
 * Puts a shop's orders and products in an order, to the end of the transaction. An order looks for
 * its products and a product for the orders that wait for it; where both are written at the same
 * time, neither would see the other. Orders hold the lock together, products and refunds alone.
 */
final class CatalogueLock {

    private static final String LOCK =
            """
            SELECT %s(hashtextextended('shopify catalogue ' || :tenant || ' ' || source_account, 0))
            FROM (SELECT DISTINCT source_account
                  FROM json_to_recordset(:rows::json) AS r (source_account text)
                  ORDER BY source_account) AS shops
            """;

    static final String OF_ORDERS = LOCK.formatted("pg_advisory_xact_lock_shared");
    static final String OF_PRODUCTS = LOCK.formatted("pg_advisory_xact_lock");
    static final String OF_REFUNDS = OF_PRODUCTS;

    private CatalogueLock() {}
}

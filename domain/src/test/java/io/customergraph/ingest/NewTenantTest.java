package io.customergraph.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.customergraph.customer.Assurance;
import io.customergraph.ingest.SourceRecord.ShopifyCustomerRecord;
import io.customergraph.tenant.TenantContext;
import io.customergraph.tenant.TenantId;
import io.customergraph.testing.Records;
import io.customergraph.testing.TestDatabase;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * What is read for a batch of a tenant who came after the planner counted the tables: it takes the
 * tenant for one without rows, and may begin with all of them.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NewTenantTest {

    private static final TestDatabase DATABASE = TestDatabase.shared();
    private static final int PEOPLE = 1_500;
    private static final int BATCH = 50;
    private static final int PRODUCTS = 1_000;

    /** For each record a few rows of its own, of its children and of those it refers to. */
    private static final long MOST_ROWS = 12L * BATCH;

    /**
     * Of this connection since it told its counts, which it does about once a second, of the tables
     * that the tenant fills: small ones are read whole sooner than looked up.
     */
    private static final String READ =
            """
            SELECT relname, coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0)
            FROM pg_stat_xact_user_tables
            WHERE relname IN ('customers', 'customer_identifiers', 'customer_field_values',
                              'match_decisions', 'shopify_customers', 'shopify_orders',
                              'shopify_order_items', 'shopify_products',
                              'shopify_product_variants', 'support_tickets')
            """;

    private final DatabaseClient client = DATABASE.client();
    private final Ingestion ingestion = new Ingestion(client, DATABASE.transaction());
    private final TenantId counted = DATABASE.newTenant();
    private final TenantId tenant = DATABASE.newTenant();

    @BeforeAll
    void count_the_tables_before_the_tenant_comes() {
        fill(counted);
        eachTable("SET (n_distinct = 2)");
        DATABASE.owner().execute("ANALYZE");
        fill(tenant);
    }

    /** Other tests leave many tenants with few rows: an average that says nothing of this one. */
    @AfterAll
    void count_tenants_again() {
        eachTable("RESET (n_distinct)");
        DATABASE.owner().execute("ANALYZE");
    }

    private static void eachTable(String setting) {
        DATABASE.owner()
                .queryForList(
                        """
                        SELECT attrelid::regclass::text
                        FROM pg_attribute JOIN pg_class c ON c.oid = attrelid
                        WHERE attname = 'tenant_id' AND c.relkind = 'r'
                          AND c.relnamespace = 'public'::regnamespace
                        """,
                        String.class)
                .forEach(
                        table ->
                                DATABASE.owner()
                                        .execute(
                                                "ALTER TABLE %s ALTER COLUMN tenant_id %s"
                                                        .formatted(table, setting)));
    }

    private void fill(TenantId filled) {
        ingest(filled, products());
        ingest(filled, customers(0, PEOPLE));
        ingest(filled, orders(0, PEOPLE));
        ingest(filled, tickets(0, PEOPLE));
    }

    private static List<SourceRecord> products() {
        return records(0, PRODUCTS, n -> Records.product(10_000 + n, 20_000 + n));
    }

    private static List<SourceRecord> customers(int from, int to) {
        return records(
                from,
                to,
                n ->
                        Records.shopifyCustomer(
                                id(n), "Ann Lee", email(n), "+96650" + (1_000_000 + n)));
    }

    private static List<SourceRecord> orders(int from, int to) {
        return records(
                from, to, n -> Records.orderOf(10_000 + n % PRODUCTS, 20_000 + n % PRODUCTS));
    }

    private static List<SourceRecord> changed(List<SourceRecord> customers) {
        return customers.stream()
                .map(ShopifyCustomerRecord.class::cast)
                .<SourceRecord>map(
                        one ->
                                new ShopifyCustomerRecord(
                                        Records.later(one.origin(), 60),
                                        Person.of(
                                                one.person().externalId(),
                                                "Ann Green",
                                                "green"
                                                        + one.origin().externalId()
                                                        + "@shop.example",
                                                null,
                                                Assurance.VERIFIED),
                                        true,
                                        true,
                                        4,
                                        null,
                                        "enabled",
                                        List.of()))
                .toList();
    }

    private static List<SourceRecord> tickets(int from, int to) {
        return records(
                from, to, n -> Records.ticket(Records.person(null, "Ann Lee", email(n), null)));
    }

    private static String id(int person) {
        return Integer.toString(30_000 + person);
    }

    private static String email(int person) {
        return "ann" + person + "@shop.example";
    }

    private static List<SourceRecord> records(int from, int to, IntFunction<SourceRecord> record) {
        return IntStream.range(from, to).mapToObj(record).toList();
    }

    private void ingest(TenantId of, List<SourceRecord> records) {
        Flux.fromIterable(records)
                .buffer(Ingestion.MAX_BATCH)
                .concatMap(ingestion::ingest)
                .contextWrite(TenantContext.of(of))
                .blockLast();
    }

    /** By table, the rows that were read while a batch was taken in. */
    private Map<String, Long> readFor(List<SourceRecord> batch) {
        Mono<Map<String, Long>> read =
                read().flatMap(
                                before ->
                                        ingestion
                                                .ingest(batch)
                                                .then(Mono.defer(this::read))
                                                .map(after -> difference(before, after)));
        return Objects.requireNonNull(
                read.as(DATABASE.transaction()::transactional)
                        .contextWrite(TenantContext.of(tenant))
                        .block());
    }

    private Mono<Map<String, Long>> read() {
        return client.sql(READ)
                .map(
                        row ->
                                Map.entry(
                                        Objects.requireNonNull(row.get(0, String.class)),
                                        Objects.requireNonNull(row.get(1, Long.class))))
                .all()
                .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    private static Map<String, Long> difference(Map<String, Long> before, Map<String, Long> after) {
        Map<String, Long> read = new TreeMap<>();
        after.forEach(
                (table, rows) -> {
                    long more = rows - before.getOrDefault(table, 0L);
                    if (more > 0) {
                        read.put(table, more);
                    }
                });
        return read;
    }

    private void assertFewRowsAreReadFor(String of, List<SourceRecord> batch) {
        Map<String, Long> read = readFor(batch);
        assertThat(read)
                .containsKey(of)
                .allSatisfy(
                        (table, rows) -> assertThat(rows).as(table).isLessThanOrEqualTo(MOST_ROWS));
    }

    @Test
    void a_batch_reads_what_it_is_about_and_not_all_that_the_tenant_has() {
        assertFewRowsAreReadFor("shopify_customers", customers(0, BATCH));
        assertFewRowsAreReadFor("shopify_products", products().subList(0, BATCH));
        assertFewRowsAreReadFor("shopify_customers", changed(customers(0, BATCH)));
        assertFewRowsAreReadFor("shopify_products", orders(0, BATCH));
        assertFewRowsAreReadFor("customers", tickets(0, BATCH));
    }

    @Test
    void a_value_that_many_have_and_nobody_owns_is_not_read_for_each_of_them() {
        DATABASE.owner()
                .update(
                        """
                        INSERT INTO customer_identifiers (
                            tenant_id, id, customer_id, kind, scope, value, canonical, assurance,
                            is_generic, source_type, valid_from)
                        SELECT tenant_id, gen_random_uuid(), id, 'phone', '', '+966112345678',
                               '+966112345678', 'claimed', true, 'shopify', now()
                        FROM customers
                        WHERE tenant_id = ?
                        """,
                        tenant.value());

        assertFewRowsAreReadFor(
                "customer_identifiers",
                records(
                        0,
                        BATCH,
                        n ->
                                Records.ticket(
                                        Records.person(
                                                null, "Ann Lee", email(n), "+966112345678"))));
    }
}

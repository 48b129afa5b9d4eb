package io.customergraph.ingest;

import io.customergraph.customer.IdentifierPolicies;
import io.customergraph.customer.IdentifierPolicyRepository;
import io.customergraph.sql.JsonRows;
import io.customergraph.tenant.TenantId;
import io.r2dbc.spi.Readable;

import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Mono;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Reads the tenant's policies and what is stored of the records of a batch: one statement, whatever
 * their types. Neither needs the other, and two statements would be two round trips.
 */
final class KnownRecords {

    /** The place of what is no record's: the key of what was erased. */
    private static final int NO_RECORD = -1;

    private static final String BY_SOURCE =
            "t.source_type = w.source_type AND t.external_id = w.external_id";

    /**
     * Each record is looked up and none is joined: a plan for tables that were empty when it was
     * made would begin with all that the tenant has.
     */
    private static final String SELECT =
            """
            WITH wanted AS (
                SELECT * FROM unnest(:numbers::int[], :types::text[], :sourceTypes::text[],
                                     :accounts::text[], :externalIds::text[], :shopifyIds::bigint[])
                    AS w (n, type, source_type, account, external_id, shopify_id)),
            found AS (
                SELECT w.n, t.*
                FROM wanted w
                CROSS JOIN LATERAL (
                    %s
                    LIMIT 1) AS t)
            SELECT f.n, f.id, f.customer_id, f.updated_at, encode(f.content_hash, 'hex'),
                   ARRAY(WITH RECURSIVE became (id, merged_into) AS (
                             SELECT c.id, c.merged_into
                             FROM match_decisions d
                             JOIN customers c
                                 ON c.tenant_id = (SELECT :tenant) AND c.id = d.customer_id
                             WHERE d.tenant_id = (SELECT :tenant) AND d.record_id = f.id
                               AND d.kind = 'ban' AND d.withdrawn_at IS NULL
                             UNION
                             SELECT c.id, c.merged_into
                             FROM became b
                             JOIN customers c
                                 ON c.tenant_id = (SELECT :tenant) AND c.id = b.merged_into)
                         SELECT id FROM became WHERE merged_into IS NULL) AS not_customers,
                   (SELECT d.customer_id FROM match_decisions d
                    WHERE d.tenant_id = (SELECT :tenant) AND d.record_id = f.id
                      AND d.kind = 'link' AND d.withdrawn_at IS NULL) AS home,
                   f.stage,
                   NULL AS kind, NULL AS priority, NULL AS max_people, NULL AS window_days,
                   NULL AS blocked_patterns, NULL AS unique_per_person, NULL AS one_per_account,
                   NULL AS recycled_after_days, NULL AS default_region
            FROM found f
            UNION ALL
            SELECT NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, p.*
            FROM (%s) AS p
            UNION ALL
            SELECT w.n, NULL, NULL,
                   CASE WHEN t.is_final THEN timestamptz '9999-12-31 00:00Z' ELSE t.deleted_at END,
                   NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
                   NULL
            FROM wanted w
            CROSS JOIN LATERAL (
                SELECT t.is_final, t.deleted_at
                FROM record_tombstones t
                WHERE t.tenant_id = (SELECT :tenant) AND t.record_type = w.type
                  AND t.source_type = w.source_type AND t.source_account = w.account
                  AND t.external_id = w.external_id
                LIMIT 1) AS t
            UNION ALL
            SELECT %d, NULL, NULL, NULL,
                   (SELECT encode(k.ciphertext, 'base64') FROM erasure_keys k
                    WHERE k.tenant_id = (SELECT :tenant)),
                   NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
            FROM (SELECT pg_advisory_xact_lock_shared(
                      hashtextextended(concat_ws(' ', 'erased people', :tenant), 0))
                  OFFSET 0) AS locked
            """
                    .formatted(
                            Arrays.stream(RecordType.values())
                                    .map(KnownRecords::lookUp)
                                    .collect(Collectors.joining(" UNION ALL ")),
                            IdentifierPolicyRepository.SELECT,
                            NO_RECORD);

    /** Finds the record {@code w} where it is of the type. */
    private static String lookUp(RecordType type) {
        String byNumber = "t.%s_id = w.shopify_id".formatted(type.code());
        return """
        SELECT t.id, %s AS customer_id, t.updated_at, t.content_hash, %s AS stage
        FROM %ss t
        WHERE w.type = '%s' AND t.tenant_id = (SELECT :tenant)
          AND t.source_account = w.account AND %s
        """
                .formatted(
                        type.isAboutSomebody() ? "t.customer_id" : "NULL::uuid",
                        switch (type) {
                            case TRANSACTION, TRANSACTION_REFUND -> "t.stage";
                            default -> "0";
                        },
                        type.code(),
                        type.code(),
                        type.isShopify() ? byNumber : BY_SOURCE);
    }

    private final DatabaseClient database;

    KnownRecords(DatabaseClient database) {
        this.database = database;
    }

    /**
     * What was read.
     *
     * @param stored by the record's place in the list; the unknown are absent
     * @param deleted by the record's place in the list, up to when versions are of what its source
     *     deleted; the others are absent
     * @param erasureKey encrypted; null where nobody of the tenant was ever erased
     */
    record Known(
            IdentifierPolicies policies,
            Map<Integer, StoredRecord> stored,
            Map<Integer, Instant> deleted,
            @Nullable String erasureKey) {

        /** Whether a version is of a record that its source deleted. */
        boolean isDeleted(int place, SourceRecord version) {
            Instant until = deleted.get(place);
            return until != null && !version.origin().updatedAt().isAfter(until);
        }
    }

    /**
     * Reads.
     *
     * @return an error where there is no such tenant
     */
    Mono<Known> of(TenantId tenant, List<SourceRecord> records) {
        int size = records.size();
        Integer[] numbers = new Integer[size];
        String[] types = new String[size];
        String[] sourceTypes = new String[size];
        String[] accounts = new String[size];
        String[] externalIds = new String[size];
        @Nullable Long[] shopifyIds = new @Nullable Long[size];
        for (int n = 0; n < size; n++) {
            SourceRecord record = records.get(n);
            Origin origin = record.origin();
            numbers[n] = n;
            types[n] = record.type().code();
            sourceTypes[n] = origin.sourceType();
            accounts[n] = JsonRows.clean(origin.account());
            externalIds[n] = JsonRows.clean(origin.externalId());
            shopifyIds[n] = record.type().isShopify() ? Long.valueOf(origin.externalId()) : null;
        }
        return database.sql(SELECT)
                .bind("tenant", tenant.value())
                .bind("numbers", numbers)
                .bind("types", types)
                .bind("sourceTypes", sourceTypes)
                .bind("accounts", accounts)
                .bind("externalIds", externalIds)
                .bind("shopifyIds", shopifyIds)
                .map(KnownRecords::read)
                .all()
                .collectList()
                .map(rows -> known(tenant, rows));
    }

    private static Known known(TenantId tenant, List<Row> rows) {
        Map<Integer, StoredRecord> stored = new HashMap<>();
        Map<Integer, Instant> deleted = new HashMap<>();
        List<IdentifierPolicyRepository.Row> policies = new ArrayList<>();
        String erasureKey = null;
        for (Row row : rows) {
            switch (row) {
                case Key key -> erasureKey = key.ciphertext;
                case Numbered found -> stored.put(found.number, found.record);
                case Deleted gone -> deleted.put(gone.number, gone.until);
                case Policy policy -> policies.add(policy.row);
            }
        }
        return new Known(
                IdentifierPolicyRepository.policies(tenant, policies), stored, deleted, erasureKey);
    }

    private sealed interface Row {}

    private record Numbered(int number, StoredRecord record) implements Row {}

    private record Deleted(int number, Instant until) implements Row {}

    private record Policy(IdentifierPolicyRepository.Row row) implements Row {}

    private record Key(@Nullable String ciphertext) implements Row {}

    private static Row read(Readable row) {
        Integer number = row.get(0, Integer.class);
        if (number == null) {
            return new Policy(IdentifierPolicyRepository.read(row));
        }
        if (number == NO_RECORD) {
            return new Key(row.get(4, String.class));
        }
        return row.get(1, UUID.class) == null
                ? new Deleted(number, Objects.requireNonNull(row.get(3, Instant.class)))
                : new Numbered(number, stored(row));
    }

    private static StoredRecord stored(Readable row) {
        UUID id = row.get(1, UUID.class);
        Instant updatedAt = row.get(3, Instant.class);
        String hash = row.get(4, String.class);
        UUID[] notCustomers = row.get(5, UUID[].class);
        Integer stage = row.get(7, Integer.class);
        if (id == null || updatedAt == null || hash == null || stage == null) {
            throw new IllegalStateException("A stored record without id, version or hash");
        }
        return new StoredRecord(
                id,
                Optional.ofNullable(row.get(2, UUID.class)),
                Optional.ofNullable(row.get(6, UUID.class)),
                updatedAt,
                hash,
                stage,
                notCustomers == null ? Set.of() : Set.copyOf(Arrays.asList(notCustomers)));
    }
}

package io.customergraph.customer;

import io.customergraph.matching.normalize.PersonName;
import io.customergraph.sql.JsonRows;
import io.customergraph.tenant.TenantId;
import io.r2dbc.spi.Readable;

import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Mono;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * Works a customer's profile out again from what there is: the records that are the customer's, the
 * living identifiers, what people entered by hand, and what they chose when they merged. The same
 * values survive as if the records had come in one by one.
 */
public final class ProfileRebuild {

    /** The fields of a profile that have several sources. */
    public static final List<String> FIELDS =
            List.of(
                    FieldValue.FIRST_NAME,
                    FieldValue.LAST_NAME,
                    FieldValue.EMAIL,
                    FieldValue.PHONE);

    /**
     * The newest records decide; a customer has more only where a hub was taken for a person. An
     * e-mail or phone that was entered or chosen counts while it is the customer's: after a merge
     * was taken back it may be the other's. One that was entered and identifies nobody counts while
     * no other customer goes by it.
     */
    private static final String EVIDENCE =
            """
            WITH RECURSIVE homes (became, id) AS (
                SELECT c, c FROM unnest(:customers::uuid[]) AS c
                UNION
                SELECT h.became, c.id FROM homes h
                JOIN customers c ON c.tenant_id = :tenant AND c.merged_into = h.id)
            SELECT c AS customer_id, 'record' AS origin, r.record_type, r.record_id, r.source_type,
                   r.person_external_id, r.first_name, r.last_name, r.full_name, NULL AS value,
                   CASE WHEN r.is_verified THEN 'verified' ELSE 'observed' END AS assurance,
                   r.updated_at AS observed_at
            FROM unnest(:customers::uuid[]) AS c
            CROSS JOIN LATERAL (
                SELECT * FROM record_people p
                WHERE p.tenant_id = :tenant AND p.customer_id = c
                ORDER BY p.updated_at DESC, p.record_id
                LIMIT 1000) AS r
            UNION ALL
            SELECT i.customer_id, i.kind, coalesce(p.record_type, i.record_type),
                   coalesce(p.record_id, i.record_id), coalesce(p.source_type, i.source_type::text),
                   NULL, NULL, NULL, NULL, i.value, i.assurance::text,
                   coalesce(p.updated_at, i.valid_from)
            FROM customer_identifiers i
            LEFT JOIN LATERAL (
                SELECT r.record_type, r.record_id, r.source_type::text, r.updated_at
                FROM record_people r
                WHERE r.tenant_id = :tenant AND r.customer_id = i.customer_id
                  AND CASE i.kind WHEN 'email' THEN r.email = i.value ELSE r.phone = i.value END
                ORDER BY r.updated_at DESC, r.record_id
                LIMIT 1) AS p ON true
            WHERE i.tenant_id = :tenant AND i.customer_id = ANY (:customers)
              AND i.valid_to IS NULL AND NOT i.is_generic AND i.kind IN ('email', 'phone')
            UNION ALL
            SELECT h.became, e.field, NULL, NULL, 'manual', NULL, NULL, NULL, NULL, e.value,
                   'verified', e.entered_at
            FROM homes h
            JOIN customer_entries e ON e.tenant_id = :tenant AND e.customer_id = h.id
            WHERE (e.field NOT IN ('email', 'phone') OR EXISTS (
                SELECT FROM customer_identifiers i
                WHERE i.tenant_id = :tenant AND i.customer_id = h.became AND i.kind = e.field
                  AND i.value = e.value AND i.valid_to IS NULL
                  AND (NOT i.is_generic OR i.source_type = 'manual' AND NOT EXISTS (
                      SELECT FROM customers o
                      WHERE o.tenant_id = :tenant AND o.status <> 'merged' AND o.id <> h.became
                        AND CASE e.field WHEN 'email' THEN o.email = e.value
                                         ELSE o.phone = e.value END))))
            UNION ALL
            SELECT h.became, f.key, NULL, NULL, 'manual', NULL, NULL, NULL, NULL, f.value,
                   'verified', d.decided_at
            FROM homes h
            JOIN match_decisions d
                ON d.tenant_id = :tenant AND d.customer_id = h.id AND d.kind = 'merge'
               AND d.withdrawn_at IS NULL
            CROSS JOIN jsonb_each_text(d.evidence -> 'fields') AS f
            WHERE (f.key NOT IN ('email', 'phone') OR EXISTS (
                SELECT FROM customer_identifiers i
                WHERE i.tenant_id = :tenant AND i.customer_id = h.became AND i.kind = f.key
                  AND i.value = f.value AND i.valid_to IS NULL AND NOT i.is_generic))
            """;

    private static final String UPDATE =
            """
            UPDATE customers c
            SET first_name = r.first_name, last_name = r.last_name, email = r.email,
                phone = r.phone, sort_name = r.sort_name, version = c.version + 1,
                updated_at = now()
            FROM json_to_recordset(:rows::json) AS r (
                id uuid, first_name text, last_name text, email text, phone text, sort_name text)
            WHERE c.tenant_id = :tenant AND c.id = r.id
            """;

    private static final String REPLACE_PROVENANCE =
            """
            WITH kept AS (
                SELECT * FROM json_to_recordset(:rows::json) AS r (
                    customer_id uuid, field text, value text, source_type text, record_type text,
                    record_id uuid, assurance text, observed_at timestamptz)),
            gone AS (
                DELETE FROM customer_field_values v
                WHERE v.tenant_id = :tenant AND v.customer_id = ANY (:customers)
                  AND NOT EXISTS (
                      SELECT FROM kept k
                      WHERE k.customer_id = v.customer_id AND k.field = v.field))
            INSERT INTO customer_field_values (
                tenant_id, customer_id, field, value, source_type, record_type, record_id,
                assurance, observed_at)
            SELECT :tenant, customer_id, field, value, source_type, record_type, record_id,
                   assurance, observed_at
            FROM kept
            ON CONFLICT (tenant_id, customer_id, field) DO UPDATE SET
                value = excluded.value, source_type = excluded.source_type,
                record_type = excluded.record_type, record_id = excluded.record_id,
                assurance = excluded.assurance, observed_at = excluded.observed_at
            """;

    private final DatabaseClient database;
    private final CustomerSearch search;

    public ProfileRebuild(DatabaseClient database) {
        this.database = database;
        this.search = new CustomerSearch(database);
    }

    private record ProfileRow(
            UUID id,
            @Nullable String firstName,
            @Nullable String lastName,
            @Nullable String email,
            @Nullable String phone,
            String sortName) {}

    private record FieldRow(
            UUID customerId,
            String field,
            String value,
            String sourceType,
            @Nullable String recordType,
            @Nullable UUID recordId,
            String assurance,
            Instant observedAt) {}

    /**
     * Works profiles out and stores them, and what they are searched by, in a constant number of
     * statements; their customers are to be locked. None of them may take an e-mail or a phone that
     * another of them gives up.
     */
    public Mono<Void> of(TenantId tenant, List<UUID> customers) {
        return customers.isEmpty()
                ? Mono.empty()
                : read(tenant, customers).flatMap(profiles -> write(tenant, customers, profiles));
    }

    /** The fields that a customer would have who is all of these, by name. */
    public Mono<Map<String, FieldValue>> fields(TenantId tenant, List<UUID> customers) {
        return read(tenant, customers)
                .map(
                        profiles -> {
                            Map<String, FieldValue> all = new HashMap<>();
                            profiles.values()
                                    .forEach(of -> of.values().forEach(v -> keepBetter(all, v)));
                            return all;
                        });
    }

    private record Said(UUID customer, List<FieldValue> values) {}

    private Mono<Map<UUID, Map<String, FieldValue>>> read(TenantId tenant, List<UUID> customers) {
        return database.sql(EVIDENCE)
                .bind("tenant", tenant.value())
                .bind("customers", customers.toArray(UUID[]::new))
                .map(
                        row ->
                                new Said(
                                        Objects.requireNonNull(row.get("customer_id", UUID.class)),
                                        values(row)))
                .all()
                .collect(
                        HashMap::new,
                        (profiles, said) -> {
                            Map<String, FieldValue> of =
                                    profiles.computeIfAbsent(
                                            said.customer, first -> new HashMap<>());
                            said.values.forEach(value -> keepBetter(of, value));
                        });
    }

    private static void keepBetter(Map<String, FieldValue> fields, FieldValue value) {
        fields.merge(value.field(), value, ProfileRebuild::better);
    }

    /** Of two that are alike the one whose record came first, as when they came one by one. */
    private static FieldValue better(FieldValue one, FieldValue other) {
        int order = one.compareTo(other);
        if (order == 0 && one.record().isPresent() && other.record().isPresent()) {
            order = other.record().get().id().compareTo(one.record().get().id());
        }
        return order >= 0 ? one : other;
    }

    private Mono<Void> write(
            TenantId tenant, List<UUID> customers, Map<UUID, Map<String, FieldValue>> profiles) {
        List<ProfileRow> rows = new ArrayList<>(customers.size());
        List<FieldRow> fields = new ArrayList<>();
        for (UUID customer : customers) {
            Map<String, FieldValue> of = profiles.getOrDefault(customer, Map.of());
            rows.add(profile(customer, of));
            of.values().forEach(value -> fields.add(row(customer, value)));
        }
        return database.sql(UPDATE)
                .bind("tenant", tenant.value())
                .bind("rows", JsonRows.of(rows))
                .then()
                .then(
                        database.sql(REPLACE_PROVENANCE)
                                .bind("tenant", tenant.value())
                                .bind("customers", customers.toArray(UUID[]::new))
                                .bind("rows", JsonRows.of(fields))
                                .then())
                .then(
                        search.update(
                                tenant, rows.stream().map(ProfileRebuild::searchNames).toList()));
    }

    private static CustomerSearch.Names searchNames(ProfileRow row) {
        return new CustomerSearch.Names(
                row.id, CustomerNames.searchNames(row.firstName, row.lastName));
    }

    private static ProfileRow profile(UUID customer, Map<String, FieldValue> fields) {
        String first = value(fields, FieldValue.FIRST_NAME);
        String last = value(fields, FieldValue.LAST_NAME);
        return new ProfileRow(
                customer,
                first,
                last,
                value(fields, FieldValue.EMAIL),
                value(fields, FieldValue.PHONE),
                CustomerNames.sortName(first, last));
    }

    private static @Nullable String value(Map<String, FieldValue> fields, String field) {
        FieldValue value = fields.get(field);
        return value == null ? null : value.value();
    }

    private static FieldRow row(UUID customer, FieldValue value) {
        return new FieldRow(
                customer,
                value.field(),
                value.value(),
                value.sourceType(),
                value.record().map(FieldValue.RecordReference::type).orElse(null),
                value.record().map(FieldValue.RecordReference::id).orElse(null),
                value.assurance().code(),
                value.observedAt());
    }

    private static List<FieldValue> values(Readable row) {
        String origin = Objects.requireNonNull(row.get("origin", String.class));
        List<FieldValue> values = new ArrayList<>(2);
        if (origin.equals("record")) {
            String first = row.get("first_name", String.class);
            String last = row.get("last_name", String.class);
            PersonName name =
                    first == null && last == null
                            ? PersonName.ofFull(row.get("full_name", String.class))
                            : PersonName.of(first, last);
            Assurance said =
                    Assurance.ofCode(Objects.requireNonNull(row.get("assurance", String.class)));
            Assurance assurance =
                    said == Assurance.OBSERVED
                                    && row.get("person_external_id", String.class) == null
                            ? Assurance.CLAIMED
                            : said;
            add(values, FieldValue.FIRST_NAME, name.given(), assurance, row);
            add(values, FieldValue.LAST_NAME, name.family(), assurance, row);
        } else {
            String value = Objects.requireNonNull(row.get("value", String.class));
            String assurance = Objects.requireNonNull(row.get("assurance", String.class));
            add(values, origin, value, Assurance.ofCode(assurance), row);
        }
        return values;
    }

    private static void add(
            List<FieldValue> values,
            String field,
            String value,
            Assurance assurance,
            Readable row) {
        if (value.isEmpty()) {
            return;
        }
        String recordType = row.get("record_type", String.class);
        UUID recordId = row.get("record_id", UUID.class);
        values.add(
                new FieldValue(
                        field,
                        value,
                        Objects.requireNonNull(row.get("source_type", String.class)),
                        recordType == null || recordId == null
                                ? Optional.empty()
                                : Optional.of(new FieldValue.RecordReference(recordType, recordId)),
                        assurance,
                        Objects.requireNonNull(row.get("observed_at", Instant.class))));
    }
}

package io.customergraph.link;

import io.customergraph.customer.Assurance;
import io.customergraph.customer.CustomerNames;
import io.customergraph.customer.FieldValue;
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

    /** The newest records decide; a customer has more only where a hub was taken for a person. */
    private static final String EVIDENCE =
            """
            WITH RECURSIVE homes (id) AS (
                SELECT unnest(:customers::uuid[])
                UNION
                SELECT c.id FROM homes h
                JOIN customers c ON c.tenant_id = :tenant AND c.merged_into = h.id)
            (SELECT 'record' AS origin, record_type, record_id, source_type, person_external_id,
                    first_name, last_name, full_name, NULL AS value, 'observed' AS assurance,
                    updated_at AS observed_at
             FROM record_people
             WHERE tenant_id = :tenant AND customer_id = ANY (:customers)
             ORDER BY updated_at DESC, record_id
             LIMIT 1000)
            UNION ALL
            SELECT kind, record_type, record_id, source_type, NULL, NULL, NULL, NULL, value,
                   assurance, valid_from
            FROM customer_identifiers
            WHERE tenant_id = :tenant AND customer_id = ANY (:customers) AND valid_to IS NULL
              AND NOT is_generic AND kind IN ('email', 'phone')
            UNION ALL
            SELECT field, NULL, NULL, 'manual', NULL, NULL, NULL, NULL, value, 'verified',
                   entered_at
            FROM customer_entries
            WHERE tenant_id = :tenant AND customer_id IN (SELECT id FROM homes)
            UNION ALL
            SELECT f.key, NULL, NULL, 'manual', NULL, NULL, NULL, NULL, f.value, 'verified',
                   d.decided_at
            FROM match_decisions d
            CROSS JOIN jsonb_each_text(d.evidence -> 'fields') AS f
            WHERE d.tenant_id = :tenant AND d.kind = 'merge' AND d.withdrawn_at IS NULL
              AND d.customer_id IN (SELECT id FROM homes)
            """;

    private static final String UPDATE =
            """
            WITH r AS (
                SELECT max(value) FILTER (WHERE field = 'first_name') AS first_name,
                       max(value) FILTER (WHERE field = 'last_name') AS last_name,
                       max(value) FILTER (WHERE field = 'email') AS email,
                       max(value) FILTER (WHERE field = 'phone') AS phone
                FROM jsonb_to_recordset(:rows::jsonb) AS f (field text, value text))
            UPDATE customers c
            SET first_name = r.first_name, last_name = r.last_name, email = r.email,
                phone = r.phone, sort_name = :sortName, version = c.version + 1,
                updated_at = now()
            FROM r
            WHERE c.tenant_id = :tenant AND c.id = :customer
            """;

    private static final String REPLACE_PROVENANCE =
            """
            WITH kept AS (
                SELECT * FROM jsonb_to_recordset(:rows::jsonb) AS r (
                    field text, value text, source_type text, record_type text, record_id uuid,
                    assurance text, observed_at timestamptz)),
            gone AS (
                DELETE FROM customer_field_values
                WHERE tenant_id = :tenant AND customer_id = :customer
                  AND field NOT IN (SELECT field FROM kept))
            INSERT INTO customer_field_values (
                tenant_id, customer_id, field, value, source_type, record_type, record_id,
                assurance, observed_at)
            SELECT :tenant, :customer, field, value, source_type, record_type, record_id,
                   assurance, observed_at
            FROM kept
            ON CONFLICT (tenant_id, customer_id, field) DO UPDATE SET
                value = excluded.value, source_type = excluded.source_type,
                record_type = excluded.record_type, record_id = excluded.record_id,
                assurance = excluded.assurance, observed_at = excluded.observed_at
            """;

    private final DatabaseClient database;

    public ProfileRebuild(DatabaseClient database) {
        this.database = database;
    }

    /** The names that a customer has now. */
    public record Names(UUID customer, @Nullable String first, @Nullable String last) {}

    private record FieldRow(
            String field,
            String value,
            String sourceType,
            @Nullable String recordType,
            @Nullable UUID recordId,
            String assurance,
            Instant observedAt) {}

    /** Works the profile out and stores it; its customer is to be locked. */
    public Mono<Names> of(TenantId tenant, UUID customer) {
        return fields(tenant, List.of(customer)).flatMap(fields -> write(tenant, customer, fields));
    }

    /** The fields that a customer would have who is all of these, by name. */
    public Mono<Map<String, FieldValue>> fields(TenantId tenant, List<UUID> customers) {
        return database.sql(EVIDENCE)
                .bind("tenant", tenant.value())
                .bind("customers", customers.toArray(UUID[]::new))
                .map(ProfileRebuild::values)
                .all()
                .concatMapIterable(values -> values)
                .collect(HashMap::new, ProfileRebuild::keepBetter);
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

    private Mono<Names> write(TenantId tenant, UUID customer, Map<String, FieldValue> fields) {
        String rows = JsonRows.of(fields.values().stream().map(ProfileRebuild::row).toList());
        String first = value(fields, FieldValue.FIRST_NAME);
        String last = value(fields, FieldValue.LAST_NAME);
        return database.sql(UPDATE)
                .bind("tenant", tenant.value())
                .bind("customer", customer)
                .bind("rows", rows)
                .bind("sortName", CustomerNames.sortName(first, last))
                .then()
                .then(
                        database.sql(REPLACE_PROVENANCE)
                                .bind("tenant", tenant.value())
                                .bind("customer", customer)
                                .bind("rows", rows)
                                .then())
                .thenReturn(new Names(customer, first, last));
    }

    private static @Nullable String value(Map<String, FieldValue> fields, String field) {
        FieldValue value = fields.get(field);
        return value == null ? null : value.value();
    }

    private static FieldRow row(FieldValue value) {
        return new FieldRow(
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
            Assurance assurance =
                    row.get("person_external_id", String.class) == null
                            ? Assurance.CLAIMED
                            : Assurance.OBSERVED;
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

package io.customergraph.customer;

import io.customergraph.id.TimeOrderedId;
import io.customergraph.sql.JsonRows;
import io.customergraph.sql.SqlText;
import io.customergraph.tenant.TenantId;
import io.r2dbc.spi.Readable;

import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** The statements of {@link CustomerWrites}. */
final class CustomerRows {

    private static final String LOCK =
            """
            SELECT version, first_name, last_name, email, phone, tags, preferred_contact_method,
                   language, timezone
            FROM customers
            WHERE tenant_id = :tenant AND id = :id AND status IN ('active', 'inactive')
            FOR NO KEY UPDATE
            """;

    private static final String INSERT =
            """
            INSERT INTO customers (
                tenant_id, id, source, first_name, last_name, email, phone, sort_name, tags,
                preferred_contact_method, language, timezone)
            SELECT t.id, :id, 'manual', :firstName, :lastName, :email, :phone, :sortName, :tags,
                   :preferredContactMethod, coalesce(:language, t.default_language),
                   coalesce(:timezone, t.default_timezone)
            FROM tenants t
            WHERE t.id = :tenant
            """;

    private static final String UPDATE =
            """
            UPDATE customers
            SET first_name = :firstName, last_name = :lastName, email = :email, phone = :phone,
                sort_name = :sortName, tags = :tags,
                preferred_contact_method = :preferredContactMethod, language = :language,
                timezone = :timezone, version = version + 1, updated_at = now()
            WHERE tenant_id = :tenant AND id = :id
            """;

    private static final String TAKEN =
            """
            SELECT kind FROM customer_identifiers
            WHERE tenant_id = :tenant AND kind = 'email' AND scope = '' AND value = :email
              AND valid_to IS NULL AND NOT is_generic AND customer_id <> :id
            UNION ALL
            SELECT kind FROM customer_identifiers
            WHERE tenant_id = :tenant AND kind = 'phone' AND scope = '' AND value = :phone
              AND valid_to IS NULL AND NOT is_generic AND customer_id <> :id
            """;

    /**
     * A value that is the customer's already stays as it is. One that many were seen with stays
     * evidence: entering it makes nobody its owner.
     */
    private static final String ADD_IDENTIFIERS =
            """
            INSERT INTO customer_identifiers (
                tenant_id, id, customer_id, kind, value, canonical, assurance, is_generic,
                source_type, valid_from)
            SELECT :tenant, r.id, :id, r.kind, r.value, r.canonical, 'observed',
                   NOT r.identifies OR EXISTS (
                       SELECT FROM customer_identifiers i
                       WHERE i.tenant_id = :tenant AND i.kind = r.kind AND i.scope = ''
                         AND i.value = r.value AND i.valid_to IS NULL AND i.is_generic),
                   'manual', now()
            FROM json_to_recordset(:rows::json) AS r (
                id uuid, kind text, value text, canonical text, identifies boolean)
            WHERE NOT EXISTS (
                SELECT FROM customer_identifiers i
                WHERE i.tenant_id = :tenant AND i.customer_id = :id AND i.kind = r.kind
                  AND i.value = r.value AND i.valid_to IS NULL)
            """;

    private static final String UPSERT_PROVENANCE =
            """
            INSERT INTO customer_field_values (
                tenant_id, customer_id, field, value, source_type, assurance, observed_at)
            SELECT :tenant, :id, r.field, r.value, 'manual', 'verified', now()
            FROM json_to_recordset(:rows::json) AS r (field text, value text)
            WHERE r.value IS NOT NULL
            ON CONFLICT (tenant_id, customer_id, field) DO UPDATE SET
                value = excluded.value, source_type = excluded.source_type, record_type = NULL,
                record_id = NULL, assurance = excluded.assurance,
                observed_at = excluded.observed_at
            """;

    private static final String DELETE_PROVENANCE =
            """
            DELETE FROM customer_field_values v
            USING json_to_recordset(:rows::json) AS r (field text, value text)
            WHERE v.tenant_id = :tenant AND v.customer_id = :id AND v.field = r.field
              AND r.value IS NULL
            """;

    private static final String UPSERT_ENTRIES =
            """
            INSERT INTO customer_entries (tenant_id, customer_id, field, value, entered_at)
            SELECT :tenant, :id, r.field, r.value, now()
            FROM json_to_recordset(:rows::json) AS r (field text, value text)
            WHERE r.value IS NOT NULL
            ON CONFLICT (tenant_id, customer_id, field) DO UPDATE SET
                value = excluded.value, entered_at = excluded.entered_at
            """;

    private static final String DELETE_ENTRIES =
            """
            DELETE FROM customer_entries e
            USING json_to_recordset(:rows::json) AS r (field text, value text)
            WHERE e.tenant_id = :tenant AND e.customer_id = :id AND e.field = r.field
              AND r.value IS NULL
            """;

    private final DatabaseClient database;

    CustomerRows(DatabaseClient database) {
        this.database = database;
    }

    /** A customer as it is under the lock. */
    record Locked(long version, Profile profile) {}

    /** Locks a living customer; empty where there is none. */
    Mono<Locked> lock(TenantId tenant, UUID id) {
        return at(LOCK, tenant, id).map(CustomerRows::read).one();
    }

    private static Locked read(Readable row) {
        return new Locked(
                Objects.requireNonNull(row.get(0, Long.class)),
                new Profile(
                        row.get(1, String.class),
                        row.get(2, String.class),
                        row.get(3, String.class),
                        row.get(4, String.class),
                        Arrays.asList(Objects.requireNonNull(row.get(5, String[].class))),
                        row.get(6, String.class),
                        row.get(7, String.class),
                        row.get(8, String.class)));
    }

    Mono<Void> insert(TenantId tenant, UUID id, Profile profile) {
        return bind(at(INSERT, tenant, id), profile).then();
    }

    Mono<Void> update(TenantId tenant, UUID id, Profile profile) {
        return bind(at(UPDATE, tenant, id), profile).then();
    }

    /** The errors of values that are another customer's. */
    Mono<List<UserError>> takenBy(TenantId tenant, CheckedDraft input, UUID id) {
        if (input.email().isEmpty() && input.phone().isEmpty()) {
            return Mono.just(List.of());
        }
        return at(TAKEN, tenant, id)
                .bind("email", input.email().map(read -> read.normalized()).orElse(""))
                .bind("phone", input.phone().map(read -> read.e164()).orElse(""))
                .map(row -> CheckedDraft.taken(Objects.requireNonNull(row.get(0, String.class))))
                .all()
                .collectList();
    }

    private record IdentifierRow(
            UUID id, String kind, String value, String canonical, boolean identifies) {}

    /** Adds what the draft says; what the tenant's policies do not trust, as evidence. */
    Mono<Void> addIdentifiers(TenantId tenant, UUID id, CheckedDraft input) {
        List<IdentifierRow> rows = new ArrayList<>(2);
        input.email()
                .ifPresent(
                        email ->
                                rows.add(
                                        new IdentifierRow(
                                                TimeOrderedId.next(),
                                                "email",
                                                email.normalized(),
                                                email.canonical(),
                                                input.identifying()
                                                        .contains(IdentifierKind.EMAIL))));
        input.phone()
                .ifPresent(
                        phone ->
                                rows.add(
                                        new IdentifierRow(
                                                TimeOrderedId.next(),
                                                "phone",
                                                phone.e164(),
                                                phone.e164(),
                                                input.identifying()
                                                        .contains(IdentifierKind.PHONE))));
        return rows.isEmpty()
                ? Mono.empty()
                : at(ADD_IDENTIFIERS, tenant, id).bind("rows", JsonRows.of(rows)).then();
    }

    private record FieldRow(String field, @Nullable String value) {}

    Mono<Void> keepProvenance(TenantId tenant, UUID id, Profile profile, CheckedDraft input) {
        List<FieldRow> rows = new ArrayList<>(4);
        CustomerDraft draft = input.draft();
        addIfSet(rows, FieldValue.FIRST_NAME, draft.firstName(), profile.firstName());
        addIfSet(rows, FieldValue.LAST_NAME, draft.lastName(), profile.lastName());
        addIfSet(rows, FieldValue.EMAIL, draft.email(), profile.email());
        addIfSet(rows, FieldValue.PHONE, draft.phone(), profile.phone());
        if (rows.isEmpty()) {
            return Mono.empty();
        }
        String json = JsonRows.of(rows);
        return Flux.just(UPSERT_PROVENANCE, DELETE_PROVENANCE, UPSERT_ENTRIES, DELETE_ENTRIES)
                .concatMap(sql -> at(sql, tenant, id).bind("rows", json).then())
                .then();
    }

    private static void addIfSet(
            List<FieldRow> rows, String field, Change<String> change, @Nullable String value) {
        if (change.isSet()) {
            rows.add(new FieldRow(field, value));
        }
    }

    private GenericExecuteSpec at(String sql, TenantId tenant, UUID id) {
        return database.sql(sql).bind("tenant", tenant.value()).bind("id", id);
    }

    private static GenericExecuteSpec bind(GenericExecuteSpec spec, Profile profile) {
        return spec.bind("firstName", SqlText.of(profile.firstName()))
                .bind("lastName", SqlText.of(profile.lastName()))
                .bind("email", SqlText.of(profile.email()))
                .bind("phone", SqlText.of(profile.phone()))
                .bind(
                        "sortName",
                        JsonRows.clean(
                                CustomerNames.sortName(profile.firstName(), profile.lastName())))
                .bind("tags", profile.tags().stream().map(JsonRows::clean).toArray(String[]::new))
                .bind("preferredContactMethod", SqlText.of(profile.preferredContactMethod()))
                .bind("language", SqlText.of(profile.language()))
                .bind("timezone", SqlText.of(profile.timezone()));
    }
}

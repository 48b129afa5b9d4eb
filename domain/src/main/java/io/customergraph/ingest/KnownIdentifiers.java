package io.customergraph.ingest;

import io.customergraph.customer.Assurance;
import io.customergraph.customer.IdentifierKey;
import io.customergraph.customer.IdentifierKind;
import io.customergraph.sql.JsonRows;
import io.customergraph.tenant.TenantId;
import io.r2dbc.spi.Readable;

import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Mono;

import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;

/** Reads who is known by the identifiers of a batch: one statement. */
final class KnownIdentifiers {

    /** The two halves are served by the two partial indexes of the table. */
    private static final String SELECT =
            """
            WITH wanted AS (
                SELECT * FROM unnest(:kinds::text[], :scopes::text[], :values::text[])
                    AS w (kind, scope, value))
            SELECT i.kind, i.scope, i.value, i.customer_id, i.assurance, i.is_generic,
                   i.people_seen::text, c.version, coalesce(i.home_id, i.customer_id)
            FROM wanted w
            JOIN customer_identifiers i
                ON i.tenant_id = :tenant AND i.kind = w.kind AND i.scope = w.scope
               AND i.value = w.value AND i.valid_to IS NULL AND NOT i.is_generic
            JOIN customers c ON c.tenant_id = :tenant AND c.id = i.customer_id
            UNION ALL
            SELECT w.kind, w.scope, w.value, NULL, 'claimed', true, '{}', NULL, NULL
            FROM wanted w
            WHERE EXISTS (
                SELECT FROM customer_identifiers i
                WHERE i.tenant_id = :tenant AND i.kind = w.kind AND i.scope = w.scope
                  AND i.value = w.value AND i.valid_to IS NULL AND i.is_generic)
            """;

    private static final JsonMapper MAPPER = JsonMapper.shared();
    private static final TypeReference<Map<String, Long>> PEOPLE_SEEN = new TypeReference<>() {};
    private static final UUID NOBODY = new UUID(0, 0);

    private final DatabaseClient database;

    KnownIdentifiers(DatabaseClient database) {
        this.database = database;
    }

    /**
     * What was found.
     *
     * @param states by key; unknown keys are absent
     * @param ownerVersions the version of each owner when it was read
     */
    record Found(Map<IdentifierKey, IdentifierState> states, Map<UUID, Long> ownerVersions) {}

    Mono<Found> of(TenantId tenant, Collection<IdentifierKey> keys) {
        return database.sql(SELECT)
                .bind("tenant", tenant.value())
                .bind("kinds", column(keys, key -> key.kind().code()))
                .bind("scopes", column(keys, key -> JsonRows.clean(key.scope())))
                .bind("values", column(keys, key -> JsonRows.clean(key.value())))
                .map(KnownIdentifiers::read)
                .all()
                .collect(
                        () -> new Found(new HashMap<>(), new HashMap<>()),
                        (found, row) -> {
                            found.states().put(row.state().key(), row.state());
                            UUID owner = row.state().owner();
                            if (owner != null) {
                                found.ownerVersions().put(owner, row.ownerVersion());
                            }
                        });
    }

    private static String[] column(
            Collection<IdentifierKey> keys, Function<IdentifierKey, String> of) {
        return keys.stream().map(of).toArray(String[]::new);
    }

    private record Row(IdentifierState state, long ownerVersion) {}

    private static Row read(Readable row) {
        IdentifierKey key =
                new IdentifierKey(IdentifierKind.ofCode(text(row, 0)), text(row, 1), text(row, 2));
        boolean isGeneric = Boolean.TRUE.equals(row.get(5, Boolean.class));
        UUID owner = row.get(3, UUID.class);
        Long version = row.get(7, Long.class);
        UUID home = row.get(8, UUID.class);
        IdentifierState state =
                IdentifierState.stored(
                        key,
                        owner == null ? NOBODY : owner,
                        home == null ? NOBODY : home,
                        Assurance.ofCode(text(row, 4)),
                        isGeneric,
                        MAPPER.readValue(text(row, 6), PEOPLE_SEEN));
        return new Row(state, version == null ? 0 : version);
    }

    private static String text(Readable row, int index) {
        return Objects.requireNonNull(row.get(index, String.class));
    }
}

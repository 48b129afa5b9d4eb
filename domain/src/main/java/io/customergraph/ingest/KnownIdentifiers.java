package io.customergraph.ingest;

import io.customergraph.customer.Assurance;
import io.customergraph.customer.IdentifierKey;
import io.customergraph.customer.IdentifierKind;
import io.customergraph.sql.JsonRows;
import io.customergraph.tenant.TenantId;
import io.r2dbc.spi.Readable;

import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Mono;

import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * Reads who is known by the identifiers of a batch, and by other e-mails that reach the same
 * mailboxes: one statement.
 */
final class KnownIdentifiers {

    /**
     * Of more people on one phone the oldest are known by it; the others by what else they have.
     */
    private static final int MAX_SHARERS = 20;

    /** Of more addresses of one mailbox some are enough: each is its owner's candidate too. */
    private static final int MAX_OF_MAILBOX = 5;

    private static final int OWNER = 0;
    private static final int OF_MAILBOX = 3;

    /**
     * Owners, those who share a value with its owner, and values that nobody owns; each part is
     * served by one of the two partial indexes of the table. Versions are looked up and not joined:
     * a plan for tables that were empty when it was made would begin with all customers.
     */
    private static final String SELECT =
            """
            WITH wanted AS (
                SELECT * FROM unnest(:kinds::text[], :scopes::text[], :values::text[])
                    AS w (kind, scope, value)),
            owned AS (
                SELECT i.*
                FROM wanted w
                JOIN customer_identifiers i
                    ON i.tenant_id = (SELECT :tenant) AND i.kind = w.kind AND i.scope = w.scope
                   AND i.value = w.value AND i.valid_to IS NULL AND NOT i.is_generic),
            held AS (
                SELECT 0 AS place, o.kind, o.scope, o.value, o.customer_id, o.home_id, o.assurance,
                       o.people_seen::text, o.names_seen::text, o.valid_from, o.id
                FROM owned o
                UNION ALL
                SELECT 1, s.kind, s.scope, s.value, s.customer_id, s.home_id, s.assurance, '{}',
                       s.names_seen::text, s.valid_from, s.id
                FROM owned o
                CROSS JOIN LATERAL (
                    SELECT * FROM customer_identifiers i
                    WHERE i.tenant_id = (SELECT :tenant) AND i.kind = o.kind AND i.scope = o.scope
                      AND i.value = o.value AND i.valid_to IS NULL AND i.is_generic
                    ORDER BY i.valid_from, i.id
                    LIMIT %d) AS s)
            (SELECT h.place, h.kind, h.scope, h.value, h.customer_id,
                    coalesce(h.home_id, h.customer_id), h.assurance, h.people_seen, h.names_seen,
                    (SELECT c.version FROM customers c
                     WHERE c.tenant_id = (SELECT :tenant) AND c.id = h.customer_id),
                    ARRAY(SELECT DISTINCT x.kind || ' ' || x.scope
                          FROM customer_identifiers x
                          JOIN identifier_policies p
                              ON p.tenant_id = (SELECT :tenant) AND p.kind = x.kind
                             AND p.one_per_account
                          WHERE x.tenant_id = (SELECT :tenant) AND x.customer_id = h.customer_id
                            AND x.valid_to IS NULL AND NOT x.is_generic),
                    h.valid_from
             FROM held h
             ORDER BY h.place, h.valid_from, h.id)
            UNION ALL
            SELECT 2, w.kind, w.scope, w.value, NULL, NULL, 'claimed', '{}', '[]', NULL, '{}', now()
            FROM wanted w
            WHERE EXISTS (
                SELECT FROM customer_identifiers i
                WHERE i.tenant_id = (SELECT :tenant) AND i.kind = w.kind AND i.scope = w.scope
                  AND i.value = w.value AND i.valid_to IS NULL AND i.is_generic)
              AND NOT EXISTS (
                SELECT FROM owned o
                WHERE o.kind = w.kind AND o.scope = w.scope AND o.value = w.value)
            UNION ALL
            SELECT 3, 'email', e.value, m.mailbox, e.customer_id, e.customer_id, 'claimed', '{}',
                   '[]', (SELECT c.version FROM customers c
                          WHERE c.tenant_id = (SELECT :tenant) AND c.id = e.customer_id),
                   '{}', now()
            FROM unnest(:mailboxes::text[]) AS m (mailbox)
            CROSS JOIN LATERAL (
                SELECT i.value, i.customer_id FROM customer_identifiers i
                WHERE i.tenant_id = (SELECT :tenant) AND i.kind = 'email' AND i.scope = ''
                  AND i.value = m.mailbox AND i.valid_to IS NULL AND NOT i.is_generic
                UNION ALL
                (SELECT i.value, i.customer_id FROM customer_identifiers i
                 WHERE i.tenant_id = (SELECT :tenant) AND i.kind = 'email'
                   AND i.canonical = m.mailbox AND i.canonical <> i.value AND i.valid_to IS NULL AND NOT i.is_generic
                 LIMIT %d)) AS e
            """
                    .formatted(MAX_SHARERS, MAX_OF_MAILBOX);

    private static final JsonMapper MAPPER = JsonMapper.shared();
    private static final TypeReference<Map<String, Long>> PEOPLE_SEEN = new TypeReference<>() {};
    private static final TypeReference<List<List<String>>> NAMES = new TypeReference<>() {};

    private final DatabaseClient database;

    KnownIdentifiers(DatabaseClient database) {
        this.database = database;
    }

    /**
     * What was found.
     *
     * @param states by key; unknown keys are absent
     * @param holderVersions the version of each customer who has a value when it was read
     * @param accounts where each of them has an id of which one person has one: kind and scope
     * @param mailboxes who has another way to write an e-mail
     */
    record Found(
            Map<IdentifierKey, IdentifierState> states,
            Map<UUID, Long> holderVersions,
            Map<UUID, Set<String>> accounts,
            KnownMailboxes mailboxes) {

        private void add(Row row) {
            if (row.customer == null || row.home == null) {
                states.put(row.key, IdentifierState.generic(row.key));
                return;
            }
            holderVersions.put(row.customer, row.version);
            if (row.part == OF_MAILBOX) {
                mailboxes.add(row.key.value(), row.customer, row.key.scope());
                return;
            }
            accounts.put(row.customer, row.accounts);
            if (row.part == OWNER) {
                states.put(
                        row.key,
                        IdentifierState.stored(
                                row.key,
                                row.holder(row.customer, row.home),
                                row.assurance,
                                row.peopleSeen));
            } else {
                Objects.requireNonNull(states.get(row.key))
                        .shareWith(row.holder(row.customer, row.home));
            }
        }
    }

    /**
     * What is known by now.
     *
     * @param mailboxes that e-mails among the keys reach
     */
    Mono<Found> of(TenantId tenant, Collection<IdentifierKey> keys, Collection<String> mailboxes) {
        return database.sql(SELECT)
                .bind("tenant", tenant.value())
                .bind("kinds", column(keys, key -> key.kind().code()))
                .bind("scopes", column(keys, key -> JsonRows.clean(key.scope())))
                .bind("values", column(keys, key -> JsonRows.clean(key.value())))
                .bind("mailboxes", mailboxes.stream().map(JsonRows::clean).toArray(String[]::new))
                .map(KnownIdentifiers::read)
                .all()
                .collect(
                        () ->
                                new Found(
                                        new HashMap<>(),
                                        new HashMap<>(),
                                        new HashMap<>(),
                                        new KnownMailboxes()),
                        Found::add);
    }

    private record Row(
            int part,
            IdentifierKey key,
            @Nullable UUID customer,
            @Nullable UUID home,
            Assurance assurance,
            Map<String, Long> peopleSeen,
            List<List<String>> names,
            long version,
            Set<String> accounts,
            Instant since) {

        IdentifierState.Holder holder(UUID known, UUID knownHome) {
            return new IdentifierState.Holder(known, knownHome, names, since);
        }
    }

    private static Row read(Readable row) {
        Long version = row.get(9, Long.class);
        return new Row(
                Objects.requireNonNull(row.get(0, Integer.class)),
                new IdentifierKey(IdentifierKind.ofCode(text(row, 1)), text(row, 2), text(row, 3)),
                row.get(4, UUID.class),
                row.get(5, UUID.class),
                Assurance.ofCode(text(row, 6)),
                MAPPER.readValue(text(row, 7), PEOPLE_SEEN),
                MAPPER.readValue(text(row, 8), NAMES),
                version == null ? 0 : version,
                Set.of(Objects.requireNonNull(row.get(10, String[].class))),
                Objects.requireNonNull(row.get(11, Instant.class)));
    }

    private static String[] column(
            Collection<IdentifierKey> keys, Function<IdentifierKey, String> of) {
        return keys.stream().map(of).toArray(String[]::new);
    }

    private static String text(Readable row, int index) {
        return Objects.requireNonNull(row.get(index, String.class));
    }
}

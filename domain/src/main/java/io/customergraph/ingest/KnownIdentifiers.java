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

import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
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

    private static final int HOLDER = 0;
    private static final int NOBODYS = 1;
    private static final int OF_MAILBOX = 2;
    private static final int CUSTOMER = 3;

    /**
     * Owners of the values, and those who share one with its owner; values that several have and
     * nobody owns; owners of mailboxes; and what concerns each of these customers, once for each.
     * Owners and sharers are served by one of the two partial indexes of the table. All is looked
     * up row by row and nothing joined: a plan for tables that were empty when it was made would
     * begin with all customers.
     */
    private static final String SELECT =
            """
            WITH wanted AS MATERIALIZED (
                SELECT w.kind, w.scope, w.value, i.*
                FROM unnest(:kinds::text[], :scopes::text[], :values::text[])
                    AS w (kind, scope, value)
                LEFT JOIN LATERAL (
                    SELECT i.customer_id, i.home_id, i.assurance, i.people_seen::text,
                           i.names_seen::text, i.valid_from, i.id
                    FROM customer_identifiers i
                    WHERE i.tenant_id = (SELECT :tenant) AND i.kind = w.kind AND i.scope = w.scope
                      AND i.value = w.value AND i.valid_to IS NULL AND NOT i.is_generic
                    LIMIT 1) AS i ON true),
            held AS MATERIALIZED (
                SELECT true AS is_owner, w.*
                FROM wanted w
                WHERE w.customer_id IS NOT NULL
                UNION ALL
                SELECT false, w.kind, w.scope, w.value, s.*
                FROM wanted w
                CROSS JOIN LATERAL (
                    SELECT i.customer_id, i.home_id, i.assurance, '{}', i.names_seen::text,
                           i.valid_from, i.id
                    FROM customer_identifiers i
                    WHERE i.tenant_id = (SELECT :tenant) AND i.kind = w.kind AND i.scope = w.scope
                      AND i.value = w.value AND i.valid_to IS NULL AND i.is_generic
                    ORDER BY i.valid_from, i.id
                    LIMIT %d) AS s
                WHERE w.customer_id IS NOT NULL),
            reached AS MATERIALIZED (
                SELECT m.mailbox, e.value, e.customer_id
                FROM unnest(:otherMailboxes::text[]) AS m (mailbox)
                CROSS JOIN LATERAL (
                    SELECT i.value, i.customer_id FROM customer_identifiers i
                    WHERE i.tenant_id = (SELECT :tenant) AND i.kind = 'email' AND i.scope = ''
                      AND i.value = m.mailbox AND i.valid_to IS NULL AND NOT i.is_generic
                    LIMIT 1) AS e
                UNION ALL
                SELECT m.mailbox, e.value, e.customer_id
                FROM unnest(:mailboxes::text[]) AS m (mailbox)
                CROSS JOIN LATERAL (
                    SELECT i.value, i.customer_id FROM customer_identifiers i
                    WHERE i.tenant_id = (SELECT :tenant) AND i.kind = 'email'
                      AND i.canonical = m.mailbox AND i.canonical <> i.value
                      AND i.valid_to IS NULL AND NOT i.is_generic
                    LIMIT %d) AS e)
            (SELECT %d AS part, h.kind, h.scope, h.value, h.customer_id,
                    coalesce(h.home_id, h.customer_id), h.assurance, h.is_owner, h.people_seen,
                    h.names_seen, h.valid_from, NULL::bigint AS version, NULL::text[] AS accounts
             FROM held h
             ORDER BY h.is_owner DESC, h.valid_from, h.id)
            UNION ALL
            SELECT %d, w.kind, w.scope, w.value, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
                   NULL
            FROM wanted w
            CROSS JOIN LATERAL (
                SELECT FROM customer_identifiers i
                WHERE i.tenant_id = (SELECT :tenant) AND i.kind = w.kind AND i.scope = w.scope
                  AND i.value = w.value AND i.valid_to IS NULL AND i.is_generic
                LIMIT 1) AS g
            WHERE w.customer_id IS NULL
            UNION ALL
            SELECT %d, NULL, r.value, r.mailbox, r.customer_id, NULL, NULL, NULL, NULL, NULL, NULL,
                   NULL, NULL
            FROM reached r
            UNION ALL
            SELECT %d, NULL, NULL, NULL, c.id, NULL, NULL, NULL, NULL, NULL, NULL, c.version,
                   ARRAY(SELECT i.kind || ' ' || i.scope
                         FROM (SELECT i.kind, i.scope, i.valid_to, i.is_generic
                               FROM customer_identifiers i
                               WHERE i.tenant_id = (SELECT :tenant) AND i.customer_id = c.id
                               OFFSET 0) AS i
                         WHERE i.kind = ANY (ARRAY(
                               SELECT p.kind FROM identifier_policies p
                               WHERE p.tenant_id = (SELECT :tenant) AND p.one_per_account))
                           AND i.valid_to IS NULL AND NOT i.is_generic)
            FROM (SELECT customer_id FROM held UNION SELECT customer_id FROM reached) AS w
            CROSS JOIN LATERAL (
                SELECT c.id, c.version FROM customers c
                WHERE c.tenant_id = (SELECT :tenant) AND c.id = w.customer_id
                LIMIT 1) AS c
            """
                    .formatted(MAX_SHARERS, MAX_OF_MAILBOX, HOLDER, NOBODYS, OF_MAILBOX, CUSTOMER);

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

        /** Owners come before those who share with them. */
        private void add(Held held) {
            UUID customer = held.holder.customer();
            if (held.isOwner) {
                states.put(
                        held.key,
                        IdentifierState.stored(
                                held.key, held.holder, held.assurance, held.peopleSeen));
                if (held.key.kind() == IdentifierKind.EMAIL) {
                    mailboxes.add(held.key.value(), customer, held.key.value());
                }
            } else {
                Objects.requireNonNull(states.get(held.key)).shareWith(held.holder);
            }
            accounts.put(customer, Set.of());
        }

        /** Customers come after what they have: accounts are those of who has a value. */
        private void add(UUID customer, long version, Set<String> has) {
            holderVersions.put(customer, version);
            accounts.replace(customer, has);
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
                // Of a mailbox that is a value of the batch, the value tells the owner.
                .bind(
                        "otherMailboxes",
                        mailboxes.stream()
                                .filter(
                                        mailbox ->
                                                !keys.contains(
                                                        new IdentifierKey(
                                                                IdentifierKind.EMAIL, "", mailbox)))
                                .map(JsonRows::clean)
                                .toArray(String[]::new))
                .map(KnownIdentifiers::read)
                .all()
                .collect(
                        () ->
                                new Found(
                                        new HashMap<>(),
                                        new HashMap<>(),
                                        new HashMap<>(),
                                        new KnownMailboxes()),
                        (found, row) -> row.accept(found));
    }

    private record Held(
            IdentifierKey key,
            boolean isOwner,
            IdentifierState.Holder holder,
            Assurance assurance,
            Map<String, Long> peopleSeen) {}

    private static Consumer<Found> read(Readable row) {
        return switch (Objects.requireNonNull(row.get(0, Integer.class))) {
            case HOLDER -> {
                Held held = held(row);
                yield found -> found.add(held);
            }
            case NOBODYS -> {
                IdentifierKey key = key(row);
                yield found -> found.states.put(key, IdentifierState.generic(key));
            }
            case OF_MAILBOX -> {
                String email = text(row, 2);
                String mailbox = text(row, 3);
                UUID owner = customer(row);
                yield found -> found.mailboxes.add(mailbox, owner, email);
            }
            default -> {
                UUID customer = customer(row);
                long version = Objects.requireNonNull(row.get(11, Long.class));
                String[] accounts = Objects.requireNonNull(row.get(12, String[].class));
                Set<String> has = Set.copyOf(Arrays.asList(accounts));
                yield found -> found.add(customer, version, has);
            }
        };
    }

    private static Held held(Readable row) {
        return new Held(
                key(row),
                Boolean.TRUE.equals(row.get(7, Boolean.class)),
                new IdentifierState.Holder(
                        customer(row),
                        Objects.requireNonNull(row.get(5, UUID.class)),
                        MAPPER.readValue(text(row, 9), NAMES),
                        Objects.requireNonNull(row.get(10, Instant.class))),
                Assurance.ofCode(text(row, 6)),
                MAPPER.readValue(text(row, 8), PEOPLE_SEEN));
    }

    private static IdentifierKey key(Readable row) {
        return new IdentifierKey(IdentifierKind.ofCode(text(row, 1)), text(row, 2), text(row, 3));
    }

    private static UUID customer(Readable row) {
        return Objects.requireNonNull(row.get(4, UUID.class));
    }

    private static String[] column(
            Collection<IdentifierKey> keys, Function<IdentifierKey, String> of) {
        return keys.stream().map(of).toArray(String[]::new);
    }

    private static String text(Readable row, int index) {
        return Objects.requireNonNull(row.get(index, String.class));
    }
}

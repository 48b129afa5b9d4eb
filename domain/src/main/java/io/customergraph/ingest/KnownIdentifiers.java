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
    private static final int OF_MAILBOX = 1;
    private static final int CUSTOMER = 2;

    /**
     * Owners of the values, and those who share one; owners of mailboxes; and what concerns each of
     * these customers, once for each. Owners and sharers are served by one of the two partial
     * indexes of the table. Customers are looked up and not joined: a plan for tables that were
     * empty when it was made would begin with all of them.
     */
    private static final String SELECT =
            """
            WITH held AS MATERIALIZED (
                SELECT w.kind, w.scope, w.value, i.*
                FROM unnest(:kinds::text[], :scopes::text[], :values::text[])
                    AS w (kind, scope, value)
                CROSS JOIN LATERAL (
                    SELECT i.customer_id, i.home_id, i.assurance, i.is_generic,
                           i.people_seen::text, i.names_seen::text, i.valid_from, i.id
                    FROM customer_identifiers i
                    WHERE i.tenant_id = (SELECT :tenant) AND i.kind = w.kind AND i.scope = w.scope
                      AND i.value = w.value AND i.valid_to IS NULL AND NOT i.is_generic
                    UNION ALL
                    (SELECT i.customer_id, i.home_id, i.assurance, i.is_generic, '{}',
                            i.names_seen::text, i.valid_from, i.id
                     FROM customer_identifiers i
                     WHERE i.tenant_id = (SELECT :tenant) AND i.kind = w.kind AND i.scope = w.scope
                       AND i.value = w.value AND i.valid_to IS NULL AND i.is_generic
                     ORDER BY i.valid_from, i.id
                     LIMIT %d)) AS i),
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
                    coalesce(h.home_id, h.customer_id), h.assurance, h.is_generic, h.people_seen,
                    h.names_seen, h.valid_from, NULL::bigint AS version, NULL::text[] AS accounts
             FROM held h
             ORDER BY h.is_generic, h.valid_from, h.id)
            UNION ALL
            SELECT %d, NULL, r.value, r.mailbox, r.customer_id, NULL, NULL, NULL, NULL, NULL, NULL,
                   NULL, NULL
            FROM reached r
            UNION ALL
            SELECT %d, NULL, NULL, NULL, c.id, NULL, NULL, NULL, NULL, NULL, NULL, c.version,
                   ARRAY(SELECT i.kind || ' ' || i.scope
                         FROM customer_identifiers i
                         WHERE i.tenant_id = (SELECT :tenant) AND i.customer_id = c.id
                           AND i.kind = ANY (ARRAY(
                               SELECT p.kind FROM identifier_policies p
                               WHERE p.tenant_id = (SELECT :tenant) AND p.one_per_account))
                           AND i.valid_to IS NULL AND NOT i.is_generic)
            FROM (SELECT customer_id FROM held UNION SELECT customer_id FROM reached) AS w
            CROSS JOIN LATERAL (
                SELECT c.id, c.version FROM customers c
                WHERE c.tenant_id = (SELECT :tenant) AND c.id = w.customer_id
                LIMIT 1) AS c
            """
                    .formatted(MAX_SHARERS, MAX_OF_MAILBOX, HOLDER, OF_MAILBOX, CUSTOMER);

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

        /** Nobody has a value that has no owner, whoever shares it. */
        private void add(Held held) {
            if (held.isOwner) {
                states.put(
                        held.key,
                        IdentifierState.stored(
                                held.key, held.holder, held.assurance, held.peopleSeen));
                if (held.key.kind() == IdentifierKind.EMAIL) {
                    String email = held.key.value();
                    mailboxes.add(email, held.holder.customer(), email);
                }
            } else {
                IdentifierState state = states.computeIfAbsent(held.key, IdentifierState::generic);
                if (state.owner() == null) {
                    return;
                }
                state.shareWith(held.holder);
            }
            holderVersions.put(held.holder.customer(), 0L);
            accounts.put(held.holder.customer(), Set.of());
        }

        private void add(String mailbox, UUID customer, String email) {
            holderVersions.put(customer, 0L);
            mailboxes.add(mailbox, customer, email);
        }

        /** Customers come after what they have. */
        private void add(UUID customer, long version, Set<String> has) {
            holderVersions.computeIfPresent(customer, (id, unread) -> version);
            accounts.computeIfPresent(customer, (id, unread) -> has);
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
        UUID customer = Objects.requireNonNull(row.get(4, UUID.class));
        return switch (Objects.requireNonNull(row.get(0, Integer.class))) {
            case HOLDER -> {
                Held held = held(customer, row);
                yield found -> found.add(held);
            }
            case OF_MAILBOX -> {
                String email = text(row, 2);
                String mailbox = text(row, 3);
                yield found -> found.add(mailbox, customer, email);
            }
            default -> {
                long version = Objects.requireNonNull(row.get(11, Long.class));
                Set<String> accounts =
                        Set.copyOf(
                                Arrays.asList(Objects.requireNonNull(row.get(12, String[].class))));
                yield found -> found.add(customer, version, accounts);
            }
        };
    }

    private static Held held(UUID customer, Readable row) {
        return new Held(
                new IdentifierKey(IdentifierKind.ofCode(text(row, 1)), text(row, 2), text(row, 3)),
                Boolean.FALSE.equals(row.get(7, Boolean.class)),
                new IdentifierState.Holder(
                        customer,
                        Objects.requireNonNull(row.get(5, UUID.class)),
                        MAPPER.readValue(text(row, 9), NAMES),
                        Objects.requireNonNull(row.get(10, Instant.class))),
                Assurance.ofCode(text(row, 6)),
                MAPPER.readValue(text(row, 8), PEOPLE_SEEN));
    }

    private static String[] column(
            Collection<IdentifierKey> keys, Function<IdentifierKey, String> of) {
        return keys.stream().map(of).toArray(String[]::new);
    }

    private static String text(Readable row, int index) {
        return Objects.requireNonNull(row.get(index, String.class));
    }
}

package io.customergraph.review;

import io.customergraph.customer.IdentifierKind;
import io.customergraph.matching.compare.FieldKind;
import io.customergraph.matching.score.MatchModel;
import io.customergraph.matching.score.PairScorer;
import io.customergraph.sql.JsonRows;
import io.customergraph.tenant.TenantContext;
import io.r2dbc.spi.Readable;

import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Mono;

import tools.jackson.core.type.TypeReference;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/** Explains pairs of customers. */
public final class MatchExplanations {

    /** Identifiers of one customer that are compared, the newest first. */
    private static final int MAX_IDENTIFIERS = 50;

    /** How many people the shipped model takes a tenant to have. */
    private static final long PEOPLE = 100_000;

    private static final TypeReference<List<Identifier>> IDENTIFIERS = new TypeReference<>() {};

    private static final String SELECT =
            """
            SELECT c.id, c.first_name, c.last_name, t.default_region,
                   (SELECT coalesce(jsonb_agg(jsonb_build_object(
                               'kind', i.kind, 'scope', i.scope, 'value', i.value,
                               'identifies', NOT i.is_generic AND p.unique_per_person)), '[]')::text
                    FROM (SELECT kind, scope, value, is_generic
                          FROM customer_identifiers
                          WHERE tenant_id = :tenant AND customer_id = c.id AND valid_to IS NULL
                          ORDER BY valid_from DESC, id DESC
                          LIMIT %d) AS i
                    JOIN identifier_policies p ON p.tenant_id = :tenant AND p.kind = i.kind),
                   EXISTS (SELECT FROM match_decisions d
                           WHERE d.tenant_id = :tenant AND d.kind = 'ban'
                             AND d.withdrawn_at IS NULL AND d.customer_id = c.id
                             AND d.other_customer_id = ANY (:ids))
            FROM customers c
            JOIN tenants t ON t.id = c.tenant_id
            WHERE c.tenant_id = :tenant AND c.id = ANY (:ids)
            """
                    .formatted(MAX_IDENTIFIERS);

    private final DatabaseClient database;
    private final Clock clock;

    public MatchExplanations(DatabaseClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    private record Identifier(String kind, String scope, String value, boolean identifies) {}

    private record Side(
            UUID id,
            @Nullable String firstName,
            @Nullable String lastName,
            String region,
            List<Identifier> identifiers,
            boolean isBanned) {}

    /** Explains two customers of the tenant; empty where one of them is not there. */
    public Mono<MatchExplanation> of(UUID a, UUID b) {
        return TenantContext.tenant()
                .flatMap(
                        tenant ->
                                database.sql(SELECT)
                                        .bind("tenant", tenant.value())
                                        .bind("ids", new UUID[] {a, b})
                                        .map(MatchExplanations::side)
                                        .all()
                                        .collectMap(Side::id))
                .flatMap(
                        sides -> {
                            Side sideA = sides.get(a);
                            Side sideB = sides.get(b);
                            return sideA == null || sideB == null
                                    ? Mono.empty()
                                    : Mono.just(explain(sideA, sideB));
                        });
    }

    private static Side side(Readable row) {
        String identifiers = Objects.requireNonNull(row.get(4, String.class));
        return new Side(
                Objects.requireNonNull(row.get(0, UUID.class)),
                row.get(1, String.class),
                row.get(2, String.class),
                Objects.requireNonNull(row.get(3, String.class)),
                JsonRows.MAPPER.readValue(identifiers, IDENTIFIERS),
                Boolean.TRUE.equals(row.get(5, Boolean.class)));
    }

    private MatchExplanation explain(Side a, Side b) {
        PairScorer scorer =
                new PairScorer(
                        MatchModel.shipped(PEOPLE),
                        new FieldKind.Reading(a.region, LocalDate.now(clock)));
        return MatchExplanation.of(
                a.id,
                b.id,
                scorer.explain(scorer.person(texts(a)), scorer.person(texts(b))),
                guards(a, b));
    }

    private static Map<FieldKind, List<String>> texts(Side side) {
        Map<FieldKind, List<String>> texts = new EnumMap<>(FieldKind.class);
        add(texts, FieldKind.FIRST_NAME, side.firstName);
        add(texts, FieldKind.LAST_NAME, side.lastName);
        for (Identifier identifier : side.identifiers) {
            // What many people share says nothing of two of them.
            if (identifier.identifies) {
                if (identifier.kind.equals(IdentifierKind.EMAIL.code())) {
                    add(texts, FieldKind.EMAIL, identifier.value);
                } else if (identifier.kind.equals(IdentifierKind.PHONE.code())) {
                    add(texts, FieldKind.PHONE, identifier.value);
                }
            }
        }
        return texts;
    }

    private static void add(
            Map<FieldKind, List<String>> texts, FieldKind kind, @Nullable String text) {
        if (text != null) {
            texts.computeIfAbsent(kind, first -> new ArrayList<>()).add(text);
        }
    }

    private static List<MatchExplanation.Guard> guards(Side a, Side b) {
        List<MatchExplanation.Guard> guards = new ArrayList<>();
        if (a.isBanned || b.isBanned) {
            guards.add(MatchExplanation.Guard.BANNED);
        }
        Map<String, Set<String>> ofA = idsByAccount(a);
        Map<String, Set<String>> ofB = idsByAccount(b);
        for (Map.Entry<String, Set<String>> account : ofA.entrySet()) {
            Set<String> others = ofB.get(account.getKey());
            if (others != null && !others.equals(account.getValue())) {
                guards.add(MatchExplanation.Guard.TWO_IDS_IN_ONE_ACCOUNT);
                break;
            }
        }
        return guards;
    }

    /** Ids that one account gives each person one of; addresses and phones are no such. */
    private static Map<String, Set<String>> idsByAccount(Side side) {
        Map<String, Set<String>> ids = new HashMap<>();
        for (Identifier identifier : side.identifiers) {
            if (identifier.identifies && !identifier.scope.isEmpty()) {
                ids.computeIfAbsent(
                                identifier.kind + ' ' + identifier.scope, first -> new HashSet<>())
                        .add(identifier.value);
            }
        }
        return ids;
    }
}

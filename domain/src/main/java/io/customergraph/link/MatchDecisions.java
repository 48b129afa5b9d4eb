package io.customergraph.link;

import io.customergraph.paging.Connection;
import io.customergraph.paging.Lookup;

/** Reads the ledger. */
public final class MatchDecisions {

    /** A customer is on either side of a decision; each side has its own index. */
    private static final String PAGE_BY_CUSTOMER =
            """
            SELECT p.id, t.*
            FROM unnest($2::uuid[]) AS p (id)
            CROSS JOIN LATERAL (
                (SELECT id, kind, customer_id, other_customer_id, record_type, record_id,
                        rule, model_version, actor, reason, decided_at, withdrawn_at, withdrawn_by,
                        (evidence ->> 'probability')::double precision,
                        (evidence -> 'comparisons')::text
                 FROM match_decisions
                 WHERE tenant_id = $1 AND customer_id = p.id AND (decided_at, id) %1$s ($3, $4)
                 ORDER BY decided_at %2$s, id %2$s
                 LIMIT $5)
                UNION ALL
                (SELECT id, kind, customer_id, other_customer_id, record_type, record_id,
                        rule, model_version, actor, reason, decided_at, withdrawn_at, withdrawn_by,
                        (evidence ->> 'probability')::double precision,
                        (evidence -> 'comparisons')::text
                 FROM match_decisions
                 WHERE tenant_id = $1 AND other_customer_id = p.id AND customer_id <> p.id
                   AND (decided_at, id) %1$s ($3, $4)
                 ORDER BY decided_at %2$s, id %2$s
                 LIMIT $5)
                ORDER BY decided_at %2$s, id %2$s
                LIMIT $5) AS t
            """;

    private static final String COUNT_BY_CUSTOMER =
            """
            SELECT p.id, (SELECT count(*) FROM match_decisions
                          WHERE tenant_id = $1 AND (customer_id = p.id OR other_customer_id = p.id))
            FROM unnest($2::uuid[]) AS p (id)
            """;

    private static final String BY_ID =
            """
            SELECT t.id, t.id, t.kind, t.customer_id, t.other_customer_id, t.record_type,
                   t.record_id, t.rule, t.model_version, t.actor, t.reason, t.decided_at, t.withdrawn_at,
                   t.withdrawn_by, (t.evidence ->> 'probability')::double precision,
                   (t.evidence -> 'comparisons')::text
            FROM match_decisions t
            WHERE t.tenant_id = $1 AND t.id = ANY ($2)
            """;

    public static final Lookup<MatchDecision> LOOKUP =
            new Lookup<>("MatchDecision", BY_ID, MatchDecision::read);

    /** How a customer came to be what it is, the newest decision first. */
    public static final Connection<MatchDecision> OF_CUSTOMER =
            Connection.newestFirst(
                    "Customer.resolutionHistory",
                    PAGE_BY_CUSTOMER,
                    COUNT_BY_CUSTOMER,
                    MatchDecision::read,
                    MatchDecision::decidedAt,
                    MatchDecision::id);

    private MatchDecisions() {}
}

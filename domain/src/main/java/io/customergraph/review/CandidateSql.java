package io.customergraph.review;

/** The statements behind the queue of candidates. */
final class CandidateSql {

    /** What another node is at is left to it. */
    static final String CLAIM =
            """
            SELECT id, customer_id, other_customer_id, shared_kinds, claimed_kinds,
                   reason = 'hub'
            FROM match_candidates
            WHERE tenant_id = :tenant AND status = 'open' AND due_at <= now()
            ORDER BY due_at, id
            LIMIT :limit
            FOR NO KEY UPDATE SKIP LOCKED
            """;

    static final String SCORE =
            """
            UPDATE match_candidates m
            SET probability = r.probability, decided_by = r.decided_by,
                model_version = r.model_version,
                agreement = coalesce(r.agreement, m.agreement), expected_value = r.expected_value,
                status = r.status, scored_at = now(),
                due_at = CASE WHEN r.is_due THEN now() END,
                closed_at = CASE r.status WHEN 'closed' THEN now() END,
                closed_by = CASE r.status WHEN 'closed' THEN 'resolver' END,
                closed_reason = CASE r.status WHEN 'closed' THEN lower(r.decided_by) END
            FROM json_to_recordset(:rows::json) AS r (
                id uuid, status text, probability double precision, decided_by text,
                model_version text, agreement jsonb, expected_value double precision, is_due boolean)
            WHERE m.tenant_id = :tenant AND m.id = r.id
            """;

    static final String BAN =
            """
            INSERT INTO match_decisions (
                tenant_id, id, kind, customer_id, other_customer_id, rule, actor, reason)
            VALUES (:tenant, :id, 'ban', :a, :b, 'steward', :actor, :reason)
            """;

    static final String IS_BANNED =
            """
            SELECT EXISTS (
                SELECT FROM match_decisions
                WHERE tenant_id = :tenant AND kind = 'ban' AND withdrawn_at IS NULL
                  AND (customer_id, other_customer_id) IN ((:a, :b), (:b, :a)))
            """;

    static final String CLOSE_REJECTED =
            """
            UPDATE match_candidates
            SET status = 'rejected', due_at = NULL, closed_at = now(), closed_by = :actor,
                closed_reason = NULL
            WHERE tenant_id = :tenant AND status = 'open'
              AND customer_id = least(:a::uuid, :b::uuid)
              AND other_customer_id = greatest(:a::uuid, :b::uuid)
            """;

    private CandidateSql() {}
}

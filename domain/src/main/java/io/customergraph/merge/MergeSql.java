package io.customergraph.merge;

import io.customergraph.customer.LastContact;
import io.customergraph.ingest.RecordType;

import java.util.Arrays;
import java.util.List;

/** The statements behind merging and its undoing. */
final class MergeSql {

    /** Everything that a preview shows changes one of these. */
    static final String CUSTOMERS =
            """
            SELECT c.id, c.status, c.version,
                   (SELECT count(*)::int FROM customer_identifiers i
                    WHERE i.tenant_id = :tenant AND i.customer_id = c.id AND i.valid_to IS NULL)
                       AS identifiers,
                   (SELECT coalesce(string_agg(v.currency || ' ' || v.amount, ','
                                               ORDER BY v.currency), '')
                    FROM customer_lifetime_values v
                    WHERE v.tenant_id = :tenant AND v.customer_id = c.id) AS lifetime_values
            FROM customers c
            WHERE c.tenant_id = :tenant AND c.id = ANY (:ids)
            ORDER BY c.id
            """;

    static final String LOCK =
            """
            SELECT id FROM customers
            WHERE tenant_id = :tenant AND id = ANY (:ids)
            ORDER BY id
            FOR NO KEY UPDATE
            """;

    static final String RECORDS =
            """
            SELECT record_type, customer_id, count(*)::int
            FROM record_people
            WHERE tenant_id = :tenant AND customer_id = ANY (:ids)
            GROUP BY record_type, customer_id
            ORDER BY record_type, customer_id
            """;

    /** What holds of the survivor before and after, where one of them has said anything. */
    static final String CONSENTS =
            """
            SELECT channel, purpose,
                   CASE WHEN bool_or(state = 'denied') FILTER (WHERE customer_id = :survivor)
                        THEN 'denied'
                        WHEN bool_or(customer_id = :survivor) THEN 'granted' END,
                   CASE WHEN bool_or(state = 'denied') THEN 'denied' ELSE 'granted' END
            FROM customer_consents
            WHERE tenant_id = :tenant AND customer_id = ANY (:ids)
            GROUP BY channel, purpose
            ORDER BY channel, purpose
            """;

    static final String PROFILES =
            """
            SELECT id, first_name, last_name, email::text AS email, phone
            FROM customers
            WHERE tenant_id = :tenant AND id = ANY (:ids)
            """;

    /** A ban holds for whomever its customers became. */
    static final String BANNED =
            """
            WITH RECURSIVE homes (became, id) AS (
                SELECT c, c FROM unnest(:ids::uuid[]) AS c
                UNION
                SELECT h.became, c.id FROM homes h
                JOIN customers c ON c.tenant_id = :tenant AND c.merged_into = h.id)
            SELECT DISTINCT CASE WHEN one.became = :survivor THEN other.became ELSE one.became END
            FROM homes one
            JOIN match_decisions d
                ON d.tenant_id = :tenant AND d.customer_id = one.id AND d.kind = 'ban'
               AND d.withdrawn_at IS NULL
            JOIN homes other ON other.id = d.other_customer_id AND other.became <> one.became
            """;

    static final String TWO_IDS =
            """
            SELECT DISTINCT a.customer_id
            FROM customer_identifiers a
            JOIN identifier_policies p
                ON p.tenant_id = :tenant AND p.kind = a.kind AND p.one_per_account
            JOIN customer_identifiers b
                ON b.tenant_id = :tenant AND b.kind = a.kind AND b.scope = a.scope
               AND b.value <> a.value AND b.customer_id <> a.customer_id
               AND b.customer_id = ANY (:ids) AND b.valid_to IS NULL AND NOT b.is_generic
            WHERE a.tenant_id = :tenant AND a.customer_id = ANY (:ids)
              AND a.valid_to IS NULL AND NOT a.is_generic AND a.customer_id <> :survivor
            """;

    /** The status is kept for the undoing, and the values that a person chose while it stands. */
    static final String DECIDE =
            """
            INSERT INTO match_decisions (
                tenant_id, id, kind, customer_id, other_customer_id, rule, model_version, actor,
                reason, evidence)
            SELECT :tenant, m.id, 'merge', m.survivor, c.id, :rule, :model, :actor, :reason,
                   jsonb_build_object('status', c.status) || m.evidence::jsonb
            FROM unnest(:ids::uuid[], :from::uuid[], :to::uuid[], :evidence::text[])
                AS m (id, absorbed, survivor, evidence)
            JOIN customers c ON c.tenant_id = :tenant AND c.id = m.absorbed
            """;

    static final String ABSORB =
            """
            UPDATE customers c
            SET status = 'merged', merged_into = m.survivor, version = c.version + 1,
                updated_at = now()
            FROM unnest(:from::uuid[], :to::uuid[]) AS m (absorbed, survivor)
            WHERE c.tenant_id = :tenant AND c.id = m.absorbed
            """;

    static final String MOVE_IDENTIFIERS =
            """
            UPDATE customer_identifiers i
            SET home_id = nullif(coalesce(i.home_id, i.customer_id), m.survivor),
                customer_id = m.survivor
            FROM unnest(:from::uuid[], :to::uuid[]) AS m (absorbed, survivor)
            WHERE i.tenant_id = :tenant AND i.customer_id = m.absorbed
            """;

    static final String MOVE_CONSENTS =
            """
            UPDATE customer_consents n SET customer_id = m.survivor
            FROM unnest(:from::uuid[], :to::uuid[]) AS m (absorbed, survivor)
            WHERE n.tenant_id = :tenant AND n.customer_id = m.absorbed
            """;

    /**
     * Open candidates follow the living. One between two that become one is decided; one that comes
     * to name a pair that another names already is that other.
     */
    static final String REDIRECT_CANDIDATES =
            """
            WITH became (id, survivor) AS (
                SELECT * FROM unnest(:from::uuid[], :to::uuid[])),
            moved AS (
                SELECT m.id, least(p.a, p.b) AS a, greatest(p.a, p.b) AS b
                FROM match_candidates m
                LEFT JOIN became one ON one.id = m.customer_id
                LEFT JOIN became other ON other.id = m.other_customer_id
                CROSS JOIN LATERAL (
                    SELECT coalesce(one.survivor, m.customer_id) AS a,
                           coalesce(other.survivor, m.other_customer_id) AS b) AS p
                WHERE m.tenant_id = :tenant AND m.status = 'open'
                  AND (m.customer_id = ANY (:from) OR m.other_customer_id = ANY (:from))),
            placed AS (
                SELECT id, a, b,
                       CASE WHEN a = b THEN 'merged'
                            WHEN row_number() OVER (PARTITION BY a, b ORDER BY id) > 1
                                 OR EXISTS (SELECT FROM match_candidates e
                                            WHERE e.tenant_id = :tenant AND e.customer_id = a
                                              AND e.other_customer_id = b) THEN 'closed'
                            ELSE 'open' END AS status
                FROM moved)
            UPDATE match_candidates m
            SET status = p.status,
                home_id = coalesce(m.home_id, m.customer_id),
                other_home_id = coalesce(m.other_home_id, m.other_customer_id),
                customer_id = CASE p.status WHEN 'open' THEN p.a ELSE m.customer_id END,
                other_customer_id =
                    CASE p.status WHEN 'open' THEN p.b ELSE m.other_customer_id END,
                due_at = CASE p.status WHEN 'open' THEN now() END,
                closed_at = CASE p.status WHEN 'open' THEN NULL ELSE now() END,
                closed_by = CASE p.status WHEN 'open' THEN NULL ELSE :actor END,
                closed_reason = CASE p.status WHEN 'closed' THEN 'duplicate' END
            FROM placed p
            WHERE m.tenant_id = :tenant AND m.id = p.id
            """;

    /** Whoever gained or lost something is compared again. */
    static final String SCORE_AGAIN =
            """
            UPDATE match_candidates SET due_at = now()
            WHERE tenant_id = :tenant AND status = 'open'
              AND (customer_id = ANY (:customers) OR other_customer_id = ANY (:customers))
            """;

    /** Whom a merged customer became, and itself: the survivor has no merged_into. */
    static final String SURVIVOR =
            """
            WITH RECURSIVE became (id, merged_into, depth) AS (
                SELECT id, merged_into, 0 FROM customers
                WHERE tenant_id = :tenant AND id = :absorbed AND status = 'merged'
                UNION ALL
                SELECT c.id, c.merged_into, b.depth + 1
                FROM became b
                JOIN customers c ON c.tenant_id = :tenant AND c.id = b.merged_into
                WHERE b.depth < 100)
            SELECT c.id FROM became b
            JOIN customers c ON c.tenant_id = :tenant AND c.id = b.id
            WHERE b.merged_into IS NULL AND c.status <> 'erased'
            """;

    /** Whom a merge that still stands, and that no person made, absorbed of the two. */
    static final String ABSORBED_BY_SCORE =
            """
            SELECT other_customer_id FROM match_decisions
            WHERE tenant_id = :tenant AND kind = 'merge' AND rule = 'score'
              AND withdrawn_at IS NULL
              AND (customer_id, other_customer_id) IN ((:a, :b), (:b, :a))
            """;

    static final String WITHDRAW =
            """
            UPDATE match_decisions
            SET withdrawn_at = now(), withdrawn_by = :actor, withdrawn_reason = :reason
            WHERE tenant_id = :tenant AND kind = 'merge' AND other_customer_id = :absorbed
              AND withdrawn_at IS NULL
            RETURNING coalesce(evidence ->> 'status', 'active'), decided_at
            """;

    static final String REVIVE =
            """
            UPDATE customers
            SET status = :status, merged_into = NULL, email = NULL, phone = NULL,
                version = version + 1, updated_at = now()
            WHERE tenant_id = :tenant AND id = :absorbed
            """;

    static final String SPLIT =
            """
            INSERT INTO match_decisions (
                tenant_id, id, kind, customer_id, other_customer_id, rule, actor, reason)
            VALUES (:tenant, :id, 'split', :survivor, :absorbed, :rule, :actor, :reason)
            """;

    /** The customer and all that were merged into it before. */
    private static final String HOMES =
            """
            WITH RECURSIVE homes (id) AS (
                SELECT :to::uuid
                UNION
                SELECT c.id FROM homes h
                JOIN customers c ON c.tenant_id = :tenant AND c.merged_into = h.id)
            """;

    static final String RETURN_IDENTIFIERS =
            HOMES
                    + """
                    UPDATE customer_identifiers
                    SET customer_id = :to, home_id = nullif(home_id, :to)
                    WHERE tenant_id = :tenant AND customer_id = :from
                      AND home_id IN (SELECT id FROM homes)
                    """;

    /**
     * Candidates of what goes home go with it, and are compared again: those that followed the
     * merge, and the one that the merge decided. A pair that another candidate names is left to it.
     */
    static final String RETURN_CANDIDATES =
            HOMES
                    + """
                    , found AS (
                        SELECT m.id, coalesce(m.home_id, m.customer_id) AS a,
                               coalesce(m.other_home_id, m.other_customer_id) AS b
                        FROM match_candidates m
                        JOIN homes h
                            ON h.id IN (coalesce(m.home_id, m.customer_id),
                                        coalesce(m.other_home_id, m.other_customer_id))
                        WHERE m.tenant_id = :tenant AND m.status IN ('open', 'merged', 'closed')
                          AND (m.home_id IS NOT NULL OR m.status = 'merged')),
                    became (candidate, side, id, merged_into, depth) AS (
                        SELECT f.id, s.side, c.id, c.merged_into, 0
                        FROM found f
                        CROSS JOIN LATERAL (VALUES (1, f.a), (2, f.b)) AS s (side, customer)
                        JOIN customers c ON c.tenant_id = :tenant AND c.id = s.customer
                        UNION ALL
                        SELECT b.candidate, b.side, c.id, c.merged_into, b.depth + 1
                        FROM became b
                        JOIN customers c ON c.tenant_id = :tenant AND c.id = b.merged_into
                        WHERE b.depth < 100),
                    pairs AS (
                        SELECT one.candidate, least(one.id, other.id) AS a, greatest(one.id, other.id) AS b,
                               row_number() OVER (
                                   PARTITION BY least(one.id, other.id), greatest(one.id, other.id)
                                   ORDER BY one.candidate) AS place
                        FROM became one
                        JOIN became other ON other.candidate = one.candidate AND other.side = 2
                        WHERE one.side = 1 AND one.merged_into IS NULL AND other.merged_into IS NULL
                          AND one.id <> other.id)
                    UPDATE match_candidates m
                    SET customer_id = p.a, other_customer_id = p.b, status = 'open', due_at = now(),
                        closed_at = NULL, closed_by = NULL, closed_reason = NULL
                    FROM pairs p
                    WHERE m.tenant_id = :tenant AND m.id = p.candidate AND p.place = 1
                      AND NOT EXISTS (
                          SELECT FROM match_candidates e
                          WHERE e.tenant_id = :tenant AND e.id <> m.id AND e.customer_id = p.a
                            AND e.other_customer_id = p.b)
                    """;

    /** The last contact never goes back, except that it turns out to have been somebody else's. */
    static final String LAST_CONTACT = LastContact.of("c.id IN (:from, :to)");

    /** A consent goes where the record goes that it came with. */
    static final String RETURN_CONSENTS =
            HOMES
                    + """
                    UPDATE customer_consents n SET customer_id = :to
                    WHERE n.tenant_id = :tenant AND n.customer_id = :from
                      AND EXISTS (
                          SELECT FROM match_decisions d
                          WHERE d.tenant_id = :tenant AND d.record_id = n.record_id
                            AND d.kind = 'link' AND d.withdrawn_at IS NULL
                            AND d.customer_id IN (SELECT id FROM homes))
                    """;

    /** Records since the merge whose identifiers had homes on both sides. */
    static final String AMBIGUOUS =
            HOMES
                    + """
                    SELECT d.record_type, d.record_id
                    FROM match_decisions d
                    WHERE d.tenant_id = :tenant AND d.kind = 'link' AND d.withdrawn_at IS NULL
                      AND d.decided_at >= :since
                      AND ((d.customer_id IN (SELECT id FROM homes)
                            AND jsonb_exists(d.evidence -> 'also_known', :from::text))
                           OR (d.customer_id = :from
                               AND EXISTS (
                                   SELECT FROM homes h
                                   WHERE jsonb_exists(d.evidence -> 'also_known', h.id::text))))
                    ORDER BY d.decided_at, d.id
                    LIMIT 100
                    """;

    private MergeSql() {}

    private record Table(RecordType type, String name) {}

    /** The tables of records that belong to customers. */
    private static List<Table> tables() {
        return Arrays.stream(RecordType.values())
                .filter(RecordType::isAboutSomebody)
                .map(type -> new Table(type, type.code() + "s"))
                .toList();
    }

    /** Gives all records of some customers to others: a statement for each table. */
    static List<String> moveRecords() {
        return tables().stream()
                .map(
                        table ->
                                """
                                UPDATE %s r SET customer_id = m.survivor
                                FROM unnest(:from::uuid[], :to::uuid[]) AS m (absorbed, survivor)
                                WHERE r.tenant_id = :tenant AND r.customer_id = m.absorbed
                                """
                                        .formatted(table.name))
                .toList();
    }

    /** Gives those records back that are at home there: a statement for each table. */
    static List<String> returnRecords() {
        return tables().stream()
                .map(
                        table ->
                                HOMES
                                        + """
                                        UPDATE %s SET customer_id = :to
                                        WHERE tenant_id = :tenant AND customer_id = :from
                                          AND id IN (
                                              SELECT d.record_id FROM match_decisions d
                                              WHERE d.tenant_id = :tenant AND d.kind = 'link'
                                                AND d.withdrawn_at IS NULL
                                                AND d.record_type = '%s'
                                                AND d.customer_id IN (SELECT id FROM homes))
                                        """
                                                .formatted(table.name, table.type.code()))
                .toList();
    }
}

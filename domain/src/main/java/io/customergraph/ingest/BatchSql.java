package io.customergraph.ingest;

/**
 * The statements of {@link BatchWriter} for the tables that every record concerns. Each binds
 * {@code :tenant}, and {@code :rows}, a JSON array, or {@code :customers}.
 *
 * <p>Here, and wherever a batch finds rows, the tenant is written {@code (SELECT :tenant)}, of
 * which the planner knows no more than that it is some tenant. Of {@code :tenant} it looks up how
 * many rows it has: none, where the tenant came after the table was counted, and all of them are
 * then read for each row that is looked for.
 */
final class BatchSql {

    /** Who had a value has it no more, and not as the primary one: another may take it then. */
    static final String END_IDENTIFIERS =
            """
            WITH ended AS (
                UPDATE customer_identifiers i
                SET valid_to = greatest(r.at, i.valid_from)
                FROM json_to_recordset(:rows::json) AS r (
                    kind text, scope text, value text, home uuid, at timestamptz)
                WHERE i.tenant_id = (SELECT :tenant) AND i.kind = r.kind AND i.scope = r.scope
                  AND i.value = r.value AND i.valid_to IS NULL
                  AND (r.home IS NULL OR coalesce(i.home_id, i.customer_id) = r.home)
                RETURNING i.customer_id, i.kind, i.value)
            UPDATE customers c
            SET email = CASE WHEN EXISTS (
                    SELECT FROM ended e
                    WHERE e.customer_id = c.id AND e.kind = 'email' AND e.value = c.email)
                    THEN NULL ELSE c.email END,
                phone = CASE WHEN EXISTS (
                    SELECT FROM ended e
                    WHERE e.customer_id = c.id AND e.kind = 'phone' AND e.value = c.phone)
                    THEN NULL ELSE c.phone END
            WHERE c.tenant_id = (SELECT :tenant) AND c.id IN (SELECT customer_id FROM ended)
            """;

    /** Where the owner of a value has it no more, the next who shares it owns it. */
    static final String PASS_ON_IDENTIFIERS =
            """
            UPDATE customer_identifiers h
            SET is_generic = false
            FROM (SELECT DISTINCT kind, scope, value FROM json_to_recordset(:rows::json) AS r (
                      kind text, scope text, value text, home uuid)
                  WHERE home IS NOT NULL) AS r
            WHERE h.tenant_id = (SELECT :tenant) AND h.id = (
                    SELECT i.id FROM customer_identifiers i
                    WHERE i.tenant_id = (SELECT :tenant) AND i.kind = r.kind AND i.scope = r.scope
                      AND i.value = r.value AND i.valid_to IS NULL AND i.is_generic
                    ORDER BY i.valid_from, i.id
                    LIMIT 1)
              AND NOT EXISTS (
                    SELECT FROM customer_identifiers i
                    WHERE i.tenant_id = (SELECT :tenant) AND i.kind = r.kind AND i.scope = r.scope
                      AND i.value = r.value AND i.valid_to IS NULL AND NOT i.is_generic)
            """;

    static final String INSERT_CUSTOMERS =
            """
            INSERT INTO customers (
                tenant_id, id, source, first_name, last_name, email, phone, sort_name, language,
                timezone)
            SELECT :tenant, r.id, r.source, r.first_name, r.last_name, r.email, r.phone,
                   r.sort_name, t.default_language, t.default_timezone
            FROM json_to_recordset(:rows::json) AS r (
                id uuid, source text, first_name text, last_name text, email text, phone text,
                sort_name text)
            JOIN tenants t ON t.id = :tenant
            ORDER BY r.email, r.phone
            ON CONFLICT DO NOTHING
            """;

    static final String INSERT_IDENTIFIERS =
            """
            INSERT INTO customer_identifiers (
                tenant_id, id, customer_id, home_id, kind, scope, value, canonical, assurance,
                is_generic, people_seen, names_seen, source_type, record_type, record_id,
                valid_from, valid_to)
            SELECT :tenant, id, customer_id, home_id, kind, scope, value, canonical, assurance,
                   is_generic, people_seen, names_seen, source_type, record_type, record_id,
                   valid_from,
                   CASE WHEN valid_to IS NOT NULL THEN greatest(valid_to, valid_from) END
            FROM json_to_recordset(:rows::json) AS r (
                id uuid, customer_id uuid, home_id uuid, kind text, scope text, value text,
                canonical text,
                assurance text, is_generic boolean, people_seen jsonb, names_seen jsonb,
                source_type text, record_type text, record_id uuid, valid_from timestamptz,
                valid_to timestamptz)
            ON CONFLICT DO NOTHING
            """;

    /** People seen are added to those that another batch may have added meanwhile. */
    static final String UPDATE_IDENTIFIERS =
            """
            UPDATE customer_identifiers i
            SET assurance = r.assurance, is_generic = i.is_generic OR r.is_generic,
                generic_since = CASE WHEN r.is_generic THEN now() END,
                people_seen = (i.people_seen || r.people_seen)
                    - ARRAY(SELECT jsonb_array_elements_text(r.people_forgotten)),
                names_seen = r.names_seen
            FROM json_to_recordset(:rows::json) AS r (
                kind text, scope text, value text, assurance text, is_generic boolean,
                people_seen jsonb, people_forgotten jsonb, names_seen jsonb)
            WHERE i.tenant_id = (SELECT :tenant) AND i.kind = r.kind AND i.scope = r.scope
              AND i.value = r.value AND i.valid_to IS NULL AND NOT i.is_generic
            """;

    static final String UPDATE_CUSTOMERS =
            """
            UPDATE customers c
            SET first_name = r.first_name, last_name = r.last_name, email = r.email,
                phone = r.phone, sort_name = r.sort_name, version = c.version + 1,
                updated_at = now()
            FROM json_to_recordset(:rows::json) AS r (
                id uuid, first_name text, last_name text, email text, phone text, sort_name text)
            WHERE c.tenant_id = (SELECT :tenant) AND c.id = r.id
              AND (c.first_name, c.last_name, c.email, c.phone)
                  IS DISTINCT FROM (r.first_name, r.last_name, r.email, r.phone)
            """;

    static final String UPSERT_FIELD_VALUES =
            """
            INSERT INTO customer_field_values (
                tenant_id, customer_id, field, value, source_type, record_type, record_id,
                assurance, observed_at)
            SELECT :tenant, customer_id, field, value, source_type, record_type, record_id,
                   assurance, observed_at
            FROM json_to_recordset(:rows::json) AS r (
                customer_id uuid, field text, value text, source_type text, record_type text,
                record_id uuid, assurance text, observed_at timestamptz)
            ON CONFLICT (tenant_id, customer_id, field) DO UPDATE SET
                value = excluded.value, source_type = excluded.source_type,
                record_type = excluded.record_type, record_id = excluded.record_id,
                assurance = excluded.assurance, observed_at = excluded.observed_at
            """;

    static final String INSERT_LINKS =
            """
            INSERT INTO match_decisions (
                tenant_id, id, kind, customer_id, record_type, record_id, rule, actor, evidence)
            SELECT :tenant, id, 'link', customer_id, record_type, record_id, rule, actor, evidence
            FROM json_to_recordset(:rows::json) AS r (
                id uuid, customer_id uuid, record_type text, record_id uuid, rule text, actor text,
                evidence jsonb)
            """;

    /** What was found of a pair before changes nothing; a person's decision stands. */
    static final String UPSERT_CANDIDATES =
            """
            INSERT INTO match_candidates AS m (
                tenant_id, id, customer_id, other_customer_id, reason, shared_kinds, claimed_kinds)
            SELECT :tenant, id, least(a, b), greatest(a, b), reason,
                   ARRAY(SELECT jsonb_array_elements_text(shared_kinds)),
                   ARRAY(SELECT jsonb_array_elements_text(claimed_kinds))
            FROM json_to_recordset(:rows::json) AS r (
                id uuid, a uuid, b uuid, reason text, shared_kinds jsonb, claimed_kinds jsonb)
            ON CONFLICT (tenant_id, customer_id, other_customer_id) DO UPDATE SET
                status = 'open', due_at = now(), closed_at = NULL, closed_by = NULL,
                closed_reason = NULL, reason = excluded.reason,
                shared_kinds = ARRAY(SELECT DISTINCT k
                                     FROM unnest(m.shared_kinds || excluded.shared_kinds) AS k
                                     ORDER BY k),
                claimed_kinds = ARRAY(SELECT DISTINCT k
                                      FROM unnest(m.claimed_kinds || excluded.claimed_kinds) AS k
                                      ORDER BY k)
            WHERE m.status IN ('open', 'closed')
              AND NOT (excluded.shared_kinds <@ m.shared_kinds
                       AND excluded.claimed_kinds <@ m.claimed_kinds)
            """;

    static final String SCORE_AGAIN =
            """
            UPDATE match_candidates SET due_at = now()
            WHERE tenant_id = (SELECT :tenant) AND status = 'open' AND due_at IS NULL
              AND (customer_id = ANY (:customers) OR other_customer_id = ANY (:customers))
            """;

    /**
     * A merge that rested on a value which turned out to be many people's is looked at again, also
     * where its survivor was merged into another since.
     */
    static final String EXAMINE_AGAIN =
            """
            WITH RECURSIVE homes (kind, id) AS (
                SELECT r.kind, r.customer_id
                FROM json_to_recordset(:rows::json) AS r (customer_id uuid, kind text)
                UNION
                SELECT h.kind, c.id FROM homes h
                JOIN customers c ON c.tenant_id = (SELECT :tenant) AND c.merged_into = h.id)
            UPDATE match_candidates m
            SET status = 'open', reason = 'hub', due_at = now(), closed_at = NULL,
                closed_by = NULL, closed_reason = NULL,
                shared_kinds = array_remove(m.shared_kinds, h.kind),
                claimed_kinds = array_remove(m.claimed_kinds, h.kind)
            FROM homes h
            JOIN match_decisions d
                ON d.tenant_id = (SELECT :tenant) AND d.customer_id = h.id AND d.kind = 'merge'
               AND d.rule = 'score' AND d.withdrawn_at IS NULL
            WHERE m.tenant_id = (SELECT :tenant) AND m.status = 'merged'
              AND h.kind = ANY (m.shared_kinds)
              AND m.customer_id = least(d.customer_id, d.other_customer_id)
              AND m.other_customer_id = greatest(d.customer_id, d.other_customer_id)
            """;

    static final String COUNT_VERSION =
            """
            UPDATE customers SET version = version + 1
            WHERE tenant_id = (SELECT :tenant) AND id = ANY (:customers)
            """;

    private BatchSql() {}
}

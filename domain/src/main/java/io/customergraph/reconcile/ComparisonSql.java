package io.customergraph.reconcile;

import io.customergraph.ingest.RecordType;

/**
 * The statements that compare a part of one sort of records, and keep what comes of it. Of both
 * sides the same records are left out: those that changed since the run began, or shortly before,
 * as they may still be on their way.
 */
final class ComparisonSql {

    private static final String SUM =
            """
            summed AS (
                SELECT count(source_hash) FILTER (WHERE is_compared) AS source_count,
                       count(here_hash) FILTER (WHERE is_compared) AS here_count,
                       coalesce(bit_xor(record_checksum(external_id, source_hash, 0))
                                FILTER (WHERE is_compared), 0) AS source_high,
                       coalesce(bit_xor(record_checksum(external_id, source_hash, 1))
                                FILTER (WHERE is_compared), 0) AS source_low,
                       coalesce(bit_xor(record_checksum(external_id, here_hash, 0))
                                FILTER (WHERE is_compared), 0) AS here_high,
                       coalesce(bit_xor(record_checksum(external_id, here_hash, 1))
                                FILTER (WHERE is_compared), 0) AS here_low,
                       count(*) FILTER (WHERE kind = 'not_compared') AS not_compared,
                       count(*) FILTER (WHERE kind = 'missing') AS missing,
                       count(*) FILTER (WHERE kind = 'extra') AS extra,
                       count(*) FILTER (WHERE kind = 'outdated') AS outdated,
                       count(*) FILTER (WHERE kind = 'different') AS different,
                       count(*) FILTER (WHERE kind = 'unlinked') AS unlinked,
                       count(*) FILTER (WHERE is_compared AND kind <> 'same') AS differences
                FROM (SELECT *, kind <> 'not_compared' AS is_compared FROM judged) AS j),
            """;

    private static final String COUNT_ALL =
            """
            counted AS (
                UPDATE reconciliation_entities e
                SET source_count = e.source_count + s.source_count, count = e.count + s.here_count,
                    source_high = e.source_high # s.source_high,
                    source_low = e.source_low # s.source_low,
                    high = e.high # s.here_high, low = e.low # s.here_low,
                    not_compared = e.not_compared + s.not_compared,
                    %s
                FROM summed s
                WHERE e.tenant_id = :tenant AND e.reconciliation_id = :run
                  AND e.record_type = :type)
            """;

    private static final String AS_FOUND =
            COUNT_ALL.formatted(
                    """
                    missing = e.missing + s.missing, extra = e.extra + s.extra,
                    outdated = e.outdated + s.outdated, different = e.different + s.different,
                    unlinked = e.unlinked + s.unlinked
                    """);

    private static final String AS_LEFT =
            COUNT_ALL.formatted("remaining = coalesce(e.remaining, 0) + s.differences");

    private static final String KEEP =
            """
            kept AS (
                INSERT INTO reconciliation_differences (
                    tenant_id, id, reconciliation_id, position, record_type, external_id, kind)
                SELECT :tenant, gen_random_uuid(), :run,
                       :kept + row_number() OVER (ORDER BY external_id), :type, external_id, kind
                FROM judged
                WHERE kind NOT IN ('same', 'not_compared')
                ORDER BY external_id
                LIMIT :room
                RETURNING id),
            """;

    /** Those that are found again were not mended, and why. */
    private static final String EXPLAIN =
            """
            kept AS (
                UPDATE reconciliation_differences d
                SET problem = coalesce(d.problem, j.problem)
                FROM judged j
                WHERE d.tenant_id = :tenant AND d.reconciliation_id = :run
                  AND d.record_type = :type AND d.external_id = j.external_id
                  AND j.kind NOT IN ('same', 'not_compared')
                RETURNING NULL::uuid AS id),
            """;

    private static final String RESULT =
            """
            SELECT (SELECT count(*) FROM batch), (SELECT max(%s)::text FROM batch),
                   (SELECT count(id) FROM kept)
            """;

    private static final String HAS_UNLINKED_ITEM =
            """
            EXISTS (
                SELECT FROM shopify_order_items i
                LEFT JOIN shopify_products p
                    ON p.tenant_id = :tenant AND p.source_account = i.source_account
                   AND p.shopify_product_id = i.shopify_product_id
                LEFT JOIN shopify_product_variants v
                    ON v.tenant_id = :tenant AND v.source_account = i.source_account
                   AND v.shopify_variant_id = i.shopify_variant_id
                WHERE i.tenant_id = :tenant AND i.order_id = t.id
                  AND (i.product_id IS NULL AND p.id IS NOT NULL
                       OR i.variant_id IS NULL AND v.id IS NOT NULL))
            """;

    private ComparisonSql() {}

    /** What is here and neither reading had, after {@code :after}, and can be told of. */
    static String extra(RecordType type) {
        return """
        SELECT (t.%2$s)::text
        FROM %1$ss t
        JOIN reconciliations run ON run.tenant_id = :tenant AND run.id = :run
        WHERE t.tenant_id = :tenant AND %3$s AND t.ingested_at < run.began_at
          AND greatest(t.created_at, t.updated_at)
              < run.began_at - make_interval(secs => :settling)
          AND NOT EXISTS (
              SELECT FROM reconciliation_records s
              WHERE s.tenant_id = :tenant AND s.reconciliation_id = :run
                AND s.record_type = '%1$s' AND s.external_id = (t.%2$s)::text)
        ORDER BY t.%2$s
        LIMIT :most
        """
                .formatted(type.code(), key(type), goesOn(type));
    }

    /**
     * Has records that were found to be unlinked linked anew with the next version that comes,
     * though it be the one that is here.
     */
    static String linkAnew(RecordType type) {
        return """
        UPDATE %1$ss t
        SET content_hash = ''
        FROM reconciliation_differences d
        WHERE d.tenant_id = :tenant AND d.reconciliation_id = :run
          AND d.record_type = '%1$s' AND d.kind = 'unlinked'
          AND t.tenant_id = :tenant AND %2$s
        """
                .formatted(
                        type.code(),
                        type.isShopify()
                                ? "t.source_account = :account AND t."
                                        + key(type)
                                        + " = d.external_id::bigint"
                                : "t.source_account = :account AND t.external_id = d.external_id");
    }

    /**
     * Compares what was read with what is here. Parameters: the tenant, the run, its account, and
     * {@code :after} which record it goes on, for {@code :most} records.
     */
    static String ofSource(RecordType type, Phase phase) {
        String sides =
                """
                WITH run AS MATERIALIZED (
                    SELECT began_at - make_interval(secs => :settling) AS settled_at
                    FROM reconciliations WHERE tenant_id = :tenant AND id = :run),
                batch AS MATERIALIZED (
                    SELECT external_id, updated_at, content_hash, reading, is_rejected
                    FROM reconciliation_records
                    WHERE tenant_id = :tenant AND reconciliation_id = :run AND record_type = '%1$s'
                      AND external_id > :after
                    ORDER BY external_id
                    LIMIT :most),
                judged AS MATERIALIZED (
                    SELECT b.external_id, b.content_hash AS source_hash,
                           CASE WHEN t.content_hash = '' THEN b.content_hash
                                ELSE t.content_hash END AS here_hash,
                           CASE WHEN b.reading < :reading
                                     OR greatest(b.updated_at, t.updated_at) >= run.settled_at
                                    THEN 'not_compared'
                                WHEN t.id IS NULL THEN 'missing'
                                WHEN t.updated_at < b.updated_at THEN 'outdated'
                                WHEN t.updated_at > b.updated_at
                                     OR t.content_hash NOT IN (b.content_hash, '') THEN 'different'
                                WHEN %2$s THEN 'unlinked'
                                ELSE 'same' END AS kind,
                           CASE WHEN b.is_rejected THEN 'rejected'
                                WHEN t.updated_at > b.updated_at THEN 'newer_here'
                                WHEN t.id IS NULL AND EXISTS (
                                    SELECT FROM record_tombstones d
                                    WHERE d.tenant_id = :tenant AND d.record_type = '%1$s'
                                      AND d.source_type = :source AND d.source_account = :account
                                      AND d.external_id = b.external_id
                                      AND (d.is_final OR b.updated_at <= d.deleted_at))
                                    THEN 'deleted_here'
                                ELSE 'not_repaired' END AS problem
                    FROM run
                    CROSS JOIN batch b
                    LEFT JOIN %1$ss t ON t.tenant_id = :tenant AND %3$s),
                """
                        .formatted(
                                type.code(),
                                isUnlinked(type),
                                type.isShopify()
                                        ? "t.source_account = :account AND t."
                                                + key(type)
                                                + " = b.external_id::bigint"
                                        : "t.source_account = :account AND t.source_type = :source"
                                                + " AND t.external_id = b.external_id");
        return sides + rest(phase) + RESULT.formatted("external_id");
    }

    /** An order is also unlinked from products that came after it. */
    private static String isUnlinked(RecordType type) {
        if (!type.isAboutSomebody()) {
            return "false";
        }
        return type == RecordType.SHOPIFY_ORDER
                ? "(" + isNobodys(type) + " OR " + HAS_UNLINKED_ITEM + ")"
                : isNobodys(type);
    }

    private static String isNobodys(RecordType type) {
        return """
        t.customer_id IS NULL AND EXISTS (
            SELECT FROM record_people p
            JOIN customer_identifiers i
                ON i.tenant_id = :tenant AND i.valid_to IS NULL AND NOT i.is_generic
               AND i.scope = ''
               AND (i.kind = 'email' AND i.value = p.email
                    OR i.kind = 'phone' AND i.value = p.phone)
            WHERE p.tenant_id = :tenant AND p.record_type = '%s' AND p.record_id = t.id
              AND NOT EXISTS (
                  SELECT FROM match_decisions d
                  WHERE d.tenant_id = :tenant AND d.record_id = t.id AND d.kind = 'ban'
                    AND d.withdrawn_at IS NULL))
        """
                .formatted(type.code());
    }

    /**
     * Looks for what is here and neither reading had, with the same parameters. A record that came
     * here after the run began is not told of.
     */
    static String ofHere(RecordType type, Phase phase) {
        String side =
                """
                WITH run AS MATERIALIZED (
                    SELECT began_at, began_at - make_interval(secs => :settling) AS settled_at
                    FROM reconciliations WHERE tenant_id = :tenant AND id = :run),
                batch AS MATERIALIZED (
                    SELECT %2$s AS key, created_at, updated_at, ingested_at, content_hash
                    FROM %1$ss t
                    WHERE tenant_id = :tenant AND %3$s
                    ORDER BY %2$s
                    LIMIT :most),
                judged AS MATERIALIZED (
                    SELECT b.key::text AS external_id, NULL::bytea AS source_hash,
                           b.content_hash AS here_hash,
                           CASE WHEN NOT :isTold OR b.ingested_at >= run.began_at
                                     OR greatest(b.created_at, b.updated_at) >= run.settled_at
                                    THEN 'not_compared'
                                ELSE 'extra' END AS kind,
                           'not_repaired' AS problem
                    FROM run
                    CROSS JOIN batch b
                    WHERE NOT EXISTS (
                        SELECT FROM reconciliation_records s
                        WHERE s.tenant_id = :tenant AND s.reconciliation_id = :run
                          AND s.record_type = '%1$s' AND s.external_id = b.key::text)),
                """
                        .formatted(type.code(), key(type), goesOn(type));
        return side + rest(phase) + RESULT.formatted("key");
    }

    private static String rest(Phase phase) {
        return SUM + (phase == Phase.COMPARING ? KEEP + AS_FOUND : EXPLAIN + AS_LEFT);
    }

    private static String key(RecordType type) {
        return type.isShopify() ? type.code() + "_id" : "external_id";
    }

    private static String goesOn(RecordType type) {
        return type.isShopify()
                ? "source_account = :account AND "
                        + key(type)
                        + " > coalesce(nullif(:after, '')::bigint, -1)"
                : "source_type = :source AND source_account = :account AND external_id > :after";
    }
}

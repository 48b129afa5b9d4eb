package io.customergraph.partner;

import io.customergraph.sql.JsonRows;
import io.customergraph.tenant.TenantId;

import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Mono;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps accounts, numbers and channels as their programme last told of them. Each part has the
 * provider's time of it, and what is older does not overwrite it, in whatever order it comes.
 */
final class PartnerStates {

    private static final String NUMBERS =
            """
            UPDATE meta_whatsapp_phone_numbers n
            SET status = CASE WHEN r.is_status THEN r.status ELSE n.status END,
                status_at = CASE WHEN r.is_status THEN r.status_at ELSE n.status_at END,
                quality_rating = CASE WHEN r.is_quality THEN r.quality ELSE n.quality_rating END,
                quality_at = CASE WHEN r.is_quality THEN r.quality_at ELSE n.quality_at END,
                messaging_limit = CASE WHEN r.is_limit THEN r.messaging_limit
                                       ELSE n.messaging_limit END,
                limit_at = CASE WHEN r.is_limit THEN r.limit_at ELSE n.limit_at END,
                name_status = CASE WHEN r.is_name THEN r.name_status ELSE n.name_status END,
                verified_name = CASE WHEN r.is_name AND r.name_status = 'approved'
                                     THEN coalesce(r.name, n.verified_name)
                                     ELSE n.verified_name END,
                name_at = CASE WHEN r.is_name THEN r.name_at ELSE n.name_at END,
                updated_at = now()
            FROM (
                SELECT o.id, s.phone, s.name,
                       s.status->>'value' AS status, (s.status->>'at')::timestamptz AS status_at,
                       s.quality->>'value' AS quality, (s.quality->>'at')::timestamptz AS quality_at,
                       s.messaging_limit->>'value' AS messaging_limit,
                       (s.messaging_limit->>'at')::timestamptz AS limit_at,
                       s.name_status->>'value' AS name_status,
                       (s.name_status->>'at')::timestamptz AS name_at,
                       coalesce((s.status->>'at')::timestamptz
                           > coalesce(o.status_at, '-infinity'), false) AS is_status,
                       coalesce((s.quality->>'at')::timestamptz
                           > coalesce(o.quality_at, '-infinity'), false) AS is_quality,
                       coalesce((s.messaging_limit->>'at')::timestamptz
                           > coalesce(o.limit_at, '-infinity'), false) AS is_limit,
                       coalesce((s.name_status->>'at')::timestamptz
                           > coalesce(o.name_at, '-infinity'), false) AS is_name
                FROM json_to_recordset(:rows::json) AS s (
                    phone text, status jsonb, quality jsonb, messaging_limit jsonb,
                    name_status jsonb, name text)
                JOIN meta_whatsapp_phone_numbers o
                    ON o.tenant_id = :tenant AND o.phone_number = s.phone
                ORDER BY o.id
                FOR UPDATE OF o) AS r
            WHERE n.tenant_id = :tenant AND n.id = r.id
              AND (r.is_status OR r.is_quality OR r.is_limit OR r.is_name)
            """;

    private static final String NUMBERS_OF_360DIALOG =
            """
            UPDATE dialog_360_channels n
            SET quality_rating = CASE WHEN r.is_quality THEN r.quality ELSE n.quality_rating END,
                quality_at = CASE WHEN r.is_quality THEN r.quality_at ELSE n.quality_at END,
                messaging_limit = CASE WHEN r.is_limit THEN r.messaging_limit
                                       ELSE n.messaging_limit END,
                limit_at = CASE WHEN r.is_limit THEN r.limit_at ELSE n.limit_at END,
                updated_at = now()
            FROM (
                SELECT o.id,
                       s.quality->>'value' AS quality, (s.quality->>'at')::timestamptz AS quality_at,
                       s.messaging_limit->>'value' AS messaging_limit,
                       (s.messaging_limit->>'at')::timestamptz AS limit_at,
                       coalesce((s.quality->>'at')::timestamptz
                           > coalesce(o.quality_at, '-infinity'), false) AS is_quality,
                       coalesce((s.messaging_limit->>'at')::timestamptz
                           > coalesce(o.limit_at, '-infinity'), false) AS is_limit
                FROM json_to_recordset(:rows::json) AS s (
                    phone text, quality jsonb, messaging_limit jsonb)
                JOIN dialog_360_channels o ON o.tenant_id = :tenant AND o.phone_number = s.phone
                ORDER BY o.id
                FOR UPDATE OF o) AS r
            WHERE n.tenant_id = :tenant AND n.id = r.id AND (r.is_quality OR r.is_limit)
            """;

    private static final String ACCOUNTS =
            """
            UPDATE meta_whatsapp_clients w
            SET status = CASE WHEN (s.status->>'at')::timestamptz
                                   > coalesce(w.status_at, '-infinity')
                              THEN s.status->>'value' ELSE w.status END,
                status_at = greatest(w.status_at, (s.status->>'at')::timestamptz),
                review_status = CASE WHEN (s.review->>'at')::timestamptz
                                          > coalesce(w.review_at, '-infinity')
                                     THEN s.review->>'value' ELSE w.review_status END,
                review_at = greatest(w.review_at, (s.review->>'at')::timestamptz),
                updated_at = now()
            FROM json_to_recordset(:rows::json) AS s (
                waba_id text, status jsonb, review jsonb)
            WHERE w.tenant_id = :tenant AND w.waba_id = s.waba_id
              AND ((s.status->>'at')::timestamptz > coalesce(w.status_at, '-infinity')
                   OR (s.review->>'at')::timestamptz > coalesce(w.review_at, '-infinity'))
            """;

    private static final String LIMITS_OF_ACCOUNTS =
            """
            UPDATE meta_whatsapp_phone_numbers n
            SET messaging_limit = s.messaging_limit->>'value',
                limit_at = (s.messaging_limit->>'at')::timestamptz,
                updated_at = now()
            FROM json_to_recordset(:rows::json) AS s (waba_id text, messaging_limit jsonb)
            JOIN meta_whatsapp_clients w ON w.tenant_id = :tenant AND w.waba_id = s.waba_id
            WHERE n.tenant_id = :tenant AND n.meta_whatsapp_client_id = w.id
              AND (s.messaging_limit->>'at')::timestamptz > coalesce(n.limit_at, '-infinity')
            """;

    private static final String CHANNELS =
            """
            UPDATE dialog_360_channels h
            SET status = s.status->>'value', status_at = (s.status->>'at')::timestamptz,
                updated_at = now()
            FROM json_to_recordset(:rows::json) AS s (channel_id text, status jsonb)
            WHERE h.tenant_id = :tenant AND h.channel_id = s.channel_id
              AND (s.status->>'at')::timestamptz > coalesce(h.status_at, '-infinity')
            """;

    private final DatabaseClient database;

    PartnerStates(DatabaseClient database) {
        this.database = database;
    }

    /** Applies news of companies of the tenant; of those that it has not nothing is kept. */
    Mono<Void> apply(TenantId tenant, List<PartnerNews> news) {
        Map<String, PartnerNews.OfNumber> numbers = new LinkedHashMap<>();
        Map<String, PartnerNews.OfAccount> accounts = new LinkedHashMap<>();
        Map<String, PartnerNews.OfChannel> channels = new LinkedHashMap<>();
        for (PartnerNews one : news) {
            switch (one) {
                case PartnerNews.OfNumber number ->
                        numbers.merge(number.key(), number, PartnerNews.OfNumber::with);
                case PartnerNews.OfAccount account ->
                        accounts.merge(account.key(), account, PartnerNews.OfAccount::with);
                case PartnerNews.OfChannel channel ->
                        channels.merge(channel.key(), channel, PartnerNews.OfChannel::with);
            }
        }
        return run(ACCOUNTS, tenant, List.copyOf(accounts.values()))
                .then(run(LIMITS_OF_ACCOUNTS, tenant, List.copyOf(accounts.values())))
                .then(run(NUMBERS, tenant, List.copyOf(numbers.values())))
                .then(run(NUMBERS_OF_360DIALOG, tenant, List.copyOf(numbers.values())))
                .then(run(CHANNELS, tenant, List.copyOf(channels.values())));
    }

    private Mono<Void> run(String sql, TenantId tenant, List<?> rows) {
        return rows.isEmpty()
                ? Mono.empty()
                : database.sql(sql)
                        .bind("tenant", tenant.value())
                        .bind("rows", JsonRows.of(rows))
                        .then();
    }
}

package io.customergraph.partner;

import io.customergraph.paging.Row;
import io.customergraph.secret.SecretKeys;
import io.customergraph.sql.JsonRows;
import io.customergraph.sql.SqlText;
import io.r2dbc.spi.Parameter;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;

import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Mono;

import tools.jackson.core.type.TypeReference;

import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** The statements on the platform's own accounts; each within a {@link PlatformAccess}. */
final class PartnerRows {

    private static final String LIST =
            """
            SELECT c.id, c.provider, c.name, c.settings::text, c.webhook_url, c.is_public,
                   c.description, c.logo_url, c.terms_url, c.support_url, c.is_enabled, c.version,
                   c.created_at, c.updated_at,
                   (SELECT coalesce(json_agg(json_build_object(
                               'field', s.field, 'last_four', s.last_four, 'set_at', s.created_at)
                               ORDER BY s.field), '[]')::text
                    FROM partner_secrets s WHERE s.provider = c.provider)
            FROM partner_configurations c
            ORDER BY c.provider
            """;

    private static final String PROFILES =
            """
            SELECT provider, name, description, logo_url, terms_url, support_url, settings
            FROM partner_profiles()
            """;

    private static final String ENABLED =
            """
            SELECT settings::text FROM partner_configurations
            WHERE provider = :provider AND is_enabled
            """;

    private static final String SECRETS =
            "SELECT field, ciphertext FROM partner_secrets WHERE provider = :provider";

    private static final String LOCK =
            """
            SELECT id, version FROM partner_configurations WHERE provider = :provider FOR UPDATE
            """;

    /** What is null stays; settings that are named are replaced. */
    private static final String SAVE =
            """
            INSERT INTO partner_configurations AS c (
                provider, id, name, settings, webhook_url, is_public, description, logo_url,
                terms_url, support_url, is_enabled)
            VALUES (:provider, :id, coalesce(:name, :provider), :settings::jsonb, :webhook,
                    coalesce(:public, false), :description, :logo, :terms, :support,
                    coalesce(:enabled, true))
            ON CONFLICT (provider) DO UPDATE SET
                name = coalesce(:name, c.name),
                settings = c.settings || excluded.settings,
                webhook_url = coalesce(excluded.webhook_url, c.webhook_url),
                is_public = coalesce(:public, c.is_public),
                description = coalesce(excluded.description, c.description),
                logo_url = coalesce(excluded.logo_url, c.logo_url),
                terms_url = coalesce(excluded.terms_url, c.terms_url),
                support_url = coalesce(excluded.support_url, c.support_url),
                is_enabled = coalesce(:enabled, c.is_enabled),
                version = c.version + 1,
                updated_at = now()
            """;

    private static final String PUT =
            """
            INSERT INTO partner_secrets AS s (provider, field, ciphertext, key_id, last_four)
            SELECT :provider, r.field, decode(r.ciphertext, 'base64'), r.key_id, r.last_four
            FROM json_to_recordset(:rows::json) AS r (
                field text, ciphertext text, key_id bigint, last_four text)
            ON CONFLICT (provider, field) DO UPDATE SET
                ciphertext = excluded.ciphertext, key_id = excluded.key_id,
                last_four = excluded.last_four, created_at = now()
            """;

    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};
    private static final TypeReference<List<PartnerConfiguration.Credential>> CREDENTIALS =
            new TypeReference<>() {};

    private final DatabaseClient database;

    PartnerRows(DatabaseClient database) {
        this.database = database;
    }

    /** A secret as it is stored. */
    static final class Encrypted {
        private final String field;
        private final byte[] ciphertext;

        Encrypted(String field, byte[] ciphertext) {
            this.field = field;
            this.ciphertext = ciphertext;
        }

        String field() {
            return field;
        }

        byte[] ciphertext() {
            return ciphertext;
        }
    }

    record NewSecret(String field, String ciphertext, long keyId, @Nullable String lastFour) {
        static NewSecret of(String field, byte[] ciphertext, @Nullable String lastFour) {
            return new NewSecret(
                    field,
                    Base64.getEncoder().encodeToString(ciphertext),
                    SecretKeys.keyIdOf(ciphertext),
                    lastFour);
        }
    }

    record Locked(UUID id, long version) {}

    Mono<List<PartnerConfiguration>> list() {
        return database.sql(LIST).map(PartnerRows::read).all().collectList();
    }

    Mono<List<PartnerProfile>> profiles() {
        return database.sql(PROFILES)
                .map(
                        row ->
                                new PartnerProfile(
                                        Row.text(row, 0),
                                        Row.text(row, 1),
                                        Row.textOrNull(row, 2),
                                        Row.textOrNull(row, 3),
                                        Row.textOrNull(row, 4),
                                        Row.textOrNull(row, 5),
                                        settings(Row.text(row, 6))))
                .all()
                .collectList();
    }

    Mono<Map<String, String>> enabled(String provider) {
        return database.sql(ENABLED)
                .bind("provider", provider)
                .map(row -> texts(Row.text(row, 0)))
                .one();
    }

    Mono<List<Encrypted>> secrets(String provider) {
        return database.sql(SECRETS)
                .bind("provider", provider)
                .map(
                        row ->
                                new Encrypted(
                                        Row.text(row, 0),
                                        Objects.requireNonNull(row.get(1, byte[].class))))
                .all()
                .collectList();
    }

    Mono<Locked> locked(String provider) {
        return database.sql(LOCK)
                .bind("provider", provider)
                .map(row -> new Locked(Row.id(row, 0), Row.bigNumber(row, 1)))
                .one();
    }

    Mono<Void> save(UUID id, PartnerDraft draft, String settings) {
        String name = draft.name();
        return database.sql(SAVE)
                .bind("provider", draft.provider())
                .bind("id", id)
                .bind("name", SqlText.of(name == null ? null : name.strip()))
                .bind("settings", settings)
                .bind("webhook", SqlText.of(draft.webhookUrl()))
                .bind("public", flag(draft.isPublic()))
                .bind("description", SqlText.of(draft.description()))
                .bind("logo", SqlText.of(draft.logoUrl()))
                .bind("terms", SqlText.of(draft.termsUrl()))
                .bind("support", SqlText.of(draft.supportUrl()))
                .bind("enabled", flag(draft.isEnabled()))
                .then();
    }

    Mono<Void> put(String provider, List<NewSecret> secrets) {
        return secrets.isEmpty()
                ? Mono.empty()
                : database.sql(PUT)
                        .bind("provider", provider)
                        .bind("rows", JsonRows.of(secrets))
                        .then();
    }

    private static PartnerConfiguration read(Readable row) {
        return new PartnerConfiguration(
                Row.id(row, 0),
                Row.text(row, 1),
                Row.text(row, 2),
                settings(Row.text(row, 3)),
                JsonRows.MAPPER.readValue(Row.text(row, 14), CREDENTIALS),
                Row.textOrNull(row, 4),
                Row.flag(row, 5),
                Row.textOrNull(row, 6),
                Row.textOrNull(row, 7),
                Row.textOrNull(row, 8),
                Row.textOrNull(row, 9),
                Row.flag(row, 10),
                Row.bigNumber(row, 11),
                Row.time(row, 12),
                Row.time(row, 13));
    }

    private static List<PartnerConfiguration.Setting> settings(String json) {
        return texts(json).entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(one -> new PartnerConfiguration.Setting(one.getKey(), one.getValue()))
                .toList();
    }

    private static Map<String, String> texts(String json) {
        return JsonRows.MAPPER.readValue(json, TEXTS);
    }

    private static Parameter flag(@Nullable Boolean value) {
        return value == null ? Parameters.in(R2dbcType.BOOLEAN) : Parameters.in(value);
    }
}

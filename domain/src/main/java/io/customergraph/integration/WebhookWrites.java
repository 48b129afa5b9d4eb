package io.customergraph.integration;

import io.customergraph.change.AuditLog;
import io.customergraph.customer.UserError;
import io.customergraph.id.TimeOrderedId;
import io.customergraph.secret.ConnectionSecrets;
import io.customergraph.secret.Secret;
import io.customergraph.sql.SqlText;
import io.customergraph.tenant.Caller;
import io.customergraph.tenant.TenantContext;
import io.r2dbc.spi.Parameter;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;

import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

import reactor.core.publisher.Mono;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Sets webhooks of connections, and makes the secrets that are ours to choose. */
public final class WebhookWrites {

    /** The field of a form whose value the provider takes from us. */
    private static final String OURS_TO_CHOOSE = "webhook_secret";

    private static final int SECRET_BYTES = 32;

    private static final String SAVE =
            """
            INSERT INTO integration_webhook_configs AS w (
                tenant_id, id, connection_id, is_enabled, topics, header_name, max_body_bytes,
                requests_per_minute, body_retention, tolerance)
            VALUES (:tenant, :id, :connection, coalesce(:enabled, true),
                    coalesce(:topics, '{}'::text[]), :header, coalesce(:maxBytes, 1048576),
                    coalesce(:rate, 6000),
                    coalesce(make_interval(secs => :retention), interval '30 days'),
                    coalesce(make_interval(secs => :tolerance), interval '5 minutes'))
            ON CONFLICT (tenant_id, connection_id) DO UPDATE
            SET is_enabled = coalesce(:enabled, w.is_enabled),
                topics = coalesce(:topics, w.topics),
                header_name = coalesce(:header, w.header_name),
                max_body_bytes = coalesce(:maxBytes, w.max_body_bytes),
                requests_per_minute = coalesce(:rate, w.requests_per_minute),
                body_retention =
                    coalesce(make_interval(secs => :retention), w.body_retention),
                tolerance = coalesce(make_interval(secs => :tolerance), w.tolerance),
                version = w.version + 1,
                updated_at = now()
            """;

    private final DatabaseClient database;
    private final TransactionalOperator transaction;
    private final ProviderCatalogue catalogue;
    private final ConnectionSecrets secrets;
    private final ConnectionRows rows;
    private final AuditLog audit;
    private final SecureRandom random = new SecureRandom();

    public WebhookWrites(
            DatabaseClient database,
            TransactionalOperator transaction,
            ProviderCatalogue catalogue,
            ConnectionSecrets secrets) {
        this.database = database;
        this.transaction = transaction;
        this.catalogue = catalogue;
        this.secrets = secrets;
        this.rows = new ConnectionRows(database);
        this.audit = new AuditLog(database);
    }

    /** Sets the webhook of a connection of the tenant of the context. */
    public Mono<WebhookOutcome> configure(UUID id, WebhookChange change) {
        return TenantContext.caller()
                .flatMap(
                        caller ->
                                rows.lock(caller.tenant(), id)
                                        .filter(found -> !found.status().equals("disconnected"))
                                        .flatMap(found -> configure(caller, found, change))
                                        .defaultIfEmpty(
                                                refused(
                                                        UserError.Code.NOT_FOUND,
                                                        "There is no such connection, or none any"
                                                                + " more")))
                .as(transaction::transactional);
    }

    private Mono<WebhookOutcome> configure(
            Caller caller, IntegrationConnection connection, WebhookChange change) {
        IntegrationProvider provider = catalogue.find(connection.provider()).orElse(null);
        ProviderWebhook webhook = provider == null ? null : provider.webhook();
        if (provider == null || webhook == null) {
            return Mono.just(refused(UserError.Code.BLOCKED, "This provider sends no webhooks"));
        }
        List<UserError> errors = change.errors(webhook.scheme());
        if (!errors.isEmpty()) {
            return Mono.just(new WebhookOutcome.Refused(errors));
        }
        UUID id = connection.id();
        return save(caller, id, change)
                .then(made(id, webhook, change.newSecret()))
                .flatMap(
                        made ->
                                audit.add(
                                                caller,
                                                "configureIntegrationWebhook",
                                                "integration_connection",
                                                id,
                                                Map.of("newSecret", made.isPresent()))
                                        .thenReturn(
                                                new WebhookOutcome.Done(
                                                        id, provider, made.orElse(null))));
    }

    private Mono<Void> save(Caller caller, UUID connection, WebhookChange change) {
        DatabaseClient.GenericExecuteSpec statement =
                database.sql(SAVE)
                        .bind("tenant", caller.tenant().value())
                        .bind("id", TimeOrderedId.next())
                        .bind("connection", connection)
                        .bind("header", SqlText.of(change.headerName()))
                        .bind("enabled", flag(change.isEnabled()))
                        .bind("maxBytes", number(change.maxBodyBytes()))
                        .bind("rate", number(change.requestsPerMinute()))
                        .bind("retention", seconds(change.retention()))
                        .bind("tolerance", seconds(change.signatureAge()));
        List<String> topics = change.topics();
        return (topics == null
                        ? statement.bindNull("topics", String[].class)
                        : statement.bind("topics", topics.toArray(String[]::new)))
                .then();
    }

    private static Parameter seconds(Optional<Duration> time) {
        return time.map(some -> Parameters.in(R2dbcType.DOUBLE, (double) some.toSeconds()))
                .orElseGet(() -> Parameters.in(R2dbcType.DOUBLE));
    }

    private static Parameter flag(@Nullable Boolean value) {
        return value == null
                ? Parameters.in(R2dbcType.BOOLEAN)
                : Parameters.in(R2dbcType.BOOLEAN, value);
    }

    private static Parameter number(@Nullable Integer value) {
        return value == null
                ? Parameters.in(R2dbcType.INTEGER)
                : Parameters.in(R2dbcType.INTEGER, value);
    }

    private Mono<Optional<Secret>> made(UUID id, ProviderWebhook webhook, boolean isWanted) {
        if (!webhook.secretField().equals(OURS_TO_CHOOSE)) {
            return Mono.just(Optional.empty());
        }
        return secrets.valid(id)
                .flatMap(
                        known -> {
                            if (known.containsKey(OURS_TO_CHOOSE) && !isWanted) {
                                return Mono.just(Optional.empty());
                            }
                            Secret made = newSecret(webhook.scheme());
                            return secrets.put(id, Map.of(OURS_TO_CHOOSE, made))
                                    .thenReturn(Optional.of(made));
                        });
    }

    /** In the form that the libraries of the scheme read. */
    private Secret newSecret(WebhookScheme scheme) {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        if (scheme == WebhookScheme.STANDARD_WEBHOOKS) {
            return Secret.of("whsec_" + Base64.getEncoder().encodeToString(bytes));
        }
        return Secret.of(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    private static WebhookOutcome refused(UserError.Code code, String message) {
        return new WebhookOutcome.Refused(List.of(UserError.of(code, "id", message)));
    }
}

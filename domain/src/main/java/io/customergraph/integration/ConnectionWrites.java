package io.customergraph.integration;

import io.customergraph.change.AuditLog;
import io.customergraph.customer.UserError;
import io.customergraph.id.TimeOrderedId;
import io.customergraph.secret.ConnectionSecrets;
import io.customergraph.tenant.Caller;
import io.customergraph.tenant.TenantContext;

import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

import reactor.core.publisher.Mono;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiFunction;

/**
 * What callers do to connections. Every write is in the audit log, in its own transaction, by the
 * names of the fields.
 */
public final class ConnectionWrites {

    /** The longest time for which a replaced secret may stay good. */
    public static final Duration LONGEST_OVERLAP = Duration.ofDays(7);

    private static final int MAX_NAME = 200;
    private static final String PRODUCTION = "production";

    private final ProviderCatalogue catalogue;
    private final ConnectionRows rows;
    private final ConnectionSecrets secrets;
    private final AuditLog audit;
    private final TransactionalOperator transaction;

    public ConnectionWrites(
            DatabaseClient database,
            TransactionalOperator transaction,
            ProviderCatalogue catalogue,
            ConnectionSecrets secrets) {
        this.catalogue = catalogue;
        this.rows = new ConnectionRows(database);
        this.secrets = secrets;
        this.audit = new AuditLog(database);
        this.transaction = transaction;
    }

    /**
     * Connects an account. Nothing is called there.
     *
     * @param name for people; null for the provider's
     * @param environment {@code development}, {@code staging} or {@code production}
     * @return refused where the form is not filled in as the provider's is to be
     */
    public Mono<ConnectionOutcome> connect(
            String provider, @Nullable String name, String environment, List<GivenField> fields) {
        return catalogue
                .find(provider)
                .map(known -> connect(known, name, environment, fields))
                .orElseGet(() -> Mono.just(unknownProvider()));
    }

    private Mono<ConnectionOutcome> connect(
            IntegrationProvider provider,
            @Nullable String name,
            String environment,
            List<GivenField> fields) {
        CheckedForm form = CheckedForm.of(provider, fields, CheckedForm.Part.WHOLE);
        List<UserError> errors = new ArrayList<>(nameErrors(name));
        errors.addAll(form.errors());
        if (!errors.isEmpty()) {
            return Mono.just(new ConnectionOutcome.Refused(errors));
        }
        UUID id = TimeOrderedId.next();
        ProviderOAuth oauth = provider.oauth();
        boolean awaitsConsent = oauth != null && !form.secrets().containsKey(oauth.tokenField());
        return TenantContext.caller()
                .flatMap(
                        caller ->
                                rows.insert(
                                                caller.tenant(),
                                                id,
                                                provider,
                                                name == null ? provider.name() : name.strip(),
                                                environment,
                                                account(provider, environment, form.settings()),
                                                awaitsConsent ? "pending" : "active",
                                                form.settings())
                                        .then(secrets.put(id, form.secrets()))
                                        .then(
                                                done(
                                                        caller,
                                                        "connectIntegration",
                                                        id,
                                                        names(fields))))
                .as(transaction::transactional);
    }

    /** Whose form names no account has one, and another for each environment that is not real. */
    private static String account(
            IntegrationProvider provider, String environment, Map<String, String> settings) {
        return provider.form().stream()
                .filter(FormField::isAccount)
                .findFirst()
                .map(field -> settings.getOrDefault(field.name(), provider.provider()))
                .orElse(
                        environment.equals(PRODUCTION)
                                ? provider.provider()
                                : provider.provider() + ":" + environment);
    }

    /**
     * Changes a connection.
     *
     * @param expectedVersion what the caller saw; null to change whatever there is
     */
    public Mono<ConnectionOutcome> update(
            UUID id, @Nullable Long expectedVersion, ConnectionChange change) {
        return onLocked(
                id,
                expectedVersion,
                (caller, connection) -> {
                    List<UserError> errors = new ArrayList<>(nameErrors(change.name()));
                    CheckedForm form = form(connection, change.fields(), CheckedForm.Part.SETTINGS);
                    errors.addAll(form.errors());
                    Boolean isPaused = change.isPaused();
                    if (isPaused != null && connection.waitsForConsent()) {
                        errors.add(
                                UserError.of(
                                        UserError.Code.BLOCKED,
                                        "isPaused",
                                        "The connection waits for the provider's consent; authorize"
                                                + " it first"));
                    }
                    if (!errors.isEmpty()) {
                        return Mono.just(new ConnectionOutcome.Refused(errors));
                    }
                    String name = change.name();
                    return rows.update(
                                    caller.tenant(),
                                    id,
                                    name == null ? null : name.strip(),
                                    change.environment(),
                                    isPaused == null
                                            ? connection.status()
                                            : isPaused ? "paused" : "active",
                                    form.settings())
                            .then(done(caller, "updateIntegration", id, names(change.fields())));
                });
    }

    /**
     * Replaces secrets of a connection.
     *
     * @param keepOldFor how long those that are replaced stay good for what the provider sends
     */
    public Mono<ConnectionOutcome> rotate(
            UUID id, @Nullable Long expectedVersion, List<GivenField> fields, Duration keepOldFor) {
        if (keepOldFor.isNegative() || keepOldFor.compareTo(LONGEST_OVERLAP) > 0) {
            return Mono.just(
                    ConnectionOutcome.refused(
                            UserError.Code.INVALID,
                            "keepOldFor",
                            "At most " + LONGEST_OVERLAP + ", such as PT24H"));
        }
        return onLocked(
                id,
                expectedVersion,
                (caller, connection) -> {
                    CheckedForm form = form(connection, fields, CheckedForm.Part.SECRETS);
                    if (!form.errors().isEmpty()) {
                        return Mono.just(new ConnectionOutcome.Refused(form.errors()));
                    }
                    if (form.secrets().isEmpty()) {
                        return Mono.just(
                                ConnectionOutcome.refused(
                                        UserError.Code.REQUIRED,
                                        "fields",
                                        "Name at least one secret and its new value"));
                    }
                    return secrets.put(id, form.secrets(), keepOldFor, null)
                            .then(
                                    rows.update(
                                            caller.tenant(),
                                            id,
                                            null,
                                            null,
                                            statusWith(connection, form),
                                            Map.of()))
                            .then(done(caller, "rotateIntegrationCredentials", id, names(fields)));
                });
    }

    /** Who gives the token by hand needs no consent any more. */
    private String statusWith(IntegrationConnection connection, CheckedForm form) {
        boolean isComplete =
                catalogue
                        .find(connection.provider())
                        .map(IntegrationProvider::oauth)
                        .map(oauth -> form.secrets().containsKey(oauth.tokenField()))
                        .orElse(false);
        return connection.waitsForConsent() && isComplete ? "active" : connection.status();
    }

    /** Disconnects an account: its secrets are deleted, what came from it stays. */
    public Mono<ConnectionOutcome> disconnect(UUID id, @Nullable Long expectedVersion) {
        return onLocked(
                id,
                expectedVersion,
                (caller, connection) ->
                        secrets.forget(id)
                                .then(rows.disconnect(caller.tenant(), id))
                                .then(done(caller, "disconnectIntegration", id, List.of())));
    }

    private Mono<ConnectionOutcome> onLocked(
            UUID id,
            @Nullable Long expectedVersion,
            BiFunction<Caller, IntegrationConnection, Mono<ConnectionOutcome>> write) {
        return TenantContext.caller()
                .flatMap(
                        caller ->
                                rows.lock(caller.tenant(), id)
                                        .filter(found -> !found.status().equals("disconnected"))
                                        .flatMap(
                                                found ->
                                                        expectedVersion != null
                                                                        && found.version()
                                                                                != expectedVersion
                                                                ? Mono.just(
                                                                        conflict(found.version()))
                                                                : write.apply(caller, found))
                                        .defaultIfEmpty(notFound()))
                .as(transaction::transactional);
    }

    private CheckedForm form(
            IntegrationConnection connection, List<GivenField> fields, CheckedForm.Part part) {
        return catalogue
                .find(connection.provider())
                .map(provider -> CheckedForm.of(provider, fields, part))
                .orElseThrow(
                        () ->
                                new IllegalStateException(
                                        "No data file of the provider of connection "
                                                + connection.id()));
    }

    private Mono<ConnectionOutcome> done(
            Caller caller, String action, UUID id, Collection<String> fields) {
        return audit.add(caller, action, "integration_connection", id, Map.of("fields", fields))
                .thenReturn(new ConnectionOutcome.Done(id));
    }

    private static List<String> names(List<GivenField> fields) {
        return fields.stream().map(GivenField::name).distinct().sorted().toList();
    }

    private static List<UserError> nameErrors(@Nullable String name) {
        if (name == null) {
            return List.of();
        }
        if (name.isBlank()) {
            return List.of(
                    UserError.of(
                            UserError.Code.REQUIRED,
                            "name",
                            "Give a name by which people tell it from others, or leave it out"));
        }
        return name.length() > MAX_NAME
                ? List.of(
                        UserError.of(
                                UserError.Code.TOO_LONG,
                                "name",
                                "At most " + MAX_NAME + " characters"))
                : List.of();
    }

    private static ConnectionOutcome unknownProvider() {
        return ConnectionOutcome.refused(
                UserError.Code.NOT_FOUND,
                "provider",
                "There is no such provider; integrationProviders lists them, by `provider`");
    }

    private static ConnectionOutcome conflict(long version) {
        return ConnectionOutcome.refused(
                UserError.Code.VERSION_CONFLICT,
                "expectedVersion",
                "The connection was changed meanwhile and is at version "
                        + version
                        + "; read it again and repeat the change");
    }

    private static ConnectionOutcome notFound() {
        return ConnectionOutcome.refused(
                UserError.Code.NOT_FOUND, "id", "There is no such connection, or none any more");
    }
}

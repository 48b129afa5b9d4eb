package io.customergraph.partner;

import io.customergraph.change.AuditLog;
import io.customergraph.customer.UserError;
import io.customergraph.id.TimeOrderedId;
import io.customergraph.integration.GivenField;
import io.customergraph.secret.PartnerSecretOwner;
import io.customergraph.secret.Secret;
import io.customergraph.secret.SecretKeys;
import io.customergraph.sql.JsonRows;
import io.customergraph.tenant.Caller;
import io.customergraph.tenant.Scope;
import io.customergraph.tenant.TenantContext;
import io.r2dbc.spi.ConnectionFactory;

import org.springframework.r2dbc.connection.R2dbcTransactionManager;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

import reactor.core.publisher.Mono;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The platform's own accounts with providers. Only a caller with {@code partners:admin} sees or
 * changes them; calls to providers use them.
 */
public final class PartnerConfigurations {

    private final PartnerRows rows;
    private final PartnerRows unboundRows;
    private final PlatformAccess platform;
    private final PlatformAccess calls;
    private final SecretKeys keys;
    private final AuditLog audit;

    /**
     * Keeps accounts in a database.
     *
     * @param unbound connections without a tenant: a provider's answer is taken before its tenant
     *     is known
     */
    public PartnerConfigurations(
            DatabaseClient database,
            TransactionalOperator transaction,
            ConnectionFactory unbound,
            SecretKeys keys) {
        DatabaseClient unboundDatabase = DatabaseClient.create(unbound);
        this.rows = new PartnerRows(database);
        this.unboundRows = new PartnerRows(unboundDatabase);
        this.platform = new PlatformAccess(database, transaction);
        this.calls =
                new PlatformAccess(
                        unboundDatabase,
                        TransactionalOperator.create(new R2dbcTransactionManager(unbound)));
        this.keys = keys;
        this.audit = new AuditLog(database);
    }

    /** What became of a change. */
    public sealed interface Outcome {
        record Saved(PartnerConfiguration configuration) implements Outcome {}

        record Refused(List<UserError> errors) implements Outcome {
            public Refused {
                errors = List.copyOf(errors);
            }
        }
    }

    /**
     * All of them, by provider; there is at most one of each.
     *
     * @return an error ({@link SecurityException}) for a caller without the scope
     */
    public Mono<List<PartnerConfiguration>> list() {
        return administrator(caller -> platform.administer(rows.list()));
    }

    /** What tenants may know of those that are public, by provider. */
    public Mono<List<PartnerProfile>> profiles() {
        return rows.profiles();
    }

    /** The platform's account for a call; empty where there is none that is enabled. */
    public Mono<PartnerApp> app(String provider) {
        return calls.use(unboundRows.enabled(provider).flatMap(one -> opened(provider, one)));
    }

    private Mono<PartnerApp> opened(String provider, Map<String, String> settings) {
        return unboundRows
                .secrets(provider)
                .map(
                        stored ->
                                new PartnerApp(
                                        provider,
                                        settings,
                                        stored.stream()
                                                .collect(
                                                        Collectors.toUnmodifiableMap(
                                                                PartnerRows.Encrypted::field,
                                                                one -> decrypted(provider, one)))));
    }

    private Secret decrypted(String provider, PartnerRows.Encrypted one) {
        return keys.decrypt(new PartnerSecretOwner(provider, one.field()), one.ciphertext());
    }

    /**
     * Saves an account, a new one or what changes of it.
     *
     * @return an error ({@link SecurityException}) for a caller without the scope
     */
    public Mono<Outcome> save(PartnerDraft draft) {
        return administrator(
                caller -> {
                    PartnerDraft.Checked checked = draft.checked();
                    return checked.errors().isEmpty()
                            ? platform.administer(save(caller, draft, checked))
                            : Mono.just(new Outcome.Refused(checked.errors()));
                });
    }

    private Mono<Outcome> save(Caller caller, PartnerDraft draft, PartnerDraft.Checked checked) {
        return rows.locked(draft.provider())
                .flatMap(
                        before -> {
                            Long expected = draft.expectedVersion();
                            return expected != null && expected != before.version()
                                    ? Mono.just(
                                            refused(
                                                    UserError.Code.VERSION_CONFLICT,
                                                    "expectedVersion",
                                                    "It was changed meanwhile and is at version "
                                                            + before.version()
                                                            + "; read it again and repeat the"
                                                            + " change"))
                                    : write(caller, before.id(), draft, checked);
                        })
                .switchIfEmpty(
                        Mono.defer(
                                () ->
                                        draft.name() == null
                                                ? Mono.just(
                                                        refused(
                                                                UserError.Code.REQUIRED,
                                                                "name",
                                                                "A new configuration needs a name"))
                                                : write(
                                                        caller,
                                                        TimeOrderedId.next(),
                                                        draft,
                                                        checked)));
    }

    private Mono<Outcome> write(
            Caller caller, UUID id, PartnerDraft draft, PartnerDraft.Checked checked) {
        List<PartnerRows.NewSecret> secrets =
                checked.secrets().entrySet().stream()
                        .map(
                                one ->
                                        PartnerRows.NewSecret.of(
                                                one.getKey(),
                                                keys.encrypt(
                                                        new PartnerSecretOwner(
                                                                draft.provider(), one.getKey()),
                                                        one.getValue()),
                                                one.getValue().lastFour()))
                        .toList();
        return rows.save(id, draft, JsonRows.MAPPER.writeValueAsString(checked.settings()))
                .then(rows.put(draft.provider(), secrets))
                .then(
                        audit.add(
                                caller,
                                "savePartnerConfiguration",
                                "partner_configuration",
                                id,
                                Map.of(
                                        "provider",
                                        draft.provider(),
                                        "fields",
                                        draft.fields().stream()
                                                .map(GivenField::name)
                                                .sorted()
                                                .toList())))
                .then(rows.list())
                .map(
                        all ->
                                new Outcome.Saved(
                                        all.stream()
                                                .filter(
                                                        one ->
                                                                one.provider()
                                                                        .equals(draft.provider()))
                                                .findFirst()
                                                .orElseThrow()));
    }

    private static Outcome refused(UserError.Code code, String field, String message) {
        return new Outcome.Refused(List.of(UserError.of(code, field, message)));
    }

    /** The schema asks for the scope too; here no way around leads to the platform's accounts. */
    private static <T> Mono<T> administrator(Function<Caller, Mono<T>> work) {
        return TenantContext.caller()
                .flatMap(
                        caller ->
                                caller.may(Scope.PARTNERS_ADMIN)
                                        ? work.apply(caller)
                                        : Mono.error(
                                                new SecurityException(
                                                        "Partner programmes are administered with"
                                                                + " partners:admin")));
    }
}

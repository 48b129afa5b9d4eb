package io.customergraph.partner.graphql;

import io.customergraph.customer.UserError;
import io.customergraph.integration.ConnectionAccess;
import io.customergraph.integration.OpenConnection;
import io.customergraph.oauth.EmbeddedSignup;
import io.customergraph.paging.GraphReads;
import io.customergraph.partner.MetaWhatsAppClient;
import io.customergraph.partner.MetaWhatsAppPhoneNumber;
import io.customergraph.partner.PartnerWrites;
import io.customergraph.partner.PartnerWrites.NumberState;
import io.customergraph.provider.partner.MetaTechProvider;
import io.customergraph.secret.Secret;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import reactor.core.publisher.Mono;

import java.util.List;
import java.util.UUID;

/** Registers business accounts and numbers as Meta tells of them. */
@Component
final class MetaRegistrations {

    private final MetaTechProvider meta;
    private final EmbeddedSignup signup;
    private final PartnerWrites writes;
    private final GraphReads reads;
    private final ConnectionAccess access;

    MetaRegistrations(
            MetaTechProvider meta,
            EmbeddedSignup signup,
            PartnerWrites writes,
            GraphReads reads,
            ConnectionAccess access) {
        this.meta = meta;
        this.signup = signup;
        this.writes = writes;
        this.reads = reads;
        this.access = access;
    }

    /**
     * The next step of a number's registration; what is null is not done.
     *
     * @param requestCodeBy SMS or VOICE
     * @param language of the code's message
     */
    record Step(
            @Nullable String requestCodeBy,
            @Nullable String language,
            @Nullable String code,
            @Nullable String pin) {

        /** Printing it shows neither code nor PIN. */
        @Override
        public String toString() {
            return "Step[" + requestCodeBy + "]";
        }
    }

    Mono<Registered> client(UUID connection, @Nullable String code) {
        return open(connection)
                .flatMap(
                        open ->
                                code == null
                                        ? Mono.just(open)
                                        : signup.exchange(open, code).then(open(connection)))
                .flatMap(this::client)
                .switchIfEmpty(notFound("connectionId"))
                .onErrorResume(
                        EmbeddedSignup.Refused.class,
                        refused ->
                                Mono.just(
                                        Registered.refused(
                                                UserError.Code.INVALID,
                                                "code",
                                                "Meta gives no token for the code; each is good"
                                                        + " once and for a short time, so begin the"
                                                        + " sign-up again")));
    }

    private Mono<Registered> client(OpenConnection open) {
        return Registered.of(
                Mono.defer(() -> meta.account(open))
                        .flatMap(told -> meta.subscribe(open).thenReturn(told))
                        .flatMap(
                                told ->
                                        writes.metaClient(
                                                open.connection().id(),
                                                open.setting("waba_id"),
                                                told.businessId(),
                                                told.name().length() > 200
                                                        ? told.name().substring(0, 200)
                                                        : told.name(),
                                                told.reviewStatus()))
                        .<Registered>map(Registered.Done::new)
                        .switchIfEmpty(Registered.taken("connectionId")),
                "connectionId");
    }

    Mono<Registered> register(UUID client, String phoneNumberId, @Nullable String pin) {
        return reads.lookup(MetaWhatsAppClient.LOOKUP, List.of(client))
                .mapNotNull(found -> found.get(client))
                .flatMap(
                        one ->
                                open(one.connectionId())
                                        .flatMap(
                                                open ->
                                                        keep(
                                                                "registerMetaWhatsAppPhoneNumber",
                                                                open,
                                                                client,
                                                                phoneNumberId,
                                                                new Step(null, null, null, pin),
                                                                "phoneNumberId")))
                .switchIfEmpty(notFound("clientId"));
    }

    Mono<Registered> update(UUID number, Step step) {
        return reads.lookup(MetaWhatsAppPhoneNumber.LOOKUP, List.of(number))
                .mapNotNull(found -> found.get(number))
                .flatMap(
                        one ->
                                reads.lookup(MetaWhatsAppClient.LOOKUP, List.of(one.clientUuid()))
                                        .mapNotNull(found -> found.get(one.clientUuid()))
                                        .flatMap(client -> open(client.connectionId()))
                                        .flatMap(
                                                open ->
                                                        keep(
                                                                "updateMetaWhatsAppPhoneNumber",
                                                                open,
                                                                one.clientUuid(),
                                                                one.phoneNumberId(),
                                                                step,
                                                                "id")))
                .switchIfEmpty(notFound("id"));
    }

    private Mono<Registered> keep(
            String action,
            OpenConnection open,
            UUID client,
            String phoneNumberId,
            Step step,
            String field) {
        String pin = step.pin;
        if (pin != null && !pin.matches("[0-9]{6}")) {
            return Mono.just(
                    Registered.refused(UserError.Code.INVALID, "pin", "A PIN has six digits"));
        }
        String code = step.code;
        if (code != null && !code.matches("[0-9]{3,10}")) {
            return Mono.just(
                    Registered.refused(UserError.Code.INVALID, "code", "A code has digits only"));
        }
        // The number is looked for first: only one of the account's own is registered or asked.
        return Registered.of(
                Mono.defer(() -> meta.number(open, phoneNumberId))
                        .flatMap(own -> steps(open, phoneNumberId, step))
                        .then(Mono.defer(() -> meta.number(open, phoneNumberId)))
                        .map(told -> step.requestCodeBy == null ? told : asked(told))
                        .flatMap(told -> writes.metaNumber(action, client, told))
                        .<Registered>map(Registered.Done::new)
                        .switchIfEmpty(Registered.taken(field)),
                field);
    }

    private Mono<Void> steps(OpenConnection open, String phoneNumberId, Step step) {
        String by = step.requestCodeBy;
        String language = step.language;
        Mono<Void> request =
                by == null
                        ? Mono.empty()
                        : meta.requestCode(
                                open, phoneNumberId, by, language == null ? "en_US" : language);
        Mono<Void> verify =
                step.code == null
                        ? Mono.empty()
                        : meta.verifyCode(open, phoneNumberId, Secret.of(step.code));
        Mono<Void> register =
                step.pin == null
                        ? Mono.empty()
                        : meta.register(open, phoneNumberId, Secret.of(step.pin));
        return request.then(verify).then(register);
    }

    private static NumberState asked(NumberState told) {
        return told.status().equals("unverified")
                ? new NumberState(
                        told.phoneNumberId(),
                        told.phoneNumber(),
                        told.verifiedName(),
                        told.nameStatus(),
                        "code_requested",
                        told.qualityRating(),
                        told.messagingLimit())
                : told;
    }

    private Mono<OpenConnection> open(UUID connection) {
        return access.open(connection)
                .filter(open -> open.provider().provider().equals("meta_whatsapp"));
    }

    private static Mono<Registered> notFound(String field) {
        return Mono.just(
                Registered.refused(
                        UserError.Code.NOT_FOUND, field, "There is no such thing in the tenant"));
    }
}

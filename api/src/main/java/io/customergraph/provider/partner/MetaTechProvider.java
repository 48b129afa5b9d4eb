package io.customergraph.provider.partner;

import io.customergraph.integration.OpenConnection;
import io.customergraph.partner.PartnerWrites.NumberState;
import io.customergraph.provider.ProviderCall;
import io.customergraph.provider.ProviderHttp;
import io.customergraph.secret.Secret;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import reactor.core.publisher.Mono;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What a Tech Provider does for a company at Meta, with the company's own token. */
@Component
public final class MetaTechProvider {

    private static final String VERSION = "v23.0";
    private static final Set<String> QUALITIES = Set.of("green", "yellow", "red");
    private static final Set<String> LIMITS =
            Set.of("tier_50", "tier_250", "tier_1k", "tier_10k", "tier_100k", "tier_unlimited");

    private final PartnerJson calls;
    private final JsonMapper json;

    MetaTechProvider(ProviderHttp http, JsonMapper json) {
        this.calls = new PartnerJson(http, json);
        this.json = json;
    }

    /** A business account. */
    public record Account(@Nullable String businessId, String name, String reviewStatus) {}

    /** Reads the account of a connection: who may read it has a part in it. */
    public Mono<Account> account(OpenConnection open) {
        return calls.send(
                        call(open, "GET", "/{version}/{id}", open.setting("waba_id"))
                                .query(
                                        "fields",
                                        "id,name,account_review_status,owner_business_info"))
                .map(
                        body ->
                                new Account(
                                        business(body),
                                        text(body, "name", open.connection().name()),
                                        review(text(body, "account_review_status", ""))));
    }

    /** Has the platform's app receive the webhooks of the account; again changes nothing. */
    public Mono<Void> subscribe(OpenConnection open) {
        return calls.send(
                        call(
                                        open,
                                        "POST",
                                        "/{version}/{id}/subscribed_apps",
                                        open.setting("waba_id"))
                                .repeatable())
                .then();
    }

    /** A number of the account; an error (not found) where the account has it not. */
    public Mono<NumberState> number(OpenConnection open, String phoneNumberId) {
        return calls.send(
                        call(open, "GET", "/{version}/{id}/phone_numbers", open.setting("waba_id"))
                                .query("limit", "100")
                                .query(
                                        "fields",
                                        "id,display_phone_number,verified_name,name_status,status,"
                                                + "code_verification_status,quality_rating,"
                                                + "messaging_limit_tier"))
                .map(
                        body -> {
                            for (JsonNode one : body.path("data")) {
                                if (text(one, "id", "").equals(phoneNumberId)) {
                                    return state(phoneNumberId, one);
                                }
                            }
                            throw new PartnerCallFailed(PartnerCallFailed.Reason.NOT_FOUND);
                        });
    }

    /** Registers a number for messages. */
    public Mono<Void> register(OpenConnection open, String phoneNumberId, Secret pin) {
        return post(
                open,
                "/{version}/{id}/register",
                phoneNumberId,
                Map.of("messaging_product", "whatsapp", "pin", pin.reveal()));
    }

    /**
     * Has a code sent to a number.
     *
     * @param method SMS or VOICE
     */
    public Mono<Void> requestCode(
            OpenConnection open, String phoneNumberId, String method, String language) {
        return post(
                open,
                "/{version}/{id}/request_code",
                phoneNumberId,
                Map.of("code_method", method, "language", language));
    }

    /** Proves by the code that the number is the company's. */
    public Mono<Void> verifyCode(OpenConnection open, String phoneNumberId, Secret code) {
        return post(
                open, "/{version}/{id}/verify_code", phoneNumberId, Map.of("code", code.reveal()));
    }

    private Mono<Void> post(OpenConnection open, String path, String id, Map<String, String> body) {
        return calls.send(
                        call(open, "POST", path, id)
                                .body("application/json", json.writeValueAsString(body)))
                .then();
    }

    private static ProviderCall call(OpenConnection open, String method, String path, String id) {
        return ProviderCall.of(
                        open.connection().id(),
                        open.provider().provider(),
                        method,
                        open.baseUrl(),
                        path)
                .pathValue("version", VERSION)
                .pathValue("id", id)
                .header("Accept", "application/json")
                .header(
                        "Authorization",
                        "Bearer "
                                + open.secret("access_token")
                                        .map(Secret::reveal)
                                        .orElseThrow(
                                                () ->
                                                        new PartnerCallFailed(
                                                                PartnerCallFailed.Reason
                                                                        .UNAUTHORIZED)));
    }

    private static NumberState state(String id, JsonNode one) {
        String digits = text(one, "display_phone_number", "").replaceAll("[^0-9]", "");
        if (digits.length() < 5 || digits.length() > 20) {
            throw new PartnerCallFailed(PartnerCallFailed.Reason.UNAVAILABLE);
        }
        String quality = text(one, "quality_rating", "").toLowerCase(Locale.ROOT);
        String limit = text(one, "messaging_limit_tier", "").toLowerCase(Locale.ROOT);
        String name = text(one, "verified_name", "");
        return new NumberState(
                id,
                "+" + digits,
                name.isEmpty() || name.length() > 200 ? null : name,
                nameStatus(text(one, "name_status", "")),
                status(text(one, "status", ""), text(one, "code_verification_status", "")),
                QUALITIES.contains(quality) ? quality : "unknown",
                LIMITS.contains(limit) ? limit : null);
    }

    private static String nameStatus(String told) {
        return switch (told) {
            case "APPROVED", "AVAILABLE_WITHOUT_REVIEW" -> "approved";
            case "DECLINED", "REJECTED" -> "declined";
            case "PENDING_REVIEW", "PENDING" -> "pending";
            default -> "unknown";
        };
    }

    private static String status(String told, String verification) {
        return switch (told) {
            case "CONNECTED" -> "connected";
            case "FLAGGED" -> "flagged";
            case "DISCONNECTED", "BANNED", "RESTRICTED" -> "disconnected";
            default -> verification.equals("VERIFIED") ? "verified" : "unverified";
        };
    }

    private static @Nullable String business(JsonNode body) {
        String id = body.at("/owner_business_info/id").asString("");
        return id.matches("[0-9]{5,20}") ? id : null;
    }

    private static String review(String told) {
        String status = told.toLowerCase(Locale.ROOT);
        return Set.of("approved", "rejected", "deferred").contains(status) ? status : "pending";
    }

    private static String text(JsonNode node, String field, String otherwise) {
        String text = node.path(field).asString("");
        return text.isBlank() ? otherwise : text;
    }
}

package io.customergraph.provider.partner;

import io.customergraph.partner.PartnerApp;
import io.customergraph.partner.PartnerConfigurations;
import io.customergraph.partner.PartnerWrites.ChannelState;
import io.customergraph.provider.ProviderCall;
import io.customergraph.provider.ProviderHttp;
import io.customergraph.secret.Secret;

import org.springframework.stereotype.Component;

import reactor.core.publisher.Mono;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** 360dialog's partner hub, with the platform's own token. */
@Component
public final class Dialog360Hub {

    private static final String HUB = "https://hub.360dialog.io";
    private static final String CLIENTS = "/api/v2/partners/{partner}/clients";
    private static final String CHANNELS = "/api/v2/partners/{partner}/channels";

    /** As the hub writes them, to ours. */
    private static final Map<String, String> STATUSES =
            Map.of(
                    "created", "created",
                    "submitted", "submitted",
                    "ready", "ready",
                    "running", "running",
                    "live", "live",
                    "active", "live",
                    "cancellation_requested", "cancellation_requested",
                    "cancelled", "cancelled");

    private final PartnerJson calls;
    private final JsonMapper json;
    private final PartnerConfigurations configurations;

    Dialog360Hub(ProviderHttp http, JsonMapper json, PartnerConfigurations configurations) {
        this.calls = new PartnerJson(http, json);
        this.json = json;
        this.configurations = configurations;
    }

    /** A client. */
    public record Client(String name, String status) {}

    /** A client of the partnership; an error (not found) where it has none of that id. */
    public Mono<Client> client(String clientId) {
        return first(CLIENTS, "clients", Map.of("id", clientId))
                .map(
                        one ->
                                new Client(
                                        text(one, "name", clientId),
                                        one.path("status").asString("").equals("suspended")
                                                ? "suspended"
                                                : "active"));
    }

    /** A client's channel; an error (not found) where the client has none of that id. */
    public Mono<ChannelState> channel(String clientId, String channelId) {
        return first(CHANNELS, "partner_channels", Map.of("id", channelId, "client_id", clientId))
                .map(
                        one -> {
                            String digits =
                                    text(
                                                    one.path("setup_info"),
                                                    "phone_number",
                                                    text(one, "phone_number", ""))
                                            .replaceAll("[^0-9]", "");
                            String waba = one.at("/waba_account/external_id").asString("");
                            String name = one.path("setup_info").path("phone_name").asString("");
                            return new ChannelState(
                                    channelId,
                                    digits.length() < 5 || digits.length() > 20
                                            ? null
                                            : "+" + digits,
                                    waba.isEmpty() || waba.length() > 64 ? null : waba,
                                    name.isEmpty() || name.length() > 200 ? null : name,
                                    STATUSES.getOrDefault(
                                            text(one, "status", "").toLowerCase(Locale.ROOT),
                                            "created"));
                        });
    }

    /** Makes a new API key of a channel; the one before ends. */
    public Mono<Secret> newApiKey(String channelId) {
        return withApp(
                        app ->
                                calls.send(
                                        call(app, "POST", CHANNELS + "/{channel}/api_keys")
                                                .pathValue("channel", channelId)))
                .map(
                        body -> {
                            String key = body.path("api_key").asString("");
                            if (key.length() < 16 || key.length() > 1000) {
                                throw new PartnerCallFailed(PartnerCallFailed.Reason.UNAVAILABLE);
                            }
                            return Secret.of(key);
                        });
    }

    private Mono<JsonNode> first(String path, String list, Map<String, String> filters) {
        return withApp(
                        app ->
                                calls.send(
                                        call(app, "GET", path)
                                                .query("limit", "1")
                                                .query(
                                                        "filters",
                                                        json.writeValueAsString(filters))))
                .map(
                        body -> {
                            JsonNode one = body.path(list).path(0);
                            boolean isWhatWasAsked =
                                    one.path("id").asString("").equals(filters.get("id"))
                                            && (!filters.containsKey("client_id")
                                                    || text(
                                                                    one,
                                                                    "client_id",
                                                                    one.at("/client/id")
                                                                            .asString(""))
                                                            .equals(filters.get("client_id")));
                            if (!isWhatWasAsked) {
                                throw new PartnerCallFailed(PartnerCallFailed.Reason.NOT_FOUND);
                            }
                            return one;
                        });
    }

    private Mono<JsonNode> withApp(Function<PartnerApp, Mono<JsonNode>> ask) {
        return configurations
                .app("dialog_360")
                .filter(
                        app ->
                                app.setting("partner_id").isPresent()
                                        && app.secret("partner_token").isPresent())
                .switchIfEmpty(
                        Mono.error(new PartnerCallFailed(PartnerCallFailed.Reason.UNAUTHORIZED)))
                .flatMap(ask);
    }

    private static ProviderCall call(PartnerApp app, String method, String path) {
        return ProviderCall.of(ProviderCall.OF_THE_PLATFORM, "dialog_360_hub", method, HUB, path)
                .pathValue("partner", app.setting("partner_id").orElseThrow())
                .header("Accept", "application/json")
                .header("x-api-key", app.secret("partner_token").orElseThrow().reveal());
    }

    private static String text(JsonNode node, String field, String otherwise) {
        String text = node.path(field).asString("");
        return text.isBlank() ? otherwise : text;
    }
}

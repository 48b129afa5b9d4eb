package io.customergraph.oauth;

import io.customergraph.integration.GrantedToken;
import io.customergraph.integration.OpenConnection;
import io.customergraph.provider.ProviderAnswer;
import io.customergraph.provider.ProviderCall;
import io.customergraph.provider.ProviderHttp;
import io.customergraph.secret.Secret;

import org.springframework.stereotype.Component;

import reactor.core.publisher.Mono;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Asks token endpoints (RFC 6749 section 5), secrets in the body and never in the address. */
@Component
final class TokenCalls {

    private static final int LONGEST_TOKEN = 4096;

    private final ProviderHttp http;
    private final JsonMapper json;
    private final InstantSource clock = InstantSource.system();

    TokenCalls(ProviderHttp http, JsonMapper json) {
        this.http = http;
        this.json = json;
    }

    /** Posts a form; a code is good once, so that it is not repeated where it may have arrived. */
    Mono<GrantedToken> ask(ProviderCall call, Map<String, String> form) {
        return http.send(call.body("application/x-www-form-urlencoded", encoded(form)))
                .map(this::read);
    }

    /** Any other call of the connection. */
    Mono<ProviderAnswer> send(ProviderCall call) {
        return http.send(call);
    }

    static ProviderCall post(OpenConnection open, String path) {
        return ProviderCall.of(
                        open.connection().id(),
                        open.provider().provider(),
                        "POST",
                        open.baseUrl(),
                        path)
                .header("Accept", "application/json");
    }

    private GrantedToken read(ProviderAnswer answer) {
        if (!answer.isSuccess()) {
            throw NotGranted.by(answer);
        }
        try {
            JsonNode body = json.readTree(answer.body());
            String token = body.path("access_token").asString("");
            if (token.isEmpty() || token.length() > LONGEST_TOKEN) {
                throw NotGranted.by(answer);
            }
            long seconds = body.path("expires_in").asLong(0);
            String refresh = body.path("refresh_token").asString("");
            return new GrantedToken(
                    Secret.of(token),
                    refresh.isEmpty() || refresh.length() > LONGEST_TOKEN
                            ? null
                            : Secret.of(refresh),
                    seconds <= 0 ? null : clock.instant().plusSeconds(seconds),
                    scopes(body.path("scope").asString("")));
        } catch (JacksonException unreadable) {
            throw NotGranted.by(answer);
        }
    }

    private static List<String> scopes(String text) {
        return Arrays.stream(text.split("[, ]+")).filter(one -> !one.isEmpty()).sorted().toList();
    }

    private static String encoded(Map<String, String> form) {
        return new TreeMap<>(form)
                .entrySet().stream()
                        .map(one -> encode(one.getKey()) + "=" + encode(one.getValue()))
                        .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}

package io.customergraph.oauth;

import io.customergraph.integration.GrantedToken;
import io.customergraph.integration.IntegrationConnection;
import io.customergraph.integration.OpenConnection;
import io.customergraph.partner.PartnerApp;
import io.customergraph.secret.Secret;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriComponentsBuilder;

import reactor.core.publisher.Mono;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Shopify's authorization code grant. It knows no PKCE; its answers are signed instead. A token for
 * offline use does not end by itself, and is renewed only where Shopify says that it does.
 */
@Component
final class ShopifyOAuth implements OAuthFlow {

    private static final Pattern SHOP = Pattern.compile("[a-z0-9][a-z0-9-]*\\.myshopify\\.com");
    private static final String TOKENS = "/admin/oauth/access_token";

    private final TokenCalls calls;

    ShopifyOAuth(TokenCalls calls) {
        this.calls = calls;
    }

    @Override
    public String provider() {
        return "shopify";
    }

    @Override
    public URI authorizationUri(Request request) {
        return UriComponentsBuilder.fromUriString(
                        "https://" + request.connection().account() + "/admin/oauth/authorize")
                .queryParam("client_id", "{client}")
                .queryParam("scope", "{scope}")
                .queryParam("redirect_uri", "{redirect}")
                .queryParam("state", "{state}")
                .encode()
                .buildAndExpand(
                        request.app().setting("client_id").orElseThrow(),
                        String.join(",", request.scopes()),
                        request.redirectUri(),
                        request.state().reveal())
                .toUri();
    }

    /** The hmac is over the other parameters in the order of their names. */
    @Override
    public boolean isGenuine(Map<String, String> parameters, PartnerApp app) {
        String given = parameters.getOrDefault("hmac", "");
        Secret key = app.secret("client_secret").orElse(null);
        if (key == null || !SHOP.matcher(parameters.getOrDefault("shop", "")).matches()) {
            return false;
        }
        TreeMap<String, String> others = new TreeMap<>(parameters);
        others.remove("hmac");
        // Shopify's own libraries encode all of a value, its page only what parts values.
        return matches(given, key, others, ShopifyOAuth::encodeAll)
                || matches(given, key, others, ShopifyOAuth::encodeSeparators);
    }

    private static boolean matches(
            String given, Secret key, Map<String, String> others, UnaryOperator<String> encode) {
        String text =
                others.entrySet().stream()
                        .map(
                                one ->
                                        encode.apply(one.getKey()).replace("=", "%3D")
                                                + "="
                                                + encode.apply(one.getValue()))
                        .collect(Collectors.joining("&"));
        return MessageDigest.isEqual(
                hmac(key, text).getBytes(StandardCharsets.US_ASCII),
                given.getBytes(StandardCharsets.UTF_8));
    }

    private static String encodeAll(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String encodeSeparators(String text) {
        return text.replace("%", "%25").replace("&", "%26");
    }

    private static String hmac(Secret key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(
                    new SecretKeySpec(key.reveal().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every JDK has HmacSHA256", impossible);
        }
    }

    @Override
    public boolean isOf(IntegrationConnection connection, Map<String, String> parameters) {
        return connection.account().equals(parameters.get("shop"));
    }

    @Override
    public Mono<GrantedToken> exchange(
            OpenConnection open, PartnerApp app, String code, String redirectUri, Secret verifier) {
        return calls.ask(
                TokenCalls.post(open, TOKENS),
                Map.of(
                        "client_id",
                        app.setting("client_id").orElseThrow(),
                        "client_secret",
                        app.secret("client_secret").orElseThrow().reveal(),
                        "code",
                        code));
    }

    @Override
    public Mono<GrantedToken> renew(
            OpenConnection open, PartnerApp app, Secret current, @Nullable Secret refresh) {
        return refresh == null
                ? Mono.error(new NotGranted("consent_needed"))
                : calls.ask(
                        TokenCalls.post(open, TOKENS),
                        Map.of(
                                "client_id",
                                app.setting("client_id").orElseThrow(),
                                "client_secret",
                                app.secret("client_secret").orElseThrow().reveal(),
                                "grant_type",
                                "refresh_token",
                                "refresh_token",
                                refresh.reveal()));
    }
}

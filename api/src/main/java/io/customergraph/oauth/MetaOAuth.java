package io.customergraph.oauth;

import io.customergraph.integration.GrantedToken;
import io.customergraph.integration.OpenConnection;
import io.customergraph.partner.PartnerApp;
import io.customergraph.provider.ProviderCall;
import io.customergraph.secret.Secret;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriComponentsBuilder;

import reactor.core.publisher.Mono;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/**
 * Facebook Login for a WhatsApp business account, with PKCE. A code gives a token for an hour or
 * so; it is exchanged at once, and later again, for one that is good for about sixty days.
 */
@Component
final class MetaOAuth implements OAuthFlow {

    private static final String VERSION = "v23.0";

    private final TokenCalls calls;

    MetaOAuth(TokenCalls calls) {
        this.calls = calls;
    }

    @Override
    public String provider() {
        return "meta_whatsapp";
    }

    @Override
    public URI authorizationUri(Request request) {
        return UriComponentsBuilder.fromUriString(
                        "https://www.facebook.com/" + VERSION + "/dialog/oauth")
                .queryParam("client_id", "{client}")
                .queryParam("scope", "{scope}")
                .queryParam("redirect_uri", "{redirect}")
                .queryParam("response_type", "code")
                .queryParam("code_challenge", "{challenge}")
                .queryParam("code_challenge_method", "S256")
                .queryParam("state", "{state}")
                .encode()
                .buildAndExpand(
                        request.app().setting("client_id").orElseThrow(),
                        String.join(",", request.scopes()),
                        request.redirectUri(),
                        request.challenge(),
                        request.state().reveal())
                .toUri();
    }

    @Override
    public Mono<GrantedToken> exchange(
            OpenConnection open, PartnerApp app, String code, String redirectUri, Secret verifier) {
        Map<String, String> form = ofApp(app);
        form.put("code", code);
        form.put("redirect_uri", redirectUri);
        form.put("code_verifier", verifier.reveal());
        return calls.ask(tokens(open), form)
                .flatMap(first -> renew(open, app, first.accessToken(), null))
                .flatMap(token -> checked(open, token));
    }

    /** A code of the embedded sign-up came to the page and has no address to return to. */
    Mono<GrantedToken> ofSignup(OpenConnection open, PartnerApp app, String code) {
        Map<String, String> form = ofApp(app);
        form.put("code", code);
        return calls.ask(tokens(open), form).flatMap(token -> checked(open, token));
    }

    @Override
    public Mono<GrantedToken> renew(
            OpenConnection open, PartnerApp app, Secret current, @Nullable Secret refresh) {
        Map<String, String> form = ofApp(app);
        form.put("grant_type", "fb_exchange_token");
        form.put("fb_exchange_token", current.reveal());
        // The same again as often as one likes.
        return calls.ask(tokens(open).repeatable(), form);
    }

    /** Who consents may have no part in the account that was named. */
    private Mono<GrantedToken> checked(OpenConnection open, GrantedToken token) {
        return calls.send(
                        ProviderCall.of(
                                        open.connection().id(),
                                        provider(),
                                        "GET",
                                        open.baseUrl(),
                                        "/{version}/{id}")
                                .pathValue("version", VERSION)
                                .pathValue("id", open.setting("waba_id"))
                                .query("fields", "id")
                                .header("Authorization", "Bearer " + token.accessToken().reveal()))
                .map(
                        answer -> {
                            if (!answer.isSuccess()) {
                                throw NotGranted.by(answer);
                            }
                            return token;
                        });
    }

    private static ProviderCall tokens(OpenConnection open) {
        return TokenCalls.post(open, "/{version}/oauth/access_token").pathValue("version", VERSION);
    }

    private static Map<String, String> ofApp(PartnerApp app) {
        Map<String, String> form = new HashMap<>();
        form.put("client_id", app.setting("client_id").orElseThrow());
        form.put("client_secret", app.secret("client_secret").orElseThrow().reveal());
        return form;
    }
}

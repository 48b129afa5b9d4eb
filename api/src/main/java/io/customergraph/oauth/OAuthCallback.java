package io.customergraph.oauth;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;

import reactor.core.publisher.Mono;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Where providers send browsers back. There is no key; the state says whose answer it is. No page
 * repeats anything of the request, and one page is for all answers that are nobody's.
 */
@RestController
final class OAuthCallback {

    static final String PATH = "/oauth/callback/";

    private static final int MOST_PARAMETERS = 30;
    private static final int LONGEST_VALUE = 4096;

    private final Answers answers;

    OAuthCallback(Answers answers) {
        this.answers = answers;
    }

    @GetMapping(PATH + "{provider}")
    Mono<ResponseEntity<String>> answer(
            @PathVariable String provider, @RequestParam MultiValueMap<String, String> query) {
        boolean isPlain =
                query.size() <= MOST_PARAMETERS
                        && query.values().stream()
                                .allMatch(
                                        values ->
                                                values.size() == 1
                                                        && values.getFirst() != null
                                                        && values.getFirst().length()
                                                                <= LONGEST_VALUE);
        return (isPlain
                        ? answers.take(provider, Map.copyOf(query.toSingleValueMap()))
                        : Mono.just(new Answers.Result.Unknown()))
                .map(OAuthCallback::page);
    }

    private static ResponseEntity<String> page(Answers.Result result) {
        return switch (result) {
            case Answers.Result.Connected(String returnTo) ->
                    back(
                            returnTo,
                            "connected",
                            HttpStatus.OK,
                            "Connected",
                            "The account is connected. You can close this window.");
            case Answers.Result.Failed(String returnTo) ->
                    back(
                            returnTo,
                            "failed",
                            HttpStatus.BAD_GATEWAY,
                            "Not connected",
                            "The provider did not confirm the authorization. Begin it again.");
            case Answers.Result.Unknown() ->
                    html(
                            HttpStatus.BAD_REQUEST,
                            "Not connected",
                            "This authorization is unknown, used or too old. Begin it again.");
        };
    }

    private static ResponseEntity<String> back(
            @Nullable String returnTo,
            String outcome,
            HttpStatus status,
            String title,
            String text) {
        if (returnTo == null) {
            return html(status, title, text);
        }
        URI url =
                UriComponentsBuilder.fromUriString(returnTo)
                        .replaceQueryParam("authorization", outcome)
                        .build(true)
                        .toUri();
        return ResponseEntity.status(HttpStatus.SEE_OTHER).location(url).build();
    }

    private static ResponseEntity<String> html(HttpStatus status, String title, String text) {
        return ResponseEntity.status(status)
                .contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
                .body(
                        """
                        <!doctype html>
                        <html lang="en">
                        <meta charset="utf-8">
                        <title>%1$s</title>
                        <h1>%1$s</h1>
                        <p>%2$s</p>
                        </html>
                        """
                                .formatted(title, text));
    }
}

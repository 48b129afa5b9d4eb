package io.customergraph.webhook;

import io.customergraph.secret.Secret;

import org.springframework.util.MultiValueMap;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** The echo that Meta asks for where a webhook is set up [WhatsApp/WhatsApp-Nodejs-SDK]. */
final class Challenge {

    private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9_-]{1,200}");
    private static final List<Secret> NOBODYS = List.of(Secret.of(UUID.randomUUID().toString()));

    private Challenge() {}

    /**
     * What to echo; empty where the request does not know the token.
     *
     * @param tokens those that are good; empty where nobody has any
     */
    static Optional<String> answer(
            Optional<List<Secret>> tokens, MultiValueMap<String, String> query) {
        String given = only(query, "hub.verify_token").orElse("");
        boolean isGood = false;
        for (Secret token : tokens.orElse(NOBODYS)) {
            isGood |= token.matches(given);
        }
        return isGood
                        && tokens.isPresent()
                        && only(query, "hub.mode").filter("subscribe"::equals).isPresent()
                ? only(query, "hub.challenge").filter(text -> HARMLESS.matcher(text).matches())
                : Optional.empty();
    }

    private static Optional<String> only(MultiValueMap<String, String> query, String name) {
        List<String> values = query.getOrDefault(name, List.of());
        return values.size() == 1 ? Optional.ofNullable(values.getFirst()) : Optional.empty();
    }
}

package io.customergraph.oauth;

import org.springframework.stereotype.Component;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The flows of all providers that have one. */
@Component
final class OAuthFlows {

    private final Map<String, OAuthFlow> byProvider;

    OAuthFlows(List<OAuthFlow> flows) {
        this.byProvider =
                flows.stream()
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        OAuthFlow::provider, Function.identity()));
    }

    Optional<OAuthFlow> of(String provider) {
        return Optional.ofNullable(byProvider.get(provider));
    }
}

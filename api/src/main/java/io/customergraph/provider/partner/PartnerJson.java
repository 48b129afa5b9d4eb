package io.customergraph.provider.partner;

import io.customergraph.provider.ProviderAnswer;
import io.customergraph.provider.ProviderCall;
import io.customergraph.provider.ProviderHttp;
import io.customergraph.provider.ProviderUnreachable;

import reactor.core.publisher.Mono;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Makes calls that answer with an object. */
final class PartnerJson {

    private final ProviderHttp http;
    private final JsonMapper json;

    PartnerJson(ProviderHttp http, JsonMapper json) {
        this.http = http;
        this.json = json;
    }

    /** The object; an error ({@link PartnerCallFailed}) where there is none. */
    Mono<JsonNode> send(ProviderCall call) {
        return http.send(call)
                .onErrorMap(ProviderUnreachable.class, PartnerCallFailed::by)
                .map(this::read);
    }

    private JsonNode read(ProviderAnswer answer) {
        if (!answer.isSuccess()) {
            throw PartnerCallFailed.by(answer);
        }
        try {
            return json.readTree(answer.body());
        } catch (JacksonException unreadable) {
            throw PartnerCallFailed.by(answer);
        }
    }
}

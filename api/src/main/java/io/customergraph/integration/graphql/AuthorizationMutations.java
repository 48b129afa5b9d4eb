package io.customergraph.integration.graphql;

import io.customergraph.customer.UserError;
import io.customergraph.graphql.NodeId;
import io.customergraph.graphql.NodeType;
import io.customergraph.integration.IntegrationConnection;
import io.customergraph.oauth.Authorizations;
import io.customergraph.paging.GraphReads;

import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.stereotype.Controller;

import reactor.core.publisher.Mono;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** Begins authorizations. */
@Controller
final class AuthorizationMutations {

    private final Authorizations authorizations;
    private final GraphReads reads;

    AuthorizationMutations(Authorizations authorizations, GraphReads reads) {
        this.authorizations = authorizations;
        this.reads = reads;
    }

    /** What became of it; the address holds the state, and printing it shows none. */
    public record AuthorizationPayload(
            @Nullable String authorizationUrl,
            @Nullable IntegrationConnection connection,
            List<UserError> userErrors) {

        @Override
        public String toString() {
            return "AuthorizationPayload" + userErrors;
        }
    }

    @MutationMapping
    Mono<AuthorizationPayload> startIntegrationAuthorization(@Argument Map<String, Object> input) {
        String connection = (String) input.get("connectionId");
        return authorizations
                .begin(
                        new Authorizations.Wish(
                                (String) Objects.requireNonNull(input.get("provider")),
                                (String) input.get("shop"),
                                connection == null
                                        ? null
                                        : NodeId.decode(
                                                NodeType.INTEGRATION_CONNECTION, connection),
                                (String) input.get("returnUrl")))
                .flatMap(
                        begun ->
                                switch (begun) {
                                    case Authorizations.Begun.Done(UUID id, URI url) ->
                                            reads.lookup(IntegrationConnection.LOOKUP, List.of(id))
                                                    .map(
                                                            found ->
                                                                    new AuthorizationPayload(
                                                                            url.toString(),
                                                                            found.get(id),
                                                                            List.of()));
                                    case Authorizations.Begun.Refused(List<UserError> errors) ->
                                            Mono.just(new AuthorizationPayload(null, null, errors));
                                });
    }
}

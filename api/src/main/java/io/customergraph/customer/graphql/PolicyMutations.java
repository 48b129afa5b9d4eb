package io.customergraph.customer.graphql;

import io.customergraph.customer.IdentifierKind;
import io.customergraph.customer.IdentifierPolicies;
import io.customergraph.customer.IdentifierPolicy;
import io.customergraph.customer.IdentifierPolicyRepository;
import io.customergraph.customer.IdentifierPolicyWrites;
import io.customergraph.customer.PolicyChange;
import io.customergraph.customer.UserError;
import io.customergraph.tenant.TenantContext;

import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.stereotype.Controller;

import reactor.core.publisher.Mono;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** How identifiers are trusted: read and set. */
@Controller
final class PolicyMutations {

    private final IdentifierPolicyRepository policies;
    private final IdentifierPolicyWrites writes;

    PolicyMutations(IdentifierPolicyRepository policies, IdentifierPolicyWrites writes) {
        this.policies = policies;
        this.writes = writes;
    }

    /** What became of a change. */
    public record PolicyPayload(@Nullable IdentifierPolicy policy, List<UserError> userErrors) {}

    @QueryMapping
    Mono<List<IdentifierPolicy>> identifierPolicies() {
        return known().map(
                        all ->
                                all.byKind().values().stream()
                                        .sorted(
                                                Comparator.comparingInt(IdentifierPolicy::priority)
                                                        .thenComparing(IdentifierPolicy::kind))
                                        .toList());
    }

    @MutationMapping
    @SuppressWarnings("unchecked") // The schema says that patterns are a list of strings.
    Mono<PolicyPayload> setIdentifierPolicy(@Argument Map<String, Object> input) {
        IdentifierKind kind =
                IdentifierKind.ofCode((String) Objects.requireNonNull(input.get("kind")));
        PolicyChange change =
                new PolicyChange(
                        kind,
                        (Integer) input.get("priority"),
                        (Integer) input.get("maxPeople"),
                        (Integer) input.get("windowDays"),
                        (List<String>) input.get("blockedPatterns"),
                        (Boolean) input.get("uniquePerPerson"),
                        (Boolean) input.get("onePerAccount"),
                        (Integer) input.get("recycledAfterDays"));
        return writes.set(change)
                .flatMap(
                        errors ->
                                errors.isEmpty()
                                        ? known().map(
                                                        all ->
                                                                new PolicyPayload(
                                                                        all.of(kind), List.of()))
                                        : Mono.just(new PolicyPayload(null, errors)));
    }

    private Mono<IdentifierPolicies> known() {
        return TenantContext.tenant().flatMap(policies::of);
    }
}

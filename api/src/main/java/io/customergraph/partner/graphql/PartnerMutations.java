package io.customergraph.partner.graphql;

import io.customergraph.customer.UserError;
import io.customergraph.integration.GivenField;
import io.customergraph.partner.PartnerConfiguration;
import io.customergraph.partner.PartnerConfigurations;
import io.customergraph.partner.PartnerDraft;

import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.stereotype.Controller;

import reactor.core.publisher.Mono;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Changes of the platform's own accounts. */
@Controller
final class PartnerMutations {

    private final PartnerConfigurations configurations;

    PartnerMutations(PartnerConfigurations configurations) {
        this.configurations = configurations;
    }

    /** What became of a change. */
    public record ConfigurationPayload(
            @Nullable PartnerConfiguration configuration, List<UserError> userErrors) {}

    @MutationMapping
    Mono<ConfigurationPayload> savePartnerConfiguration(@Argument Map<String, Object> input) {
        Integer version = (Integer) input.get("expectedVersion");
        return configurations
                .save(
                        new PartnerDraft(
                                (String) Objects.requireNonNull(input.get("provider")),
                                (String) input.get("name"),
                                fields(input),
                                (String) input.get("webhookUrl"),
                                (Boolean) input.get("isPublic"),
                                (String) input.get("description"),
                                (String) input.get("logoUrl"),
                                (String) input.get("termsUrl"),
                                (String) input.get("supportUrl"),
                                (Boolean) input.get("isEnabled"),
                                version == null ? null : version.longValue()))
                .map(
                        outcome ->
                                switch (outcome) {
                                    case PartnerConfigurations.Outcome.Saved(
                                                    PartnerConfiguration saved) ->
                                            new ConfigurationPayload(saved, List.of());
                                    case PartnerConfigurations.Outcome.Refused(
                                                    List<UserError> errors) ->
                                            new ConfigurationPayload(null, errors);
                                });
    }

    @SuppressWarnings("unchecked") // The schema says what fields are.
    private static List<GivenField> fields(Map<String, Object> input) {
        List<Map<String, String>> fields = (List<Map<String, String>>) input.get("fields");
        return fields == null
                ? List.of()
                : fields.stream()
                        .map(
                                field ->
                                        new GivenField(
                                                Objects.requireNonNull(field.get("name")),
                                                Objects.requireNonNull(field.get("value"))))
                        .toList();
    }
}

package io.customergraph.integration;

import io.customergraph.customer.UserError;
import io.customergraph.secret.Secret;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.UUID;

/** What became of setting a webhook. */
public sealed interface WebhookOutcome {

    /**
     * It is set.
     *
     * @param made the secret that was made, which is shown this once; null where none was
     */
    record Done(UUID connection, IntegrationProvider provider, @Nullable Secret made)
            implements WebhookOutcome {}

    record Refused(List<UserError> errors) implements WebhookOutcome {
        public Refused {
            errors = List.copyOf(errors);
        }
    }
}

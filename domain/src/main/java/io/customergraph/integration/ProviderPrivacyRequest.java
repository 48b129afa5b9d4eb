package io.customergraph.integration;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** What a provider asks for on behalf of a person, or of the owner of an account. */
public sealed interface ProviderPrivacyRequest {

    /**
     * A copy of what is known of one of the account's customers.
     *
     * @param requestId the provider's own; the same one is one request
     */
    record Export(Shopper shopper, String requestId) implements ProviderPrivacyRequest {}

    /** That one of the account's customers is forgotten. */
    record EraseShopper(Shopper shopper) implements ProviderPrivacyRequest {}

    /** That all that the account told is deleted. */
    record EraseAccount() implements ProviderPrivacyRequest {}

    /**
     * One of the account's customers.
     *
     * @param id the provider's
     * @param orders the provider's ids of orders that are the customer's
     */
    record Shopper(long id, List<Long> orders, @Nullable String email, @Nullable String phone) {
        public Shopper {
            orders = List.copyOf(orders);
        }
    }
}

package io.customergraph.partner;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * The platform's account with a provider, without its secrets.
 *
 * @param provider the short name; there is one configuration of each
 * @param settings what is no secret
 * @param credentials which secrets are kept
 * @param isPublic whether tenants see its profile
 */
public record PartnerConfiguration(
        UUID uuid,
        String provider,
        String name,
        List<Setting> settings,
        List<Credential> credentials,
        @Nullable String webhookUrl,
        boolean isPublic,
        @Nullable String description,
        @Nullable String logoUrl,
        @Nullable String termsUrl,
        @Nullable String supportUrl,
        boolean isEnabled,
        long version,
        Instant createdAt,
        Instant updatedAt) {

    public PartnerConfiguration {
        settings = List.copyOf(settings);
        credentials = List.copyOf(credentials);
    }

    /** A value that is no secret. */
    public record Setting(String name, String value) {}

    /**
     * That a secret is kept.
     *
     * @param lastFour its last four characters; null where it is too short to show any
     */
    public record Credential(String field, @Nullable String lastFour, Instant setAt) {}
}

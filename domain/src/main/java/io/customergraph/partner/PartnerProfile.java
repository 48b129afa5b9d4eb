package io.customergraph.partner;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * What every tenant may know of a partner programme of the platform, to be taken on under it.
 *
 * @param settings what a page needs that begins the sign-up: the app's id
 */
public record PartnerProfile(
        String provider,
        String name,
        @Nullable String description,
        @Nullable String logoUrl,
        @Nullable String termsUrl,
        @Nullable String supportUrl,
        List<PartnerConfiguration.Setting> settings) {

    public PartnerProfile {
        settings = List.copyOf(settings);
    }
}

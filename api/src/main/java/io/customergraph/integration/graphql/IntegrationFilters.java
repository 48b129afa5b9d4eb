package io.customergraph.integration.graphql;

import io.customergraph.graphql.InvalidRequest;
import io.customergraph.integration.Capability;
import io.customergraph.integration.IntegrationConnections;
import io.customergraph.integration.ProviderCatalogue;
import io.customergraph.integration.ProviderCategory;

import org.jspecify.annotations.Nullable;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads what providers and connections are asked for. */
final class IntegrationFilters {

    private static final Set<String> COUNTRIES =
            Locale.getISOCountries(Locale.IsoCountryCode.PART1_ALPHA2);

    private IntegrationFilters() {}

    static ProviderCatalogue.Filter of(@Nullable Map<String, Object> filter) {
        if (filter == null) {
            return new ProviderCatalogue.Filter(null, null, null, null, false);
        }
        String category = (String) filter.get("category");
        String capability = (String) filter.get("capability");
        Object currency = filter.get("currency");
        return new ProviderCatalogue.Filter(
                category == null ? null : ProviderCategory.valueOf(category),
                country((String) filter.get("country")),
                currency == null ? null : currency.toString(),
                capability == null ? null : Capability.valueOf(capability),
                Boolean.TRUE.equals(filter.get("menaOnly")));
    }

    static IntegrationConnections.Filter ofConnections(@Nullable Map<String, Object> filter) {
        return filter == null
                ? new IntegrationConnections.Filter(null, null, null, null)
                : new IntegrationConnections.Filter(
                        (String) filter.get("provider"),
                        (String) filter.get("environment"),
                        (String) filter.get("status"),
                        (String) filter.get("health"));
    }

    private static @Nullable String country(@Nullable String code) {
        if (code == null) {
            return null;
        }
        String country = code.strip().toUpperCase(Locale.ROOT);
        if (!COUNTRIES.contains(country)) {
            throw new InvalidRequest(
                    InvalidRequest.Code.BAD_USER_INPUT,
                    "`country` is a code of ISO 3166-1 with two letters, such as SA");
        }
        return country;
    }
}

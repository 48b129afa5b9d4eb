package io.customergraph.integration;

import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All providers that this version of the application knows, MENA first. A new one is a new file in
 * {@code providers/}.
 */
public final class ProviderCatalogue {

    private static final String FILES = "classpath*:providers/*.yaml";

    private final Map<String, IntegrationProvider> providers;

    private ProviderCatalogue(List<IntegrationProvider> providers) {
        Map<String, IntegrationProvider> byName = new LinkedHashMap<>();
        providers.stream()
                .sorted(IntegrationProvider.MENA_FIRST)
                .forEach(
                        one -> {
                            if (byName.put(one.provider(), one) != null) {
                                throw new IllegalStateException("Two files of " + one.provider());
                            }
                        });
        this.providers = byName;
    }

    /**
     * Reads the data files.
     *
     * @throws IllegalStateException where one is wrong; the message names the file
     */
    public static ProviderCatalogue shipped() {
        List<IntegrationProvider> providers = new ArrayList<>();
        try {
            for (Resource file : new PathMatchingResourcePatternResolver().getResources(FILES)) {
                providers.add(read(file));
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return new ProviderCatalogue(providers);
    }

    private static IntegrationProvider read(Resource file) throws IOException {
        try (InputStream text = file.getInputStream()) {
            IntegrationProvider provider = ProviderFile.read(text);
            if (!(provider.provider() + ".yaml").equals(file.getFilename())) {
                throw new IllegalArgumentException("A file is named as its provider");
            }
            return provider;
        } catch (RuntimeException wrong) {
            throw new IllegalStateException("Not a provider: " + file.getFilename(), wrong);
        }
    }

    /** All of them, MENA first. */
    public List<IntegrationProvider> all() {
        return List.copyOf(providers.values());
    }

    /** The provider of a short name; empty where this version does not know it. */
    public Optional<IntegrationProvider> find(String provider) {
        return Optional.ofNullable(providers.get(provider));
    }

    /**
     * What providers are wanted; null for any.
     *
     * @param country also matches those that work everywhere
     * @param currency matches those only that name it
     */
    public record Filter(
            @Nullable ProviderCategory category,
            @Nullable String country,
            @Nullable String currency,
            @Nullable Capability capability,
            boolean isMenaOnly) {

        boolean takes(IntegrationProvider provider) {
            return (category == null || provider.category() == category)
                    && (country == null
                            || provider.countries().isEmpty()
                            || provider.countries().contains(country))
                    && (currency == null || provider.currencies().contains(currency))
                    && (capability == null || provider.capabilities().contains(capability))
                    && (!isMenaOnly || provider.isMena());
        }
    }

    /** Those that a filter takes, MENA first. */
    public List<IntegrationProvider> list(Filter filter) {
        return providers.values().stream().filter(filter::takes).toList();
    }
}

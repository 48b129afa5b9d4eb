package io.customergraph.integration;

import io.r2dbc.spi.ConnectionFactory;

import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Mono;

import java.util.List;
import java.util.Objects;

/**
 * Brings the table of providers up to date with the data files. The application's role may not
 * write it; a function of the database's owner does.
 */
public final class ProviderRegistration {

    private final DatabaseClient unbound;

    /** Connections without a tenant do: the catalogue is nobody's. */
    public ProviderRegistration(ConnectionFactory unbound) {
        this.unbound = DatabaseClient.create(unbound);
    }

    private record ProviderRow(
            String provider,
            String name,
            ProviderCategory category,
            boolean isMenaProvider,
            List<String> supportedCountries,
            List<String> supportedCurrencies,
            String primaryLocale,
            List<Capability> capabilities,
            List<Capability> paymentCapabilities,
            IntegrationProvider definition) {

        static ProviderRow of(IntegrationProvider one) {
            return new ProviderRow(
                    one.provider(),
                    one.name(),
                    one.category(),
                    one.isMena(),
                    one.countries(),
                    one.currencies(),
                    one.primaryLocale(),
                    one.capabilities(),
                    one.capabilities().stream().filter(Capability::isWayToPay).toList(),
                    one);
        }
    }

    /** Writes what changed; gives how many providers that were. */
    public Mono<Integer> register(ProviderCatalogue catalogue) {
        String rows = ProviderFile.write(catalogue.all().stream().map(ProviderRow::of).toList());
        return unbound.sql("SELECT register_integration_providers(:rows::jsonb)")
                .bind("rows", rows)
                .map(row -> Objects.requireNonNull(row.get(0, Integer.class)))
                .one();
    }
}

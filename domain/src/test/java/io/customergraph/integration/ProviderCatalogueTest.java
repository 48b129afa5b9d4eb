package io.customergraph.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.customergraph.paging.GraphReads;
import io.customergraph.tenant.TenantContext;
import io.customergraph.testing.TestDatabase;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

class ProviderCatalogueTest {

    private static final TestDatabase DATABASE = TestDatabase.shared();
    private static final ProviderCatalogue CATALOGUE = ProviderCatalogue.shipped();

    @Test
    void every_provider_is_there_and_those_of_mena_come_first() {
        assertThat(names(CATALOGUE.all()))
                .containsExactly(
                        "moyasar",
                        "paytabs",
                        "paymob",
                        "tabby",
                        "tamara",
                        "tap",
                        "infobip",
                        "unifonic",
                        "aramex",
                        "fetchr",
                        "smsa",
                        "aws_middle_east",
                        "azure_middle_east",
                        "xendit",
                        "dialog_360",
                        "meta_whatsapp",
                        "twilio",
                        "shopify",
                        "freshdesk",
                        "github",
                        "supabase",
                        "custom")
                .hasSize(22);
        assertThat(CATALOGUE.all().stream().map(IntegrationProvider::isMena).toList())
                .isSortedAccordingTo((a, b) -> Boolean.compare(b, a));
    }

    @Test
    void a_provider_is_found_for_a_country_a_currency_and_a_way_to_pay() {
        assertThat(wanted(null, "KW", null, Capability.KNET)).containsExactly("paytabs", "tap");
        assertThat(wanted(null, "OM", "OMR", Capability.OMANNET))
                .containsExactly("paytabs", "paymob", "tap");
        assertThat(wanted(ProviderCategory.PAYMENT, "EG", null, Capability.BNPL))
                .containsExactly("tabby");
        assertThat(wanted(ProviderCategory.COMMUNICATION, "SA", null, Capability.WHATSAPP))
                .as("those that work everywhere too")
                .containsExactly("infobip", "unifonic", "dialog_360", "meta_whatsapp", "twilio");
        assertThat(wanted(ProviderCategory.CLOUD, "BH", null, Capability.DATA_RESIDENCY))
                .containsExactly("aws_middle_east");
    }

    private static List<String> wanted(
            @Nullable ProviderCategory category,
            @Nullable String country,
            @Nullable String currency,
            @Nullable Capability capability) {
        return names(
                CATALOGUE.list(
                        new ProviderCatalogue.Filter(
                                category, country, currency, capability, false)));
    }

    @Test
    void every_way_to_prove_a_webhook_is_some_providers() {
        Set<WebhookScheme> used =
                CATALOGUE.all().stream()
                        .map(IntegrationProvider::webhook)
                        .filter(Objects::nonNull)
                        .map(webhook -> Objects.requireNonNull(webhook).scheme())
                        .collect(
                                Collectors.toCollection(() -> EnumSet.noneOf(WebhookScheme.class)));

        assertThat(used).isEqualTo(EnumSet.allOf(WebhookScheme.class));
    }

    @Test
    void every_capability_is_some_providers() {
        assertThat(CATALOGUE.all().stream().flatMap(one -> one.capabilities().stream()))
                .contains(Capability.values());
    }

    @Test
    void the_table_of_providers_is_brought_up_to_date_once_and_answers_the_same() {
        ProviderRegistration registration = new ProviderRegistration(DATABASE.unbound());
        registration.register(CATALOGUE).block();
        assertThat(registration.register(CATALOGUE).block()).isZero();

        DATABASE.owner()
                .update(
                        "UPDATE integration_providers SET definition ="
                                + " jsonb_set(definition, '{name}', '\"Old\"') WHERE provider ="
                                + " 'tap'");
        assertThat(registration.register(CATALOGUE).block()).isEqualTo(1);

        for (Capability capability : Capability.values()) {
            for (String country : List.of("SA", "KW", "EG", "FR")) {
                List<String> inMemory =
                        capability.isWayToPay()
                                ? wanted(ProviderCategory.PAYMENT, country, null, capability)
                                : List.of();
                assertThat(
                                DATABASE.owner()
                                        .queryForList(
                                                "SELECT provider FROM"
                                                        + " get_payment_providers_by_capability(?,"
                                                        + " ?)",
                                                String.class,
                                                capability.name(),
                                                country))
                        .containsExactlyInAnyOrderElementsOf(inMemory);
            }
        }
        assertThat(
                        DATABASE.owner()
                                .queryForList(
                                        "SELECT is_mena_provider FROM"
                                            + " get_payment_providers_by_capability(NULL, NULL)",
                                        Boolean.class))
                .isSortedAccordingTo((a, b) -> Boolean.compare(b, a));
    }

    @Test
    void a_provider_comes_out_of_the_table_as_it_is_in_its_file() {
        new ProviderRegistration(DATABASE.unbound()).register(CATALOGUE).block();

        for (IntegrationProvider provider : CATALOGUE.all()) {
            assertThat(
                            new GraphReads(DATABASE.connections())
                                    .lookup(IntegrationProvider.LOOKUP, List.of(provider.id()))
                                    .contextWrite(TenantContext.of(DATABASE.newTenant()))
                                    .block())
                    .containsEntry(provider.id(), provider);
        }
    }

    @Test
    void consent_in_the_browser_fills_the_access_token() {
        assertThat(
                        CATALOGUE.all().stream()
                                .map(IntegrationProvider::oauth)
                                .filter(Objects::nonNull)
                                .map(oauth -> Objects.requireNonNull(oauth).tokenField()))
                .containsOnly("access_token");
    }

    private static List<String> names(List<IntegrationProvider> providers) {
        return providers.stream().map(IntegrationProvider::provider).toList();
    }
}

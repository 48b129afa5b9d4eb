package io.customergraph.integration;

import io.customergraph.paging.Lookup;
import io.customergraph.paging.Row;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Something that can be connected, as its data file in {@code providers/} describes it.
 *
 * @param provider the short name in addresses, records and settings
 * @param isMena whether it is of the Middle East and North Africa, which come first everywhere
 * @param primaryLocale the language of its own users, BCP 47
 * @param countries where it works, ISO 3166-1 alpha-2; empty for everywhere
 * @param currencies what it takes, ISO 4217; empty where none applies
 * @param baseUrl of its API, with settings in braces; null where there is no call to it
 * @param hasTestCall whether a connection can be tested
 * @param webhook null where it sends none
 * @param oauth null where it is connected by keys only
 * @param form what a connection needs
 * @param setup what to do there first, step by step
 */
public record IntegrationProvider(
        String provider,
        String name,
        ProviderCategory category,
        boolean isMena,
        String primaryLocale,
        List<String> countries,
        List<String> currencies,
        List<Capability> capabilities,
        @Nullable String baseUrl,
        boolean hasTestCall,
        @Nullable ProviderWebhook webhook,
        @Nullable ProviderOAuth oauth,
        List<FormField> form,
        List<String> setup,
        String documentationUrl) {

    /** A system of the tenant's own, which pushes records and is answered at once. */
    public static final String CUSTOM = "custom";

    /** MENA first, then by what they are for, then by name. */
    public static final Comparator<IntegrationProvider> MENA_FIRST =
            Comparator.comparing((IntegrationProvider one) -> !one.isMena)
                    .thenComparing(IntegrationProvider::category)
                    .thenComparing(IntegrationProvider::name);

    public static final Lookup<IntegrationProvider> LOOKUP =
            new Lookup<>(
                    "IntegrationProvider",
                    """
                    SELECT id, definition::text
                    FROM integration_providers
                    WHERE $1::text IS NOT NULL AND id = ANY ($2)
                    """,
                    row -> ProviderFile.stored(Row.text(row, 1)));

    private static final Pattern PROVIDER = Pattern.compile("[a-z][a-z0-9_]{1,39}");
    private static final Pattern SETTING = Pattern.compile("\\{([a-z0-9_]+)}");
    private static final List<String> COUNTRIES = Arrays.asList(Locale.getISOCountries());

    public IntegrationProvider {
        countries = List.copyOf(countries);
        currencies = List.copyOf(currencies);
        capabilities = List.copyOf(capabilities);
        form = List.copyOf(form);
        setup = List.copyOf(setup);
        require(PROVIDER.matcher(provider).matches(), "a name in snake case", provider);
        require(isMena == primaryLocale.equals("ar"), "Arabic first in MENA alone", provider);
        require(COUNTRIES.containsAll(countries), "countries of ISO 3166-1", provider);
        require(currencies.stream().allMatch(IntegrationProvider::isCurrency), "money", provider);
        require(!capabilities.isEmpty() && !setup.isEmpty(), "a use and some help", provider);
        require(
                form.stream().map(FormField::name).distinct().count() == form.size(),
                "fields of different names",
                provider);
        require(
                form.stream().filter(FormField::isAccount).count() <= 1,
                "one field for the account",
                provider);
        require(
                webhook == null || isSecret(form, webhook.secretField()),
                "a webhook's secret in the form",
                provider);
        require(
                oauth == null || isSecret(form, oauth.tokenField()),
                "a field for the token",
                provider);
        require(baseUrl != null || !hasTestCall, "an address to test", provider);
        if (baseUrl != null) {
            require(baseUrl.startsWith("https://"), "a call by https", provider);
            for (String setting : settings(baseUrl)) {
                require(
                        form.stream()
                                .anyMatch(
                                        field ->
                                                field.name().equals(setting)
                                                        && field.isRequired()
                                                        && (field.type() == FormField.Type.HOST
                                                                || field.type()
                                                                        == FormField.Type.CHOICE)),
                        "a host or a choice in its address",
                        provider);
            }
        }
    }

    /** Its id in every database. */
    public UUID id() {
        return idOf(provider);
    }

    /** The id of a provider by its short name. */
    public static UUID idOf(String provider) {
        try {
            ByteBuffer hash =
                    ByteBuffer.wrap(
                            MessageDigest.getInstance("MD5")
                                    .digest(
                                            ("integration_provider:" + provider)
                                                    .getBytes(StandardCharsets.UTF_8)));
            return new UUID(hash.getLong(), hash.getLong());
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }

    /** Whether it is connected by consent in the browser too. */
    public boolean isOAuth() {
        return oauth != null;
    }

    /** The field of the form; empty where it has none of that name. */
    public Optional<FormField> field(String name) {
        return form.stream().filter(field -> field.name().equals(name)).findFirst();
    }

    /** The names in braces of a base URL. */
    static List<String> settings(String baseUrl) {
        return SETTING.matcher(baseUrl).results().map(found -> found.group(1)).toList();
    }

    private static boolean isSecret(List<FormField> form, String name) {
        return form.stream().anyMatch(field -> field.name().equals(name) && field.isSecret());
    }

    private static boolean isCurrency(String code) {
        return Currency.getAvailableCurrencies().stream()
                .anyMatch(known -> known.getCurrencyCode().equals(code));
    }

    private static void require(boolean holds, String what, String provider) {
        if (!holds) {
            throw new IllegalArgumentException("A provider has " + what + ": " + provider);
        }
    }
}

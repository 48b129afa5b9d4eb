package io.customergraph.migrations;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.Currency;
import java.util.IllformedLocaleException;
import java.util.Locale;
import java.util.concurrent.Callable;

@Command(name = "tenant", description = "Makes tenants.", subcommands = TenantCommand.Create.class)
final class TenantCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command? tenant create");
    }

    @Command(
            name = "create",
            description = "Adds a tenant, with the shipped policies for its identifiers.")
    @SuppressWarnings("NullAway.Init")
    static final class Create implements Callable<Integer> {

        private static final String INSERT =
                """
                INSERT INTO tenants (
                    id, name, default_region, default_currency, default_language, default_timezone)
                VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (id) DO NOTHING
                """;

        @Mixin private final Database database = new Database();

        @Option(
                names = "--id",
                required = true,
                description = "lower-case letters, digits, '-' and '_'; never changes")
        private String id;

        @Option(names = "--name", required = true, description = "as people read it")
        private String name;

        @Option(
                names = "--region",
                required = true,
                description = "ISO 3166 country in which its phone numbers are read, such as SA")
        private String region;

        @Option(names = "--currency", required = true, description = "ISO 4217, such as SAR")
        private String currency;

        @Option(
                names = "--language",
                defaultValue = "fr",
                description = "BCP 47 (default: ${DEFAULT-VALUE})")
        private String language;

        @Option(
                names = "--timezone",
                defaultValue = "Europe/Paris",
                description = "of the tz database (default: ${DEFAULT-VALUE})")
        private String timezone;

        @Override
        public Integer call() throws SQLException {
            check();
            if (database.inTransaction(this::insert) == 0) {
                throw new Refused("There is a tenant " + id + " already");
            }
            database.out().println("Made the tenant " + id + ".");
            return 0;
        }

        private int insert(Connection connection) throws SQLException {
            try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
                statement.setString(1, id);
                statement.setString(2, name);
                statement.setString(3, region);
                statement.setString(4, currency);
                statement.setString(5, language);
                statement.setString(6, timezone);
                return statement.executeUpdate();
            }
        }

        private void check() {
            require(
                    id.matches("[a-z0-9][a-z0-9_-]{0,62}"),
                    "An id is 1 to 63 lower-case letters, digits, '-' and '_'");
            require(!name.isBlank(), "A tenant has a name");
            require(
                    Locale.getISOCountries(Locale.IsoCountryCode.PART1_ALPHA2).contains(region),
                    "There is no region " + region + "; ISO 3166 has two capitals, such as SA");
            require(
                    Currency.getAvailableCurrencies().stream()
                            .anyMatch(known -> known.getCurrencyCode().equals(currency)),
                    "There is no currency " + currency + "; ISO 4217 has three capitals");
            require(isLanguage(language), "There is no language " + language);
            require(
                    ZoneId.getAvailableZoneIds().contains(timezone),
                    "There is no time zone " + timezone);
        }

        private static boolean isLanguage(String tag) {
            try {
                return !new Locale.Builder().setLanguageTag(tag).build().getLanguage().isEmpty();
            } catch (IllformedLocaleException none) {
                return false;
            }
        }

        private static void require(boolean holds, String message) {
            if (!holds) {
                throw new Refused(message);
            }
        }
    }
}

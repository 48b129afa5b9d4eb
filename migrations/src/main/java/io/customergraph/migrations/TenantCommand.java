package io.customergraph.migrations;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.Callable;

@Command(
        name = "tenant",
        description = "Tenants.",
        subcommands = TenantCommand.Create.class,
        synopsisSubcommandLabel = "create")
final class TenantCommand {

    private static final String INSERT =
            """
            INSERT INTO tenants (
                id, name, default_region, default_currency, default_language, default_timezone)
            VALUES (?, ?, ?, ?, ?, ?)
            """;

    @Command(name = "create", description = "Adds a tenant.")
    static final class Create implements Callable<Integer> {

        @Mixin
        @SuppressWarnings("NullAway.Init") // picocli sets what is required.
        private OwnerConnection owner;

        @Option(names = "--id", required = true, description = "a-z, 0-9, - and _")
        @SuppressWarnings("NullAway.Init")
        private String id;

        @Option(names = "--name", required = true)
        @SuppressWarnings("NullAway.Init")
        private String name;

        @Option(names = "--region", required = true, description = "ISO 3166-1, such as SA")
        @SuppressWarnings("NullAway.Init")
        private String region;

        @Option(names = "--currency", required = true, description = "ISO 4217, such as SAR")
        @SuppressWarnings("NullAway.Init")
        private String currency;

        @Option(names = "--language", defaultValue = "fr")
        @SuppressWarnings("NullAway.Init")
        private String language;

        @Option(names = "--timezone", defaultValue = "Europe/Paris")
        @SuppressWarnings("NullAway.Init")
        private String timezone;

        @Override
        public Integer call() throws IOException, SQLException {
            try (Connection connection = owner.open();
                    PreparedStatement statement = connection.prepareStatement(INSERT)) {
                statement.setString(1, id);
                statement.setString(2, name);
                statement.setString(3, region);
                statement.setString(4, currency);
                statement.setString(5, language);
                statement.setString(6, timezone);
                statement.executeUpdate();
            }
            System.out.println("Added tenant " + id);
            return 0;
        }
    }
}

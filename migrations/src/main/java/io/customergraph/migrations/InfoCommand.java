package io.customergraph.migrations;

import org.flywaydb.core.api.MigrationInfo;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.util.Locale;
import java.util.concurrent.Callable;

@Command(name = "info", description = "Shows which migrations are applied and which are not.")
final class InfoCommand implements Callable<Integer> {

    @Mixin private final Database database = new Database();

    @Override
    public Integer call() {
        for (MigrationInfo migration : database.flyway().info().all()) {
            database.out()
                    .printf(
                            "%-6s %-34s %-10s %s%n",
                            migration.isVersioned() ? migration.getVersion() : "",
                            migration.getDescription(),
                            migration.getState().getDisplayName().toLowerCase(Locale.ROOT),
                            migration.getInstalledOn() == null
                                    ? ""
                                    : migration.getInstalledOn().toInstant());
        }
        return 0;
    }
}

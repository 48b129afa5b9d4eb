package io.customergraph.migrations;

import org.flywaydb.core.api.output.MigrateResult;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.util.concurrent.Callable;

@Command(name = "migrate", description = "Brings the database up to this program's version.")
final class MigrateCommand implements Callable<Integer> {

    @Mixin private final Database database = new Database();

    @Override
    public Integer call() {
        MigrateResult result = database.flyway().migrate();
        database.out()
                .println(
                        result.migrationsExecuted == 0
                                ? "The database is up to date."
                                : "Applied "
                                        + result.migrationsExecuted
                                        + " migrations; the database is at version "
                                        + result.targetSchemaVersion
                                        + ".");
        return 0;
    }
}

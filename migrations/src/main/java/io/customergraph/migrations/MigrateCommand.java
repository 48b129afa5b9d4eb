package io.customergraph.migrations;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.output.MigrateResult;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.io.IOException;
import java.util.concurrent.Callable;

@Command(name = "migrate", description = "Brings the database up to this version.")
final class MigrateCommand implements Callable<Integer> {

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it.
    private OwnerConnection owner;

    @Override
    public Integer call() throws IOException {
        Flyway flyway = owner.flyway();
        MigrateResult result = flyway.migrate();
        System.out.println(result.migrationsExecuted + " migrations were applied");
        return 0;
    }
}

package io.customergraph.migrations;

import org.flywaydb.core.api.MigrationVersion;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

@Command(
        name = "undo",
        description = {
            "Takes back every migration after a version, all of them or none.",
            "What is in their tables is lost: back up first."
        })
final class UndoCommand implements Callable<Integer> {

    private static final String NOTHING = "0";

    @Mixin private final Database database = new Database();

    @Option(
            names = "--to",
            required = true,
            paramLabel = "<version>",
            description = "the version to go back to; 0 takes everything back")
    @SuppressWarnings("NullAway.Init")
    private String version;

    @Override
    public Integer call() throws SQLException {
        int undone = database.inTransaction(this::undo);
        database.out()
                .println(
                        undone == 0
                                ? "The database is at version " + version + " already."
                                : "Took " + undone + " migrations back.");
        return 0;
    }

    private int undo(Connection connection) throws SQLException {
        MigrationVersion target = target();
        History.lock(connection);
        List<Script> applied = History.applied(connection);
        boolean toNothing = target.equals(MigrationVersion.fromVersion(NOTHING));
        if (!toNothing && applied.stream().noneMatch(script -> of(script).equals(target))) {
            throw new Refused(
                    "Version " + version + " is not applied; `info` lists those that are");
        }
        List<Script> gone =
                applied.stream().filter(script -> of(script).isNewerThan(target)).toList();
        List<String> undos = new ArrayList<>();
        for (Script script : gone) {
            undos.add(
                    script.undo()
                            .orElseThrow(
                                    () ->
                                            new Refused(
                                                    "This program cannot undo "
                                                            + script.file()
                                                            + "; use the one that applied it")));
        }
        try (Statement statement = connection.createStatement()) {
            for (String undo : undos) {
                statement.execute(undo);
            }
        }
        for (Script script : gone) {
            History.remove(connection, script);
        }
        if (toNothing) {
            History.drop(connection);
        }
        return gone.size();
    }

    private MigrationVersion target() {
        if (!version.matches("\\d{1,9}(\\.\\d{1,9}){0,3}")) {
            throw new Refused("A version is a number, such as 090");
        }
        return MigrationVersion.fromVersion(version);
    }

    private static MigrationVersion of(Script script) {
        return MigrationVersion.fromVersion(script.version());
    }
}

package io.customergraph.migrations;

import picocli.CommandLine;
import picocli.CommandLine.Command;

import java.util.Set;

/** The operator's commands. The application's jar offers them too. */
@Command(
        name = "customergraph",
        description = "Migrates and checks the database, and lets tenants and callers in.",
        mixinStandardHelpOptions = true,
        subcommands = {
            MigrateCommand.class,
            UndoCommand.class,
            VerifyCommand.class,
            TenantCommand.class,
            ApiKeyCommand.class
        })
public final class Migrate {

    private static final Set<String> COMMANDS =
            Set.of("migrate", "undo", "verify", "tenant", "api-key", "help");

    /** Whether the arguments are for an operator's command. */
    public static boolean isCommand(String[] arguments) {
        return arguments.length > 0 && COMMANDS.contains(arguments[0]);
    }

    /**
     * Runs a command.
     *
     * @return 0 where it did what it says, 1 where it could not or found something wrong, 2 where
     *     its arguments are not right
     */
    public static int run(String[] arguments) {
        return new CommandLine(new Migrate())
                .setExecutionExceptionHandler(
                        (failure, command, parsed) -> {
                            command.getErr().println(failure.getMessage());
                            return 1;
                        })
                .execute(arguments);
    }

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }
}

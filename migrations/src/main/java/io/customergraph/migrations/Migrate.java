package io.customergraph.migrations;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The command line of an operator.
 *
 * <p>Exit codes: 0 done; 1 not done, with the reason on the error stream, or {@code reconcile}
 * found a difference; 2 wrong usage; 3 {@code verify} found a problem.
 */
@Command(
        name = "customergraph",
        description = "Commands for the operator of a CustomerGraph database.",
        subcommands = {
            MigrateCommand.class,
            InfoCommand.class,
            UndoCommand.class,
            VerifyCommand.class,
            TenantCommand.class,
            ApiKeyCommand.class,
            MatchRunCommand.class,
            ReconcileCommand.class,
            CommandLine.HelpCommand.class
        },
        footer = {
            "",
            "The connection of every command is that of the database's owner:",
            "  --url, --user, --password-file, or the environment variables",
            "  CUSTOMERGRAPH_DATABASE_URL, CUSTOMERGRAPH_DATABASE_USER and",
            "  CUSTOMERGRAPH_DATABASE_PASSWORD.",
            "",
            "Exit codes: 0 done, 1 not done or reconcile found a difference, 2 wrong usage,",
            "3 verify found a problem."
        })
public final class Migrate implements Runnable {

    static final int FAILED = 1;
    static final int PROBLEMS_FOUND = 3;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    /**
     * Whether these are the arguments of a command, and not of the application, whose arguments all
     * begin with a dash. A mistyped command is one too, and is told so.
     */
    public static boolean isCommand(String... arguments) {
        return arguments.length > 0 && !arguments[0].startsWith("-");
    }

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** The commands, to be executed; a failure is told on the error stream and not thrown. */
    public static CommandLine commandLine() {
        return new CommandLine(new Migrate())
                .setExecutionExceptionHandler(
                        (failure, command, parsed) -> {
                            command.getErr().println("error: " + FailureMessage.of(failure));
                            command.getErr().flush();
                            return FAILED;
                        });
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command?");
    }
}

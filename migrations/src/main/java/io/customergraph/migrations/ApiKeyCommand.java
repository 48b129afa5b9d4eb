package io.customergraph.migrations;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "api-key",
        description = "Makes and revokes API keys.",
        subcommands = {ApiKeyCreateCommand.class, ApiKeyRevokeCommand.class})
final class ApiKeyCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "Which command? api-key create, api-key revoke");
    }
}

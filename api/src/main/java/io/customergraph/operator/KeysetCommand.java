package io.customergraph.operator;

import io.customergraph.secret.SecretKeys;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.util.concurrent.Callable;

/** Makes keysets, the whole of which goes to the output and nothing else. */
@Command(
        name = "keyset",
        description = "makes the keys that encrypt the secrets of integrations",
        subcommands = {KeysetCommand.Create.class, KeysetCommand.Rotate.class})
public final class KeysetCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command?");
    }

    @Command(
            name = "create",
            description = "Prints a new keyset. Keep it with your other secrets, and keep a copy.")
    static final class Create implements Callable<Integer> {

        @Spec
        @SuppressWarnings("NullAway.Init")
        private CommandSpec spec;

        @Override
        public Integer call() {
            spec.commandLine().getOut().println(SecretKeys.generate().serialize());
            return 0;
        }
    }

    @Command(
            name = "rotate",
            description = {
                "Prints the keyset with one more key, which encrypts from then on.",
                "Give it to every node, then run reencrypt-secrets."
            })
    static final class Rotate implements Callable<Integer> {

        @Spec
        @SuppressWarnings("NullAway.Init")
        private CommandSpec spec;

        @Mixin private final KeysetOption keyset = new KeysetOption();

        @Override
        public Integer call() {
            spec.commandLine().getOut().println(keyset.keys().withNewPrimary().serialize());
            return 0;
        }
    }
}

package io.customergraph.operator;

import io.customergraph.secret.SecretKeys;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The option that says which keyset a command works with; never the keyset itself. */
final class KeysetOption {

    private static final long LONGEST_FILE = 1_000_000;

    @Spec(Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Option(
            names = "--keyset-file",
            paramLabel = "<file>",
            description =
                    "that holds the keyset (environment: CUSTOMERGRAPH_SECRETS_KEYSET, the keyset)")
    private @Nullable Path file;

    SecretKeys keys() {
        try {
            return SecretKeys.parse(text());
        } catch (IllegalArgumentException unreadable) {
            throw wrong("This is no keyset; the command keyset create makes one");
        }
    }

    private String text() {
        if (file == null) {
            String given = System.getenv("CUSTOMERGRAPH_SECRETS_KEYSET");
            if (given == null) {
                throw wrong("Which keyset? Give --keyset-file or CUSTOMERGRAPH_SECRETS_KEYSET");
            }
            return given;
        }
        try {
            if (Files.size(file) > LONGEST_FILE) {
                throw wrong("The file is too long for a keyset");
            }
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw wrong("The keyset file " + file + " cannot be read");
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(command.commandLine(), message);
    }
}

package io.customergraph.migrations;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * One applied migration, and the scripts that stand beside it under the same name: {@code
 * V010__tenants.sql}, {@code undo/U010__tenants.sql}, {@code verify/010__tenants.sql}.
 */
record Script(String version, String file) {

    Script {
        if (!file.startsWith("V") || !file.endsWith(".sql")) {
            throw new Refused("The database was migrated by " + file + ", which is no script here");
        }
    }

    /** What takes the migration back; empty for a migration that this program does not have. */
    Optional<String> undo() {
        return read("/db/undo/U" + file.substring(1));
    }

    /** What asks for what the migration's tables must not hold; empty where it made none. */
    Optional<String> verify() {
        return read("/db/verify/" + file.substring(1));
    }

    /** A script beside the migrations, by its name. */
    static Optional<String> read(String resource) {
        try (InputStream script = Script.class.getResourceAsStream(resource)) {
            return script == null
                    ? Optional.empty()
                    : Optional.of(new String(script.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}

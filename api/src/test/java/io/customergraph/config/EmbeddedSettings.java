package io.customergraph.config;

import io.customergraph.testing.TestDatabase;

/** Gives the database of tests the settings that the embedded one has. */
public final class EmbeddedSettings {

    private EmbeddedSettings() {}

    /** Before the database is started, which is when it is first asked for. */
    public static void apply() {
        PostgresSettings.FOR_SHORT_STATEMENTS.forEach(
                (name, value) -> System.setProperty(TestDatabase.SETTINGS + name, value));
    }
}

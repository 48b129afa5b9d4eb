package io.customergraph.migrations;

import org.flywaydb.core.api.logging.Log;
import org.flywaydb.core.api.logging.LogCreator;

/** Leaves of Flyway's log the warnings: the commands tell the rest themselves. */
final class WarningLog implements Log {

    /** PostgreSQL also says so where a script asks for what is there, as it may after an undo. */
    private static final String EXISTS_ALREADY = "SQL State: 42710";

    @Override
    public void debug(String message) {}

    @Override
    public void info(String message) {}

    @Override
    public void notice(String message) {}

    @Override
    public void warn(String message) {
        if (message.contains(EXISTS_ALREADY)) {
            return;
        }
        System.err.println("warning: " + message);
    }

    /** What fails is thrown as well, and told once. */
    @Override
    public void error(String message) {}

    @Override
    public void error(String message, Exception failure) {}

    /** Flyway makes it by its name. */
    public static final class Creator implements LogCreator {

        @Override
        public Log createLogger(Class<?> owner) {
            return new WarningLog();
        }
    }
}

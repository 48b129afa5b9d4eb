package io.customergraph.config;

import io.r2dbc.spi.ConnectionFactory;

import org.springframework.r2dbc.core.DatabaseClient;

import java.time.Duration;

/** Refuses a database role for which row-level security would not hold. */
final class DatabaseRoleCheck {

    private static final String BYPASSES_ISOLATION =
            """
            SELECT r.rolsuper OR r.rolbypassrls OR EXISTS (
                SELECT FROM pg_class c
                WHERE c.relname = 'customers' AND pg_has_role(r.oid, c.relowner, 'MEMBER'))
            FROM pg_roles r
            WHERE r.rolname = current_user
            """;

    private DatabaseRoleCheck() {}

    /** To be called while the application starts, on a thread that may block. */
    static void requireIsolatedRole(ConnectionFactory connections) {
        Boolean bypasses =
                DatabaseClient.create(connections)
                        .sql(BYPASSES_ISOLATION)
                        .map(row -> Boolean.TRUE.equals(row.get(0, Boolean.class)))
                        .one()
                        .block(Duration.ofSeconds(30));
        if (!Boolean.FALSE.equals(bypasses)) {
            throw new StartRefused(
                    "The database role of spring.r2dbc.username is a superuser, bypasses row-level"
                        + " security or owns the tables, so one tenant could see another's rows",
                    "Connect as customergraph_app, which the migrations made: ALTER ROLE"
                            + " customergraph_app LOGIN PASSWORD '...'",
                    null);
        }
    }
}

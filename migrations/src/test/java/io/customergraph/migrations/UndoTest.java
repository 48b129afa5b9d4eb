package io.customergraph.migrations;

import static org.assertj.core.api.Assertions.assertThat;

import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

class UndoTest {

    /** Everything in the schema that no extension brought: nothing is left of it after an undo. */
    private static final String OBJECTS =
            """
            SELECT kind, name, definition
            FROM (
                SELECT 'relation' AS kind, c.oid, c.tableoid, c.relname::text AS name,
                       coalesce(pg_get_indexdef(i.indexrelid),
                                (SELECT string_agg(concat_ws(' ', attname, format_type(atttypid, atttypmod),
                                                             attnotnull, attacl), ', ' ORDER BY attnum)
                                 FROM pg_attribute a
                                 WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT attisdropped))
                       || coalesce(c.relacl::text, '') AS definition
                FROM pg_class c
                LEFT JOIN pg_index i ON i.indexrelid = c.oid
                WHERE c.relnamespace = 'public'::regnamespace
                UNION ALL
                SELECT 'routine', p.oid, p.tableoid, p.proname, p.prosrc || coalesce(p.proacl::text, '')
                FROM pg_proc p
                WHERE p.pronamespace = 'public'::regnamespace
                UNION ALL
                SELECT 'domain', t.oid, t.tableoid, t.typname, ''
                FROM pg_type t
                WHERE t.typnamespace = 'public'::regnamespace AND t.typtype = 'd'
                UNION ALL
                SELECT 'constraint', n.oid, n.tableoid, n.conname, pg_get_constraintdef(n.oid)
                FROM pg_constraint n
                WHERE n.connamespace = 'public'::regnamespace
                UNION ALL
                SELECT 'trigger', g.oid, g.tableoid, g.tgname, pg_get_triggerdef(g.oid)
                FROM pg_trigger g
                WHERE NOT g.tgisinternal
                UNION ALL
                SELECT 'policy', y.oid, y.tableoid, y.polname, pg_get_expr(y.polqual, y.polrelid)
                FROM pg_policy y) AS o
            WHERE NOT EXISTS (
                SELECT FROM pg_depend d
                WHERE d.classid = o.tableoid AND d.objid = o.oid AND d.deptype = 'e')
            ORDER BY kind, name, definition
            """;

    @Test
    void undoing_everything_leaves_nothing_and_migrating_again_brings_the_same()
            throws SQLException {
        OperatorDatabase database = new OperatorDatabase();
        List<String> nothing = database.rows(OBJECTS);
        assertThat(nothing).isEmpty();
        assertThat(database.command("migrate").exitCode()).isZero();
        List<String> everything = database.rows(OBJECTS);
        assertThat(everything).isNotEmpty();
        assertThat(database.command("verify").exitCode()).isZero();

        assertThat(database.command("undo", "--to", "0").exitCode()).isZero();

        assertThat(database.rows(OBJECTS)).isEmpty();
        assertThat(grantsToTheApplication(database)).isEmpty();
        assertThat(database.command("migrate").exitCode()).isZero();
        assertThat(database.rows(OBJECTS)).isEqualTo(everything);
        assertThat(database.command("verify").exitCode()).isZero();
    }

    @Test
    void each_undo_restores_exactly_what_was_before_its_migration() throws SQLException {
        OperatorDatabase database = new OperatorDatabase();
        List<String> versions =
                OperatorDatabase.migrated()
                        .rows("SELECT version FROM flyway_schema_history ORDER BY installed_rank");
        Map<String, List<String>> migrated = new HashMap<>();
        for (String version : versions) {
            migrated.put(version, migratedTo(database, version));
        }

        for (String version : versions.reversed().subList(1, versions.size())) {
            assertThat(database.command("undo", "--to", version).exitCode()).isZero();
            assertThat(database.rows(OBJECTS)).as(version).isEqualTo(migrated.get(version));
        }
    }

    @Test
    void an_undo_with_rows_in_the_tables_passes_and_the_rest_stays() throws SQLException {
        OperatorDatabase database = OperatorDatabase.migrated();
        String newest = database.rows("SELECT max(version) FROM flyway_schema_history").getFirst();
        OneRowOfEverything.insert(database, "kept");

        assertThat(database.command("undo", "--to", "020").exitCode()).isZero();

        assertThat(database.rows("SELECT count(*) FROM customers WHERE status = 'active'"))
                .containsExactly("1");
        assertThat(database.command("info").out()).contains("020").contains("pending");
        assertThat(database.command("verify").exitCode()).isZero();
        assertThat(database.command("migrate").out()).contains("at version " + newest);
    }

    @Test
    void a_version_that_is_not_applied_is_refused_and_nothing_is_undone() throws SQLException {
        OperatorDatabase database = OperatorDatabase.migrated();

        OperatorDatabase.Outcome outcome = database.command("undo", "--to", "015");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).contains("015 is not applied").doesNotContain("\tat ");
        assertThat(database.rows("SELECT count(*) FROM customers")).containsExactly("0");
    }

    @Test
    void what_this_program_did_not_apply_it_does_not_undo() throws SQLException {
        OperatorDatabase database = OperatorDatabase.migrated();
        database.execute(
                """
                INSERT INTO flyway_schema_history (
                    installed_rank, version, description, type, script, installed_by,
                    execution_time, success)
                VALUES (99, '999', 'of the future', 'SQL', 'V999__of_the_future.sql', 'x', 1, true)
                """);

        OperatorDatabase.Outcome outcome = database.command("undo", "--to", "0");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).contains("V999__of_the_future.sql");
        assertThat(database.rows("SELECT count(*) FROM customers")).containsExactly("0");
    }

    private static List<String> migratedTo(OperatorDatabase database, String version)
            throws SQLException {
        Flyway.configure()
                .dataSource(database.url(), "postgres", null)
                .loggers(WarningLog.Creator.class.getName())
                .target(version)
                .load()
                .migrate();
        return database.rows(OBJECTS);
    }

    private static List<String> grantsToTheApplication(OperatorDatabase database)
            throws SQLException {
        return database.rows(
                """
                SELECT classid::regclass, objid
                FROM pg_shdepend
                WHERE refobjid = 'customergraph_app'::regrole
                  AND dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
                """);
    }
}

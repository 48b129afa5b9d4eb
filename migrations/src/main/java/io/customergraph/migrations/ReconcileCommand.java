package io.customergraph.migrations;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;

/** Asks for runs over a tenant's connections and follows them; running nodes do them. */
@Command(
        name = "reconcile",
        description = {
            "Tells whether what is here is what its sources have, by reading everything there once"
                    + " more on a running node, and whether it agrees with itself.",
            "Exits with 1 where something differs."
        })
@SuppressWarnings("NullAway.Init")
final class ReconcileCommand implements Callable<Integer> {

    private static final int DIFFERS = 1;
    private static final long PAUSE_MILLIS = 1_000;

    private static final String IS_TENANT = "SELECT 1 FROM tenants WHERE id = ?";

    /** What was never read is of a provider that is not read. */
    private static final String READ =
            """
            SELECT c.id FROM integration_connections c
            WHERE c.tenant_id = ? AND c.status = 'active'
              AND EXISTS (
                  SELECT FROM integration_syncs s
                  WHERE s.tenant_id = c.tenant_id AND s.connection_id = c.id)
            ORDER BY c.id
            """;

    private static final String REQUEST =
            """
            INSERT INTO reconciliations (tenant_id, id, connection_id, resources, repairs, actor)
            SELECT c.tenant_id, ?, c.id, ?, ?, 'operator'
            FROM integration_connections c
            WHERE c.tenant_id = ? AND c.id = ? AND c.status = 'active'
            ON CONFLICT DO NOTHING
            """;

    private static final String FOLLOW =
            """
            SELECT status, phase, records, problem, unreadable
            FROM reconciliations WHERE tenant_id = ? AND id = ?
            """;

    private static final String FOUND =
            """
            SELECT c.provider || ' ' || c.account, e.record_type, e.source_count, e.count,
                   CASE WHEN (e.source_high, e.source_low) = (e.high, e.low) THEN 'same'
                        ELSE 'different' END,
                   e.missing, e.extra, e.outdated, e.different, e.unlinked, e.not_compared,
                   e.remaining,
                   coalesce(e.remaining,
                            e.missing + e.extra + e.outdated + e.different + e.unlinked) AS differs
            FROM reconciliations r
            JOIN integration_connections c ON c.tenant_id = r.tenant_id AND c.id = r.connection_id
            JOIN reconciliation_entities e
                ON e.tenant_id = r.tenant_id AND e.reconciliation_id = r.id
            WHERE r.tenant_id = ? AND r.id = ?
            ORDER BY e.record_type
            """;

    private static final int COLUMNS = 12;

    @Mixin private final Database database = new Database();

    @Option(names = "--tenant", required = true, description = "its id")
    private String tenant;

    @Option(
            names = "--connection",
            paramLabel = "<uuid>",
            description =
                    "as in the address of its webhook; may be given several times (default: all"
                            + " active ones that are read)")
    private List<UUID> connections = List.of();

    @Option(
            names = "--resource",
            description =
                    "in the provider's words, such as orders; may be given several times (default:"
                            + " all that is read)")
    private List<String> resources = List.of();

    @Option(
            names = "--repair",
            description =
                    "ingest what is missing, older or different, delete what two readings did not"
                            + " have, and count again what is counted wrongly")
    private boolean repairs;

    @Option(names = "--within", description = "do not ask the sources")
    private boolean isWithin;

    @Override
    public Integer call() throws SQLException, InterruptedException {
        database.inTransaction(this::requireTenant);
        long differences = isWithin ? 0 : againstSources();
        if (repairs) {
            database.inTransaction(this::repairWithin);
        }
        differences += database.inTransaction(this::within);
        database.out()
                .println(differences == 0 ? "Nothing differs." : differences + " differences.");
        database.out().flush();
        return differences == 0 ? 0 : DIFFERS;
    }

    private Boolean requireTenant(Connection connection) throws SQLException {
        VerifyCommand.requireSight(connection, History.applied(connection));
        try (PreparedStatement statement = connection.prepareStatement(IS_TENANT)) {
            statement.setString(1, tenant);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    throw new Refused("There is no tenant " + tenant);
                }
                return true;
            }
        }
    }

    private long againstSources() throws SQLException, InterruptedException {
        List<UUID> runs = database.inTransaction(this::request);
        if (runs.isEmpty()) {
            database.out().println("No active connection is read.");
            return 0;
        }
        long differences = 0;
        Table table =
                new Table(
                        "source",
                        "record",
                        "there",
                        "here",
                        "checksum",
                        "missing",
                        "extra",
                        "outdated",
                        "different",
                        "unlinked",
                        "not compared",
                        "left");
        for (UUID run : runs) {
            differences += follow(run);
            differences += database.inTransaction(connection -> found(connection, run, table));
        }
        table.print(database.out());
        return differences;
    }

    /** All of them or none. */
    private List<UUID> request(Connection connection) throws SQLException {
        List<UUID> runs = new ArrayList<>();
        for (UUID of : connections.isEmpty() ? read(connection) : connections) {
            UUID run = UUID.randomUUID();
            try (PreparedStatement statement = connection.prepareStatement(REQUEST)) {
                statement.setObject(1, run);
                statement.setArray(2, connection.createArrayOf("text", resources.toArray()));
                statement.setBoolean(3, repairs);
                statement.setString(4, tenant);
                statement.setObject(5, of);
                if (statement.executeUpdate() == 0) {
                    throw new Refused(
                            "There is no active connection "
                                    + of
                                    + ", or a reconciliation of it is under way already");
                }
            }
            runs.add(run);
        }
        return runs;
    }

    private List<UUID> read(Connection connection) throws SQLException {
        List<UUID> read = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(READ)) {
            statement.setString(1, tenant);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    read.add(row.getObject(1, UUID.class));
                }
            }
        }
        return read;
    }

    private record Progress(String status, String line, long unreadable) {}

    /** Until it ended; how much of it could not be compared at all. */
    private long follow(UUID run) throws SQLException, InterruptedException {
        String last = "";
        while (true) {
            Progress progress = database.inTransaction(connection -> progress(connection, run));
            if (!progress.line.equals(last)) {
                database.out().println(progress.line);
                database.out().flush();
                last = progress.line;
            }
            if (progress.status.equals("failed")) {
                throw new Refused("The run failed: " + progress.line);
            }
            if (progress.status.equals("finished")) {
                return progress.unreadable;
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    private Progress progress(Connection connection, UUID run) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FOLLOW)) {
            statement.setString(1, tenant);
            statement.setObject(2, run);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                String problem = row.getString("problem");
                return new Progress(
                        row.getString("status"),
                        row.getString("phase")
                                + ": "
                                + row.getLong("records")
                                + " records read"
                                + (problem == null ? "" : ", " + problem),
                        row.getLong("unreadable"));
            }
        }
    }

    private Long found(Connection connection, UUID run, Table table) throws SQLException {
        long differences = 0;
        try (PreparedStatement statement = connection.prepareStatement(FOUND)) {
            statement.setString(1, tenant);
            statement.setObject(2, run);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    List<String> cells = new ArrayList<>();
                    for (int column = 1; column <= COLUMNS; column++) {
                        String cell = row.getString(column);
                        cells.add(cell == null ? "" : cell);
                    }
                    table.add(cells);
                    differences += row.getLong("differs");
                }
            }
        }
        return differences;
    }

    private Boolean repairWithin(Connection connection) throws SQLException {
        WithinQuestions.repair(connection, tenant);
        return true;
    }

    private Integer within(Connection connection) throws SQLException {
        // One moment for all questions, else what is written meanwhile looks like a problem.
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setReadOnly(true);
        WithinQuestions.count(connection, tenant, database.out());
        return WithinQuestions.ask(connection, tenant, database.out());
    }
}

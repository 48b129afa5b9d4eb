package io.customergraph.migrations;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;

/** Asks for a bulk run and follows it; a running node does it. */
@Command(
        name = "match-run",
        description =
                "compares all customers of a tenant, on a running node, and shows how far it is")
@SuppressWarnings("NullAway.Init")
final class MatchRunCommand implements Callable<Integer> {

    private static final String REQUEST =
            """
            INSERT INTO match_runs (tenant_id, id, mode, actor, model_version)
            SELECT t.id, ?, ?, 'operator', m.version
            FROM tenants t
            CROSS JOIN (SELECT ?::text AS version) AS m
            WHERE t.id = ?
              AND (m.version IS NULL OR m.version = 'shipped-1' OR EXISTS (
                  SELECT FROM match_models k WHERE k.tenant_id = t.id AND k.version = m.version))
            ON CONFLICT DO NOTHING
            """;

    private static final String FOLLOW =
            """
            SELECT status, phase, processed, total, customers, compared_pairs, likely_pairs,
                   review_pairs, merged, failure, mode, model_version, rounds
            FROM match_runs WHERE tenant_id = ? AND id = ?
            """;

    private static final long PAUSE_MILLIS = 1_000;

    @Mixin private final Database database = new Database();

    @Option(names = "--tenant", required = true, description = "its id")
    private String tenant;

    @ArgGroup private final Mode mode = new Mode();

    /** What it is for; by itself a run only counts. */
    private static final class Mode {

        @Option(
                names = "--apply",
                description = "merge what is evident, and leave the rest to people")
        private boolean isApplied;

        @Option(
                names = "--train",
                description = "learn a model from the customers, and store it; nothing uses it yet")
        private boolean isTraining;

        @Option(
                names = "--model",
                description = "count what the model of this version would find, such as trained-1")
        private @Nullable String model;

        String name() {
            return isApplied ? "apply" : isTraining ? "train" : "dry_run";
        }
    }

    @Override
    public Integer call() throws SQLException, InterruptedException {
        UUID id = UUID.randomUUID();
        if (database.inTransaction(connection -> request(connection, id)) == 0) {
            throw new Refused(
                    "There is no tenant "
                            + tenant
                            + ", it has no model of that version, or a run of it is under way"
                            + " already");
        }
        String last = "";
        while (true) {
            Progress progress = database.inTransaction(connection -> follow(connection, id));
            if (!progress.line.equals(last)) {
                database.out().println(progress.line);
                database.out().flush();
                last = progress.line;
            }
            if (progress.status.equals("failed")) {
                throw new Refused("The run failed: " + progress.failure);
            }
            if (progress.status.equals("finished")) {
                return 0;
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    private int request(Connection connection, UUID id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(REQUEST)) {
            statement.setObject(1, id);
            statement.setString(2, mode.name());
            statement.setString(3, mode.model);
            statement.setString(4, tenant);
            return statement.executeUpdate();
        }
    }

    private record Progress(String status, String line, String failure) {}

    private Progress follow(Connection connection, UUID id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FOLLOW)) {
            statement.setString(1, tenant);
            statement.setObject(2, id);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return new Progress(
                        row.getString("status"),
                        line(row),
                        String.valueOf(row.getString("failure")));
            }
        }
    }

    private static String line(ResultSet row) throws SQLException {
        return switch (row.getString("phase")) {
            case "waiting" -> "Waiting for a node";
            case "done" -> "train".equals(row.getString("mode")) ? trained(row) : compared(row);
            default ->
                    String.format(
                            Locale.ROOT,
                            "%s: %,d%s",
                            row.getString("phase"),
                            row.getLong("processed"),
                            row.getLong("total") == 0
                                    ? ""
                                    : String.format(Locale.ROOT, " of %,d", row.getLong("total")));
        };
    }

    private static String trained(ResultSet row) throws SQLException {
        return String.format(
                Locale.ROOT,
                "Done: %s, learnt from %,d customers in %d rounds",
                row.getString("model_version"),
                row.getLong("customers"),
                row.getInt("rounds"));
    }

    private static String compared(ResultSet row) throws SQLException {
        return String.format(
                Locale.ROOT,
                "Done: %,d customers, %,d pairs compared, %,d likely, %,d to review, %,d merged",
                row.getLong("customers"),
                row.getLong("compared_pairs"),
                row.getLong("likely_pairs"),
                row.getLong("review_pairs"),
                row.getLong("merged"));
    }
}

package io.customergraph.migrations;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.Callable;

@Command(name = "revoke", description = "Ends a key for good; one that is ended already stays so.")
@SuppressWarnings("NullAway.Init")
final class ApiKeyRevokeCommand implements Callable<Integer> {

    private static final String REVOKE =
            """
            WITH revoked AS (
                UPDATE api_keys
                SET revoked_at = coalesce(revoked_at, now())
                WHERE tenant_id = ? AND id = ?
                RETURNING tenant_id, id)
            INSERT INTO audit_log (tenant_id, id, actor, action, subject_type, subject_id)
            SELECT tenant_id, gen_random_uuid(), 'operator', 'revokeApiKey', 'api_key', id
            FROM revoked
            """;

    @Mixin private final Database database = new Database();

    @Option(names = "--tenant", required = true, description = "its id")
    private String tenant;

    @Option(names = "--id", required = true, description = "the key's id")
    private UUID id;

    @Override
    public Integer call() throws SQLException {
        if (database.inTransaction(this::revoke) == 0) {
            throw new Refused("The tenant " + tenant + " has no key " + id);
        }
        database.out().println("Revoked the key " + id + ".");
        return 0;
    }

    private int revoke(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(REVOKE)) {
            statement.setString(1, tenant);
            statement.setObject(2, id);
            return statement.executeUpdate();
        }
    }
}

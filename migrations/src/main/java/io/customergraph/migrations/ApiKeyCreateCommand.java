package io.customergraph.migrations;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;

@Command(
        name = "create",
        description = {
            "Makes a key and prints it: once, for only its hash is kept.",
            "The key alone goes to the output, its id to the error stream."
        })
@SuppressWarnings("NullAway.Init")
final class ApiKeyCreateCommand implements Callable<Integer> {

    /** What a scope may be; a mistyped one would be a key that opens less than its owner thinks. */
    private static final List<String> SCOPES =
            List.of(
                    "customers:read",
                    "customers:write",
                    "matching:review",
                    "revenue:read",
                    "integrations:read",
                    "integrations:write",
                    "partners:admin",
                    "tenant:admin");

    private static final String INSERT =
            """
            WITH made AS (
                INSERT INTO api_keys (
                    tenant_id, id, name, prefix, key_hash, scopes, requests_per_minute, expires_at)
                SELECT id, ?, ?, ?, ?, ?, ?, ?
                FROM tenants
                WHERE id = ?
                RETURNING tenant_id, id)
            INSERT INTO audit_log (tenant_id, id, actor, action, subject_type, subject_id)
            SELECT tenant_id, gen_random_uuid(), 'operator', 'createApiKey', 'api_key', id
            FROM made
            """;

    @Mixin private final Database database = new Database();

    @Option(names = "--tenant", required = true, description = "its id")
    private String tenant;

    @Option(names = "--name", required = true, description = "what the key is for")
    private String name;

    @Option(
            names = "--scopes",
            required = true,
            split = ",",
            paramLabel = "<scope>",
            description = "what it may do: customers:read, customers:write, ...")
    private List<String> scopes;

    @Option(
            names = "--expires",
            description = "when it stops: 2027-01-31 (at 0:00 UTC) or 2027-01-31T18:00:00+03:00")
    private @Nullable String expires;

    @Option(
            names = "--requests-per-minute",
            defaultValue = "6000",
            description = "default: ${DEFAULT-VALUE}")
    private int requestsPerMinute;

    @Override
    public Integer call() throws SQLException {
        check();
        OffsetDateTime expiry = expires == null ? null : expiry(expires);
        UUID id = UUID.randomUUID();
        NewKey key = NewKey.random();
        if (database.inTransaction(connection -> insert(connection, id, key, expiry)) == 0) {
            throw new Refused("There is no tenant " + tenant);
        }
        database.notes().println("Made the key " + id + " of " + tenant + ", shown this once:");
        database.notes().flush();
        database.out().println(key.text());
        return 0;
    }

    private int insert(Connection connection, UUID id, NewKey key, @Nullable OffsetDateTime expiry)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            statement.setObject(1, id);
            statement.setString(2, name);
            statement.setString(3, key.prefix());
            statement.setBytes(4, key.hash());
            statement.setArray(
                    5, connection.createArrayOf("text", scopes.stream().distinct().toArray()));
            statement.setInt(6, requestsPerMinute);
            statement.setObject(7, expiry, Types.TIMESTAMP_WITH_TIMEZONE);
            statement.setString(8, tenant);
            return statement.executeUpdate();
        }
    }

    private void check() {
        if (name.isBlank()) {
            throw new Refused("A key has a name, by which it is found again");
        }
        for (String scope : scopes) {
            if (!SCOPES.contains(scope)) {
                throw new Refused("There is no scope " + scope + "; there are " + SCOPES);
            }
        }
        if (requestsPerMinute <= 0) {
            throw new Refused("A key may ask at least once a minute");
        }
    }

    private static OffsetDateTime expiry(String text) {
        OffsetDateTime expiry;
        try {
            expiry =
                    text.length() == 10
                            ? LocalDate.parse(text).atStartOfDay().atOffset(ZoneOffset.UTC)
                            : OffsetDateTime.parse(text);
        } catch (DateTimeParseException unreadable) {
            throw new Refused("Not a time: " + text + "; one is 2027-01-31T18:00:00+03:00");
        }
        if (!expiry.toInstant().isAfter(Instant.now())) {
            throw new Refused("The key would be expired already");
        }
        return expiry;
    }
}

package io.customergraph.migrations;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;

@Command(
        name = "api-key",
        description = "API keys.",
        subcommands = {ApiKeyCommand.Create.class, ApiKeyCommand.Revoke.class},
        synopsisSubcommandLabel = "create|revoke")
final class ApiKeyCommand {

    private static final String INSERT =
            """
            INSERT INTO api_keys (
                tenant_id, id, name, prefix, key_hash, scopes, requests_per_minute)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """;

    private static final String REVOKE =
            """
            UPDATE api_keys SET revoked_at = now()
            WHERE tenant_id = ? AND id = ? AND revoked_at IS NULL
            """;

    @Command(
            name = "create",
            description = "Makes a key and prints it, this once; only its hash is kept.")
    static final class Create implements Callable<Integer> {

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

        @Mixin
        @SuppressWarnings("NullAway.Init") // picocli sets what is required.
        private OwnerConnection owner;

        @Option(names = "--tenant", required = true)
        @SuppressWarnings("NullAway.Init")
        private String tenant;

        @Option(names = "--name", required = true, description = "For the audit log.")
        @SuppressWarnings("NullAway.Init")
        private String name;

        @Option(names = "--scopes", required = true, split = ",")
        @SuppressWarnings("NullAway.Init")
        private List<String> scopes;

        @Option(names = "--requests-per-minute", defaultValue = "6000")
        private int requestsPerMinute;

        @Override
        public Integer call() throws IOException, SQLException, GeneralSecurityException {
            for (String scope : scopes) {
                if (!SCOPES.contains(scope)) {
                    System.err.println("There is no scope " + scope + "; there are " + SCOPES);
                    return 2;
                }
            }
            SecureRandom random = new SecureRandom();
            String prefix = "cg_" + text(random, 6);
            String key = prefix + "_" + text(random, 32);
            UUID id = UUID.randomUUID();
            try (Connection connection = owner.open();
                    PreparedStatement statement = connection.prepareStatement(INSERT)) {
                statement.setString(1, tenant);
                statement.setObject(2, id);
                statement.setString(3, name);
                statement.setString(4, prefix);
                statement.setBytes(5, sha256(key));
                statement.setArray(6, connection.createArrayOf("text", scopes.toArray()));
                statement.setInt(7, requestsPerMinute);
                statement.executeUpdate();
            }
            System.out.println("id  " + id);
            System.out.println("key " + key);
            return 0;
        }

        private static String text(SecureRandom random, int bytes) {
            byte[] drawn = new byte[bytes];
            random.nextBytes(drawn);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(drawn);
        }

        private static byte[] sha256(String key) throws GeneralSecurityException {
            return MessageDigest.getInstance("SHA-256")
                    .digest(key.getBytes(StandardCharsets.US_ASCII));
        }
    }

    @Command(name = "revoke", description = "Ends a key, within seconds.")
    static final class Revoke implements Callable<Integer> {

        @Mixin
        @SuppressWarnings("NullAway.Init") // picocli sets what is required.
        private OwnerConnection owner;

        @Option(names = "--tenant", required = true)
        @SuppressWarnings("NullAway.Init")
        private String tenant;

        @Option(names = "--id", required = true)
        @SuppressWarnings("NullAway.Init")
        private UUID id;

        @Override
        public Integer call() throws IOException, SQLException {
            try (Connection connection = owner.open();
                    PreparedStatement statement = connection.prepareStatement(REVOKE)) {
                statement.setString(1, tenant);
                statement.setObject(2, id);
                if (statement.executeUpdate() == 0) {
                    System.err.println("The tenant has no living key " + id);
                    return 1;
                }
            }
            System.out.println("Revoked " + id);
            return 0;
        }
    }
}

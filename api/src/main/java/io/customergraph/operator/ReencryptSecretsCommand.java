package io.customergraph.operator;

import io.customergraph.migrations.Database;
import io.customergraph.secret.NotDecryptable;
import io.customergraph.secret.PartnerSecretOwner;
import io.customergraph.secret.Secret;
import io.customergraph.secret.SecretKeys;
import io.customergraph.secret.SecretOwner;
import io.customergraph.tenant.TenantId;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;

/**
 * Encrypts with the primary key what another one encrypted, in batches, while the application goes
 * on. Running it again goes on where it stopped.
 */
@Command(
        name = "reencrypt-secrets",
        description =
                "encrypts all secrets with the newest key, after keyset rotate; then older keys can"
                        + " go")
public final class ReencryptSecretsCommand implements Callable<Integer> {

    private static final int NOT_ALL = 1;
    private static final int TOLD = 20;

    /**
     * In order, so that those that do not decrypt are passed by; a locked one is being replaced.
     */
    private static final String BATCH =
            """
            SELECT tenant_id, id, connection_id, field, ciphertext
            FROM integration_secrets
            WHERE key_id <> ? AND (tenant_id, id) > (?, ?)
            ORDER BY tenant_id, id
            LIMIT ?
            FOR UPDATE
            """;

    private static final String UPDATE =
            """
            UPDATE integration_secrets SET ciphertext = ?, key_id = ?
            WHERE tenant_id = ? AND id = ?
            """;

    /** There are a few of each provider. */
    private static final String OF_THE_PLATFORM =
            """
            SELECT provider, field, ciphertext FROM partner_secrets WHERE key_id <> ?
            ORDER BY provider, field
            FOR UPDATE
            """;

    private static final String UPDATE_OF_THE_PLATFORM =
            """
            UPDATE partner_secrets SET ciphertext = ?, key_id = ? WHERE provider = ? AND field = ?
            """;

    private static final UUID LEAST_ID = new UUID(0, 0);

    @Mixin private final Database database = new Database();
    @Mixin private final KeysetOption keyset = new KeysetOption();

    @Option(names = "--batch", defaultValue = "500", description = "default: ${DEFAULT-VALUE}")
    private int batch;

    /** How far it is. */
    private static final class Progress {
        private String tenant = "";
        private UUID id = LEAST_ID;
        private boolean isDone;
        private long encrypted;
        private long failed;
        private final List<String> failures = new ArrayList<>();

        void note(NotDecryptable failure) {
            failed++;
            if (failures.size() < TOLD) {
                failures.add(String.valueOf(failure.getMessage()));
            }
        }
    }

    @Override
    public Integer call() throws SQLException {
        SecretKeys keys = keyset.keys();
        Progress progress = new Progress();
        while (!progress.isDone) {
            database.inTransaction(
                    connection -> {
                        work(connection, keys, progress);
                        return progress;
                    });
        }
        database.inTransaction(
                connection -> {
                    workOnThePlatforms(connection, keys, progress);
                    progress.encrypted +=
                            new PrivacySecrets(keys, progress::note).reencrypt(connection);
                    return progress;
                });
        database.out()
                .println(
                        String.format(
                                Locale.ROOT,
                                "Encrypted %,d secrets with key %d; %,d do not decrypt with this"
                                        + " keyset.",
                                progress.encrypted,
                                keys.primaryId(),
                                progress.failed));
        progress.failures.forEach(database.out()::println);
        database.out().flush();
        return progress.failed == 0 ? 0 : NOT_ALL;
    }

    private void work(Connection connection, SecretKeys keys, Progress progress)
            throws SQLException {
        long primary = keys.primaryId();
        try (PreparedStatement select = connection.prepareStatement(BATCH);
                PreparedStatement update = connection.prepareStatement(UPDATE)) {
            select.setLong(1, primary);
            select.setString(2, progress.tenant);
            select.setObject(3, progress.id);
            select.setInt(4, Math.max(batch, 1));
            int found = 0;
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    found++;
                    progress.tenant = row.getString(1);
                    progress.id = row.getObject(2, UUID.class);
                    reencrypt(row, keys, update, progress);
                }
            }
            update.executeBatch();
            progress.isDone = found == 0;
        }
    }

    private static void workOnThePlatforms(
            Connection connection, SecretKeys keys, Progress progress) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(OF_THE_PLATFORM);
                PreparedStatement update = connection.prepareStatement(UPDATE_OF_THE_PLATFORM)) {
            select.setLong(1, keys.primaryId());
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    PartnerSecretOwner owner =
                            new PartnerSecretOwner(row.getString(1), row.getString(2));
                    try {
                        Secret secret = keys.decrypt(owner, row.getBytes(3));
                        update.setBytes(1, keys.encrypt(owner, secret));
                        update.setLong(2, keys.primaryId());
                        update.setString(3, owner.provider());
                        update.setString(4, owner.field());
                        update.addBatch();
                        progress.encrypted++;
                    } catch (NotDecryptable failure) {
                        progress.note(failure);
                    }
                }
            }
            update.executeBatch();
        }
    }

    private static void reencrypt(
            ResultSet row, SecretKeys keys, PreparedStatement update, Progress progress)
            throws SQLException {
        SecretOwner owner =
                new SecretOwner(
                        new TenantId(row.getString(1)),
                        row.getObject(3, UUID.class),
                        row.getString(4));
        try {
            Secret secret = keys.decrypt(owner, row.getBytes(5));
            update.setBytes(1, keys.encrypt(owner, secret));
            update.setLong(2, keys.primaryId());
            update.setString(3, row.getString(1));
            update.setObject(4, row.getObject(2, UUID.class));
            update.addBatch();
            progress.encrypted++;
        } catch (NotDecryptable failure) {
            progress.note(failure);
        }
    }
}

package io.customergraph.operator;

import io.customergraph.ingest.ErasedIdentities;
import io.customergraph.privacy.PrivacyRequests;
import io.customergraph.secret.NotDecryptable;
import io.customergraph.secret.SecretKeys;
import io.customergraph.secret.SecretOwner;
import io.customergraph.tenant.TenantId;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Encrypts anew what erasures keep: a key for each tenant that ever erased somebody, and whom the
 * requests are about that are not done yet.
 */
final class PrivacySecrets {

    private static final String SELECT =
            """
            SELECT tenant_id, NULL::uuid AS id, ciphertext FROM erasure_keys WHERE key_id <> ?
            UNION ALL
            SELECT tenant_id, id, subject FROM privacy_requests
            WHERE key_id <> ? AND subject IS NOT NULL
            """;

    private static final String UPDATE_KEY =
            "UPDATE erasure_keys SET ciphertext = ?, key_id = ? WHERE tenant_id = ?";

    /** One that was done meanwhile has none any more. */
    private static final String UPDATE_SUBJECT =
            """
            UPDATE privacy_requests SET subject = ?, key_id = ?
            WHERE tenant_id = ? AND id = ? AND subject = ?
            """;

    private final SecretKeys keys;
    private final Consumer<NotDecryptable> failed;

    PrivacySecrets(SecretKeys keys, Consumer<NotDecryptable> failed) {
        this.keys = keys;
        this.failed = failed;
    }

    /** Encrypts all within a transaction; gives how many. */
    int reencrypt(Connection connection) throws SQLException {
        int encrypted = 0;
        try (PreparedStatement select = connection.prepareStatement(SELECT)) {
            select.setLong(1, keys.primaryId());
            select.setLong(2, keys.primaryId());
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    TenantId tenant = new TenantId(row.getString(1));
                    UUID request = row.getObject(2, UUID.class);
                    byte[] before = row.getBytes(3);
                    try {
                        encrypted +=
                                request == null
                                        ? updateKey(connection, tenant, before)
                                        : updateSubject(connection, tenant, request, before);
                    } catch (NotDecryptable failure) {
                        failed.accept(failure);
                    }
                }
            }
        }
        return encrypted;
    }

    private byte[] anew(SecretOwner owner, byte[] before) {
        return keys.encrypt(owner, keys.decrypt(owner, before));
    }

    private int updateKey(Connection connection, TenantId tenant, byte[] before)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(UPDATE_KEY)) {
            update.setBytes(1, anew(ErasedIdentities.owner(tenant), before));
            update.setLong(2, keys.primaryId());
            update.setString(3, tenant.value());
            return update.executeUpdate();
        }
    }

    private int updateSubject(Connection connection, TenantId tenant, UUID request, byte[] before)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(UPDATE_SUBJECT)) {
            update.setBytes(1, anew(PrivacyRequests.subjectOwner(tenant, request), before));
            update.setLong(2, keys.primaryId());
            update.setString(3, tenant.value());
            update.setObject(4, request);
            update.setBytes(5, before);
            return update.executeUpdate();
        }
    }
}

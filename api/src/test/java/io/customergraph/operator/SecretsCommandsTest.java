package io.customergraph.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.customergraph.secret.ConnectionSecrets;
import io.customergraph.secret.NotDecryptable;
import io.customergraph.secret.PartnerSecretOwner;
import io.customergraph.secret.Secret;
import io.customergraph.secret.SecretKeys;
import io.customergraph.tenant.TenantContext;
import io.customergraph.tenant.TenantId;
import io.customergraph.testing.TestDatabase;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

class SecretsCommandsTest {

    private static final TestDatabase DATABASE = TestDatabase.shared();

    @TempDir private static Path files;

    private final TenantId tenant = DATABASE.newTenant();
    private final SecretKeys keys = SecretKeys.generate();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /** What other tests left is encrypted with keys that nobody has any more. */
    @BeforeEach
    void no_other_secrets() {
        DATABASE.owner().update("DELETE FROM integration_secrets");
        DATABASE.owner().update("DELETE FROM partner_secrets");
        DATABASE.owner().update("DELETE FROM partner_configurations");
    }

    private UUID connection() {
        UUID id = UUID.randomUUID();
        DATABASE.owner()
                .update(
                        """
                        INSERT INTO integration_connections (
                            tenant_id, id, provider, name, environment, account, status)
                        VALUES (?, ?, 'tap', 'Tap', 'production', 'tap', 'active')
                        """,
                        tenant.value(),
                        id);
        return id;
    }

    private ConnectionSecrets secrets(SecretKeys of) {
        return new ConnectionSecrets(DATABASE.client(), of);
    }

    private void put(UUID connection, Map<String, Secret> values) {
        secrets(keys).put(connection, values).contextWrite(TenantContext.of(tenant)).block();
    }

    private Map<String, List<Secret>> read(UUID connection, SecretKeys with) {
        return secrets(with)
                .valid(connection)
                .contextWrite(TenantContext.of(tenant))
                .blockOptional()
                .orElseThrow();
    }

    private int run(Object command, String... arguments) {
        return new CommandLine(command)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private int reencrypt(SecretKeys with) throws IOException {
        return run(
                new ReencryptSecretsCommand(),
                "--batch",
                "7",
                "--keyset-file",
                file(with).toString(),
                "--url",
                DATABASE.url(),
                "--user",
                "postgres");
    }

    private static Path file(SecretKeys keyset) throws IOException {
        return Files.writeString(Files.createTempFile(files, "keyset", ""), keyset.serialize());
    }

    @Test
    void all_secrets_are_encrypted_anew_in_batches_and_the_old_key_can_go() throws IOException {
        UUID connection = connection();
        Map<String, Secret> values = new LinkedHashMap<>();
        for (int i = 0; i < 20; i++) {
            values.put("field_" + i, Secret.of("secret-value-" + i));
        }
        put(connection, values);
        SecretKeys rotated = keys.withNewPrimary();

        assertThat(reencrypt(rotated)).isZero();

        assertThat(out.toString())
                .contains("Encrypted 20 secrets with key " + rotated.primaryId())
                .contains("0 do not decrypt")
                .doesNotContain("secret-value");
        assertThat(read(connection, rotated))
                .containsEntry("field_3", List.of(Secret.of("secret-value-3")))
                .hasSize(20);
        assertThatThrownBy(() -> read(connection, keys)).isInstanceOf(NotDecryptable.class);
        assertThat(reencrypt(rotated)).isZero();
        assertThat(out.toString()).contains("Encrypted 0 secrets");
    }

    @Test
    void the_platforms_own_secrets_are_encrypted_anew_too_and_a_copied_one_is_told()
            throws IOException {
        DATABASE.owner()
                .update(
                        "INSERT INTO partner_configurations (provider, id, name)"
                                + " VALUES ('dialog_360', gen_random_uuid(), 'Ours')");
        for (String field : List.of("partner_token", "webhook_secret")) {
            DATABASE.owner()
                    .update(
                            """
                            INSERT INTO partner_secrets (provider, field, ciphertext, key_id)
                            VALUES ('dialog_360', ?, ?, ?)
                            """,
                            field,
                            keys.encrypt(
                                    new PartnerSecretOwner("dialog_360", "partner_token"),
                                    Secret.of("a-token-of-the-platform")),
                            keys.primaryId());
        }
        SecretKeys rotated = keys.withNewPrimary();

        assertThat(reencrypt(rotated)).isEqualTo(1);

        assertThat(out.toString())
                .contains("Encrypted 1 secrets with key " + rotated.primaryId())
                .contains("1 do not decrypt")
                .contains("webhook_secret")
                .doesNotContain("a-token-of-the-platform");
        Map<String, @Nullable Object> row =
                DATABASE.owner()
                        .queryForMap(
                                "SELECT ciphertext, key_id FROM partner_secrets"
                                        + " WHERE field = 'partner_token'");
        PartnerSecretOwner owner = new PartnerSecretOwner("dialog_360", "partner_token");
        byte[] ciphertext = (byte[]) Objects.requireNonNull(row.get("ciphertext"));
        assertThat(row).containsEntry("key_id", rotated.primaryId());
        assertThat(rotated.decrypt(owner, ciphertext))
                .isEqualTo(Secret.of("a-token-of-the-platform"));
        assertThatThrownBy(() -> keys.decrypt(owner, ciphertext))
                .isInstanceOf(NotDecryptable.class);
    }

    @Test
    void what_does_not_decrypt_is_told_and_the_rest_is_done() throws IOException {
        UUID connection = connection();
        put(
                connection,
                Map.of("good", Secret.of("a-good-secret-1"), "bad", Secret.of("a-bad-one")));
        DATABASE.owner()
                .update(
                        "UPDATE integration_secrets SET field = 'copied' WHERE tenant_id = ? AND"
                                + " field = 'bad'",
                        tenant.value());

        assertThat(reencrypt(keys.withNewPrimary())).isEqualTo(1);

        assertThat(out.toString())
                .contains("Encrypted 1 secrets")
                .contains("1 do not decrypt")
                .contains("copied of connection " + connection);
    }

    @Test
    void a_row_that_is_copied_to_another_tenant_or_connection_does_not_decrypt() {
        UUID connection = connection();
        put(connection, Map.of("api_key", Secret.of("a-good-secret-1")));
        UUID other = connection();
        DATABASE.owner()
                .update(
                        """
                        INSERT INTO integration_secrets (
                            tenant_id, id, connection_id, field, ciphertext, key_id)
                        SELECT tenant_id, gen_random_uuid(), ?, field, ciphertext, key_id
                        FROM integration_secrets WHERE tenant_id = ?
                        """,
                        other,
                        tenant.value());

        assertThat(read(connection, keys)).containsKey("api_key");
        assertThatThrownBy(() -> read(other, keys))
                .isInstanceOf(NotDecryptable.class)
                .hasMessageContaining(other.toString());
    }

    @Test
    void a_keyset_is_made_and_rotated_on_the_command_line() throws IOException {
        assertThat(run(new KeysetCommand(), "create")).isZero();
        SecretKeys made = SecretKeys.parse(out.toString());
        out.getBuffer().setLength(0);

        assertThat(run(new KeysetCommand(), "rotate", "--keyset-file", file(made).toString()))
                .isZero();

        assertThat(SecretKeys.parse(out.toString()).primaryId()).isNotEqualTo(made.primaryId());
        Path wrong = Files.writeString(Files.createTempFile(files, "keyset", ""), "hunter2");
        assertThat(run(new KeysetCommand(), "rotate", "--keyset-file", wrong.toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("no keyset").doesNotContain("hunter2");
    }
}

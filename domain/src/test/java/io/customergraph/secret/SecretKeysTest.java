package io.customergraph.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.customergraph.tenant.TenantId;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

class SecretKeysTest {

    private static final UUID CONNECTION = UUID.randomUUID();
    private static final SecretOwner OWNER =
            new SecretOwner(new TenantId("ours"), CONNECTION, "api_key");
    private static final Secret SECRET = Secret.of("sk_live_a-very-secret-value");

    private final SecretKeys keys = SecretKeys.generate();

    @Test
    void what_was_encrypted_for_an_owner_decrypts_for_that_owner_only() {
        byte[] ciphertext = keys.encrypt(OWNER, SECRET);

        assertThat(keys.decrypt(OWNER, ciphertext)).isEqualTo(SECRET);
        for (SecretOwner other :
                List.of(
                        new SecretOwner(new TenantId("theirs"), CONNECTION, "api_key"),
                        new SecretOwner(new TenantId("ours"), UUID.randomUUID(), "api_key"),
                        new SecretOwner(new TenantId("ours"), CONNECTION, "webhook_secret"))) {
            assertThatThrownBy(() -> keys.decrypt(other, ciphertext))
                    .isInstanceOf(NotDecryptable.class);
        }
    }

    @Test
    void one_value_is_encrypted_differently_each_time_and_a_changed_byte_is_noticed() {
        byte[] ciphertext = keys.encrypt(OWNER, SECRET);
        assertThat(keys.encrypt(OWNER, SECRET)).isNotEqualTo(ciphertext);

        ciphertext[ciphertext.length - 1] ^= 1;

        assertThatThrownBy(() -> keys.decrypt(OWNER, ciphertext))
                .isInstanceOf(NotDecryptable.class);
    }

    @Test
    void a_rotated_keyset_reads_the_old_and_writes_with_the_new_key() {
        byte[] old = keys.encrypt(OWNER, SECRET);
        SecretKeys rotated = SecretKeys.parse(keys.withNewPrimary().serialize());

        assertThat(rotated.decrypt(OWNER, old)).isEqualTo(SECRET);
        assertThat(SecretKeys.keyIdOf(old)).isEqualTo(keys.primaryId());
        byte[] renewed = rotated.encrypt(OWNER, SECRET);
        assertThat(SecretKeys.keyIdOf(renewed))
                .isEqualTo(rotated.primaryId())
                .isNotEqualTo(keys.primaryId());
        assertThatThrownBy(() -> keys.decrypt(OWNER, renewed)).isInstanceOf(NotDecryptable.class);
    }

    @Test
    void a_keyset_is_read_as_json_and_in_base64() {
        String base64 = keys.serialize();
        String json = new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);

        assertThat(SecretKeys.parse(json).primaryId()).isEqualTo(keys.primaryId());
        assertThat(SecretKeys.parse("  " + base64 + "\n").primaryId()).isEqualTo(keys.primaryId());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "{\"key\": []}", "hunter2-hunter2", "eyJrZXkiOltdfQ=="})
    void what_is_no_keyset_is_refused_and_not_repeated(String text) {
        assertThatThrownBy(() -> SecretKeys.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Not a keyset for authenticated encryption")
                .hasNoCause();
    }

    @Test
    void a_secret_is_not_printed_and_a_short_one_has_no_hint() {
        assertThat(SECRET).asString().doesNotContain("very").doesNotContain("alue");
        assertThat(SECRET.lastFour()).isEqualTo("alue");
        assertThat(Secret.of("12345678901").lastFour()).isNull();
        assertThat(SECRET.matches("sk_live_a-very-secret-value")).isTrue();
        assertThat(SECRET.matches("sk_live_a-very-secret-valuf")).isFalse();
    }
}

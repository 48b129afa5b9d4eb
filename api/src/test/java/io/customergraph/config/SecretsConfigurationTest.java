package io.customergraph.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.customergraph.secret.SecretKeys;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.mock.env.MockEnvironment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

class SecretsConfigurationTest {

    @TempDir private Path directory;

    private static SecretKeys keys(String keyset, Path file, String profile) {
        MockEnvironment environment = new MockEnvironment();
        environment.setActiveProfiles(profile);
        return new SecretsConfiguration()
                .secretKeys(new SecretsProperties(keyset, file), environment);
    }

    @Test
    void without_keys_production_does_not_start_and_says_how_to_get_them() {
        Path file = directory.resolve("none");

        assertThatThrownBy(() -> keys("", file, "production"))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("no keys");
        assertThat(file).doesNotExist();
    }

    @Test
    void the_demo_makes_keys_that_only_its_owner_reads_and_keeps_them() throws IOException {
        Path file = directory.resolve("data").resolve("secrets.keyset");

        SecretKeys made = keys("", file, "demo");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(keys("", file, "demo").primaryId()).isEqualTo(made.primaryId());
        assertThat(keys("", file, "production").primaryId()).isEqualTo(made.primaryId());
    }

    @Test
    void keys_that_are_given_come_before_the_file_and_wrong_ones_are_not_repeated() {
        SecretKeys given = SecretKeys.generate();

        assertThat(keys(given.serialize(), directory.resolve("none"), "demo").primaryId())
                .isEqualTo(given.primaryId());
        assertThatThrownBy(() -> keys("hunter2", directory, "demo"))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("CUSTOMERGRAPH_SECRETS_KEYSET")
                .hasMessageNotContaining("hunter2")
                .hasNoCause();
    }
}

package io.customergraph.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.customergraph.tenant.TenantId;
import io.customergraph.testing.TestDatabase;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.UUID;

class PushRetentionTest {

    private static final TestDatabase DATABASE = TestDatabase.shared();

    @Test
    void old_answers_are_deleted_and_younger_ones_stay() {
        TenantId tenant = DATABASE.newTenant();
        UUID connection = UUID.randomUUID();
        DATABASE.owner()
                .update(
                        """
                        INSERT INTO integration_connections (
                            tenant_id, id, provider, name, environment, account, status)
                        VALUES (?, ?, 'freshdesk', 'Desk', 'production', 'desk', 'active')
                        """,
                        tenant.value(),
                        connection);
        DATABASE.owner()
                .update(
                        """
                        INSERT INTO integration_pushes (
                            tenant_id, connection_id, request_id, body_sha256, answer, received_at)
                        SELECT ?, ?, n::text, sha256(''), '{}', now() - make_interval(hours => n)
                        FROM generate_series(0, 2400) AS n
                        """,
                        tenant.value(),
                        connection);

        new PushRetention(DATABASE.unbound(), Duration.ofDays(3)).cleanUp().block();

        assertThat(
                        DATABASE.owner()
                                .queryForList(
                                        "SELECT count(*) FROM integration_pushes WHERE tenant_id ="
                                                + " ?",
                                        Long.class,
                                        tenant.value()))
                .containsExactly(72L);
    }
}

package io.customergraph.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.customergraph.integration.AuthorizationStates;
import io.customergraph.secret.SecretKeys;
import io.customergraph.tenant.TenantId;
import io.customergraph.testing.TestDatabase;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

class AuthorizationCleanupTest {

    private static final TestDatabase DATABASE = TestDatabase.shared();

    private final List<TenantId> tenants = List.of(DATABASE.newTenant(), DATABASE.newTenant());

    private static void begun(TenantId tenant, String end, boolean isUsed) {
        UUID connection = UUID.randomUUID();
        DATABASE.owner()
                .update(
                        """
                        INSERT INTO integration_connections (
                            tenant_id, id, provider, name, environment, account, status)
                        VALUES (?, ?, 'shopify', 'Shop', 'production', ?, 'pending')
                        """,
                        tenant.value(),
                        connection,
                        connection.toString());
        DATABASE.owner()
                .update(
                        """
                        INSERT INTO integration_oauth_states (
                            tenant_id, id, connection_id, provider, state_hash, actor, code_verifier,
                            redirect_uri, created_at, expires_at, used_at)
                        VALUES (?, gen_random_uuid(), ?, 'shopify', sha256(?::text::bytea), ?, '\\x01',
                                'https://api.example.com', now() - ?::interval - interval '10 minutes',
                                now() - ?::interval, CASE WHEN ? THEN now() - ?::interval END)
                        """,
                        tenant.value(),
                        connection,
                        connection.toString(),
                        end + isUsed,
                        end,
                        end,
                        isUsed,
                        end);
    }

    private static List<String> left(TenantId tenant) {
        return DATABASE.owner()
                .queryForList(
                        "SELECT actor FROM integration_oauth_states WHERE tenant_id = ? ORDER BY 1",
                        String.class,
                        tenant.value());
    }

    @Test
    void what_ended_more_than_a_day_ago_is_deleted_of_all_tenants_by_the_job_itself()
            throws InterruptedException {
        for (TenantId tenant : tenants) {
            begun(tenant, "25 hours", false);
            begun(tenant, "25 hours", true);
            begun(tenant, "23 hours", true);
            begun(tenant, "-5 minutes", false);
        }
        AuthorizationCleanup job =
                new AuthorizationCleanup(
                        new AuthorizationStates(
                                DATABASE.client(), DATABASE.unbound(), SecretKeys.generate()),
                        Duration.ofMillis(50));

        job.start();
        try {
            for (int i = 0; i < 200 && left(tenants.getLast()).size() > 2; i++) {
                Thread.sleep(50);
            }
        } finally {
            job.stop();
        }

        assertThat(job.isRunning()).isFalse();
        for (TenantId tenant : tenants) {
            assertThat(left(tenant)).containsExactly("-5 minutesfalse", "23 hourstrue");
        }
    }
}

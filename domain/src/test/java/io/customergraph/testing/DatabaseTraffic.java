package io.customergraph.testing;

import io.customergraph.ingest.Ingestion;
import io.customergraph.ingest.RecordDeletions;
import io.customergraph.tenant.TenantConnectionFactory;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.proxy.ProxyConnectionFactory;
import io.r2dbc.proxy.core.MethodExecutionInfo;
import io.r2dbc.proxy.core.QueryExecutionInfo;

import org.springframework.r2dbc.connection.R2dbcTransactionManager;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Hears what an ingestion says to the database: every statement, at the driver, and after how many
 * round trips of the network it was answered. For one caller at a time: there is one connection,
 * since others that are opened meanwhile would count.
 */
public final class DatabaseTraffic implements AutoCloseable {

    private static final String SETS_TENANT = "set_config('customergraph.tenant'";

    /**
     * A statement that was answered, or the start or end of a transaction.
     *
     * @param text its SQL, or the name of the driver's method
     * @param roundTrips of the network since the action began, this answer's included
     */
    public record Heard(String text, int roundTrips) {}

    private final Queue<Heard> heard = new ConcurrentLinkedQueue<>();
    private final DelayingRelay relay;
    private final TenantConnectionFactory connections;

    /**
     * @param delay by which every answer is late, so that what is sent without waiting for an
     *     answer is on its way before one comes
     */
    public DatabaseTraffic(TestDatabase database, Duration delay) {
        this.relay = new DelayingRelay(database.port(), delay);
        this.connections =
                TestDatabase.connections(
                        relay.port(),
                        1,
                        physical ->
                                ProxyConnectionFactory.builder(physical)
                                        .onAfterQuery(this::hear)
                                        .onAfterMethod(this::hear)
                                        .build());
    }

    public Ingestion ingestion() {
        return new Ingestion(
                DatabaseClient.create(connections),
                TransactionalOperator.create(new R2dbcTransactionManager(connections)));
    }

    public RecordDeletions deletions() {
        return new RecordDeletions(
                DatabaseClient.create(connections),
                TransactionalOperator.create(new R2dbcTransactionManager(connections)));
    }

    private void hear(QueryExecutionInfo execution) {
        execution
                .getQueries()
                .forEach(
                        query -> {
                            if (!query.getQuery().contains(SETS_TENANT)) {
                                heard.add(new Heard(query.getQuery(), relay.roundTrips()));
                            }
                        });
    }

    private void hear(MethodExecutionInfo execution) {
        String method = execution.getMethod().getName();
        if (method.equals("beginTransaction")
                || method.equals("commitTransaction")
                || method.equals("rollbackTransaction")) {
            heard.add(new Heard(method, relay.roundTrips()));
        }
    }

    /** What was heard while the action ran, in the order of the answers. */
    public List<Heard> during(Runnable action) {
        heard.clear();
        relay.startCounting();
        action.run();
        return new ArrayList<>(heard);
    }

    @Override
    public void close() {
        ((ConnectionPool) connections.pool()).dispose();
        relay.close();
    }
}

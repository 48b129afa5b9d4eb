package io.customergraph.config;

import io.r2dbc.proxy.ProxyConnectionFactory;
import io.r2dbc.proxy.core.QueryExecutionInfo;
import io.r2dbc.proxy.core.QueryInfo;

import org.springframework.beans.factory.config.BeanPostProcessor;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Hears every statement that the application sends, at the driver. Tests that count statements ask
 * one request at a time.
 */
public final class StatementLog implements BeanPostProcessor {

    /** The only statement of a request that is not one of its own. */
    private static final String SETS_TENANT = "set_config('customergraph.tenant'";

    private final Queue<String> statements = new ConcurrentLinkedQueue<>();

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof DatabaseConfiguration.PhysicalConnections physical
                ? new DatabaseConfiguration.PhysicalConnections(
                        ProxyConnectionFactory.builder(physical.factory())
                                .onAfterQuery(this::hear)
                                .build())
                : bean;
    }

    private void hear(QueryExecutionInfo execution) {
        execution.getQueries().stream()
                .map(QueryInfo::getQuery)
                .filter(sql -> !sql.contains(SETS_TENANT))
                .filter(sql -> !sql.contains("authenticate_api_key"))
                .forEach(statements::add);
    }

    /** What was sent while the action ran. */
    public List<String> during(Runnable action) {
        statements.clear();
        action.run();
        return List.copyOf(statements);
    }
}

package io.customergraph.integration;

import io.customergraph.paging.Cursor;
import io.customergraph.paging.NewestFirst;
import io.customergraph.paging.PageRequest;
import io.customergraph.paging.Row;
import io.customergraph.tenant.TenantContext;
import io.r2dbc.spi.Parameter;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;

import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;

import reactor.core.publisher.Mono;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Lists the tenant's calls to providers, the newest first. */
public final class ApiCalls {

    /** Conditions on columns alone, so that an index gives the list's order. */
    private static final String WANTED =
            """
            FROM integration_api_logs l
            WHERE l.tenant_id = :tenant%1$s
              AND l.occurred_at >= :from AND l.occurred_at < :to
              AND (:status::integer IS NULL OR l.status = :status)
              AND (:slower::integer IS NULL OR l.duration_ms > :slower)
              AND (cardinality(:outcomes::text[]) = 0
                   OR CASE WHEN l.status IS NULL THEN 'UNANSWERED'
                           WHEN l.status = 429 THEN 'RATE_LIMITED'
                           WHEN l.status < 400 THEN 'SUCCEEDED'
                           ELSE 'FAILED' END = ANY (:outcomes::text[]))
            """;

    private static final Statements OF_ALL = Statements.of("");
    private static final Statements OF_ONE = Statements.of(" AND l.connection_id = :connection");

    private final DatabaseClient database;

    public ApiCalls(DatabaseClient database) {
        this.database = database;
    }

    /** With a connection and without are two statements, each with an index of its own. */
    record Statements(String forward, String backward, String count) {

        private static final String LIST =
                "SELECT l.id,"
                        + ApiCall.COLUMNS
                        + WANTED
                        + """
                          AND (l.occurred_at, l.id) %2$s (:time, :id)
                        ORDER BY l.occurred_at %3$s, l.id %3$s
                        LIMIT :limit
                        """;

        static Statements of(String connection) {
            return new Statements(
                    LIST.formatted(connection, "<", "DESC"),
                    LIST.formatted(connection, ">", "ASC"),
                    "SELECT count(*) " + WANTED.formatted(connection));
        }
    }

    /**
     * What calls are wanted; null, or no outcomes, for any.
     *
     * @param to exclusive
     * @param slowerThanMs exclusive
     */
    public record Filter(
            @Nullable UUID connection,
            Instant from,
            Instant to,
            Set<CallOutcome> outcomes,
            @Nullable Integer status,
            @Nullable Integer slowerThanMs) {

        public Filter {
            outcomes = Set.copyOf(outcomes);
        }

        Statements statements() {
            return connection == null ? OF_ALL : OF_ONE;
        }
    }

    /** The place of a call in the list. */
    public static Cursor cursor(ApiCall call) {
        return NewestFirst.place(call.occurredAt(), call.id());
    }

    /** Whether a cursor can be one of the list. */
    public static boolean isPlace(Cursor cursor) {
        return NewestFirst.isPlace(cursor);
    }

    /** Up to one more than the limit, from the cursor on, in the direction of the page. */
    public Mono<List<ApiCall>> list(Filter filter, PageRequest page) {
        Statements statements = filter.statements();
        return TenantContext.tenant()
                .flatMap(
                        tenant ->
                                pageOf(
                                                database.sql(
                                                        page.isBackward()
                                                                ? statements.backward()
                                                                : statements.forward()),
                                                tenant.value(),
                                                filter,
                                                page)
                                        .map(ApiCall::read)
                                        .all()
                                        .collectList());
    }

    public Mono<Long> count(Filter filter) {
        return TenantContext.tenant()
                .flatMap(
                        tenant ->
                                bind(
                                                database.sql(filter.statements().count()),
                                                tenant.value(),
                                                filter)
                                        .map(row -> Row.bigNumber(row, 0))
                                        .one());
    }

    static GenericExecuteSpec pageOf(
            GenericExecuteSpec statement, String tenant, Filter filter, PageRequest page) {
        return NewestFirst.bind(bind(statement, tenant, filter), page);
    }

    private static GenericExecuteSpec bind(
            GenericExecuteSpec statement, String tenant, Filter filter) {
        GenericExecuteSpec bound =
                statement
                        .bind("tenant", tenant)
                        .bind("from", filter.from())
                        .bind("to", filter.to())
                        .bind("status", number(filter.status()))
                        .bind("slower", number(filter.slowerThanMs()))
                        .bind("outcomes", names(filter.outcomes()));
        UUID connection = filter.connection();
        return connection == null ? bound : bound.bind("connection", connection);
    }

    private static Parameter number(@Nullable Integer value) {
        return value == null
                ? Parameters.in(R2dbcType.INTEGER)
                : Parameters.in(R2dbcType.INTEGER, value);
    }

    private static String[] names(Set<CallOutcome> outcomes) {
        return Arrays.stream(CallOutcome.values())
                .filter(outcomes::contains)
                .map(CallOutcome::name)
                .toArray(String[]::new);
    }
}

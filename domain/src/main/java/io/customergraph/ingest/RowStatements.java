package io.customergraph.ingest;

import io.customergraph.sql.JsonRows;
import io.customergraph.tenant.TenantId;

import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Mono;

import java.util.List;

/** Statements that bind {@code :tenant} and {@code :rows}, a JSON array: one for any number. */
final class RowStatements {

    private final DatabaseClient database;

    RowStatements(DatabaseClient database) {
        this.database = database;
    }

    DatabaseClient database() {
        return database;
    }

    /** Nothing where there are no rows. */
    Mono<Void> execute(String sql, TenantId tenant, List<?> rows) {
        return rows.isEmpty() ? Mono.empty() : executeJson(sql, tenant, JsonRows.of(rows));
    }

    Mono<Void> executeJson(String sql, TenantId tenant, String rows) {
        return database.sql(sql).bind("tenant", tenant.value()).bind("rows", rows).then();
    }

    /** Inserts rows where a row that another transaction forestalled means to start again. */
    Mono<Void> insertAll(String sql, TenantId tenant, List<?> rows) {
        if (rows.isEmpty()) {
            return Mono.empty();
        }
        return database.sql(sql)
                .bind("tenant", tenant.value())
                .bind("rows", JsonRows.of(rows))
                .fetch()
                .rowsUpdated()
                .flatMap(
                        inserted ->
                                inserted == rows.size()
                                        ? Mono.empty()
                                        : Mono.error(new ChangedMeanwhile("a person")));
    }
}

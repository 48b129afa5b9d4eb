package io.customergraph.partner;

import io.customergraph.paging.Cursor;
import io.customergraph.paging.NewestFirst;
import io.customergraph.paging.PageRequest;
import io.customergraph.paging.Row;
import io.customergraph.tenant.TenantContext;
import io.r2dbc.spi.Readable;

import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Mono;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** Lists the tenant's companies under partner programmes, the newest first. */
public final class PartnerClients {

    static final Statements DIALOG_360 =
            Statements.of("dialog_360_clients", Dialog360Client.COLUMNS);
    static final Statements META =
            Statements.of("meta_whatsapp_clients", MetaWhatsAppClient.COLUMNS);

    private final DatabaseClient database;

    public PartnerClients(DatabaseClient database) {
        this.database = database;
    }

    /** The tables are constants of this class. */
    record Statements(String forward, String backward, String count) {

        private static final String LIST =
                """
                FROM %1$s c
                WHERE c.tenant_id = :tenant AND (c.created_at, c.id) %2$s (:time, :id)
                ORDER BY c.created_at %3$s, c.id %3$s
                LIMIT :limit
                """;

        static Statements of(String table, String columns) {
            String select = "SELECT c.id," + columns;
            return new Statements(
                    select + LIST.formatted(table, "<", "DESC"),
                    select + LIST.formatted(table, ">", "ASC"),
                    "SELECT count(*) FROM " + table + " WHERE tenant_id = :tenant");
        }
    }

    /** The place of a client in its list. */
    public static Cursor cursor(Instant createdAt, UUID id) {
        return NewestFirst.place(createdAt, id);
    }

    /** Whether a cursor can be one of a list. */
    public static boolean isPlace(Cursor cursor) {
        return NewestFirst.isPlace(cursor);
    }

    /** Up to one more than the limit, from the cursor on, in the direction of the page. */
    public Mono<List<Dialog360Client>> ofDialog360(PageRequest page) {
        return list(DIALOG_360, page, Dialog360Client::read);
    }

    /** As {@link #ofDialog360}. */
    public Mono<List<MetaWhatsAppClient>> ofMeta(PageRequest page) {
        return list(META, page, MetaWhatsAppClient::read);
    }

    public Mono<Long> countOfDialog360() {
        return count(DIALOG_360);
    }

    public Mono<Long> countOfMeta() {
        return count(META);
    }

    private <T> Mono<List<T>> list(
            Statements statements, PageRequest page, Function<Readable, T> read) {
        return TenantContext.tenant()
                .flatMap(
                        tenant ->
                                NewestFirst.bind(
                                                database.sql(
                                                                page.isBackward()
                                                                        ? statements.backward
                                                                        : statements.forward)
                                                        .bind("tenant", tenant.value()),
                                                page)
                                        .map(read)
                                        .all()
                                        .collectList());
    }

    private Mono<Long> count(Statements statements) {
        return TenantContext.tenant()
                .flatMap(
                        tenant ->
                                database.sql(statements.count)
                                        .bind("tenant", tenant.value())
                                        .map(row -> Row.bigNumber(row, 0))
                                        .one());
    }
}

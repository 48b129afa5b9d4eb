package io.customergraph.customer;

import io.customergraph.matching.normalize.PersonName;
import io.customergraph.paging.Row;
import io.customergraph.sql.JsonRows;
import io.customergraph.tenant.TenantContext;
import io.customergraph.tenant.TenantId;

import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;

import reactor.core.publisher.Mono;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Lists living customers: filtered, sorted or searched, in pages. */
public final class CustomerList {

    /** The best matches that a search ranks; further ones are too unlike to be meant. */
    public static final int MAX_MATCHES = 1_000;

    private static final String COLUMNS =
            """
            c.id, c.id, c.first_name, c.last_name, c.email, c.phone, c.status, c.source,
            c.tags, c.preferred_contact_method, c.language, c.timezone,
            c.total_appointments, c.total_conversations, c.total_tickets,
            c.total_orders, c.last_contact_at, c.sort_name, c.merged_into,
            c.version, c.created_at, c.updated_at
            """;

    private static final String FROM_ALL =
            """
            FROM customers c
            WHERE c.tenant_id = :tenant AND c.status <> 'merged'
            """;

    private static final String FROM_MATCHES =
            """
            FROM search_customers(:query, %d) s
            JOIN customers c ON c.tenant_id = :tenant AND c.id = s.customer_id
            WHERE c.status <> 'merged'
            """
                    .formatted(MAX_MATCHES);

    private static final String RANK = "s.rank";

    /** PostgreSQL writes a rank with fewer characters. */
    private static final int MAX_RANK = 20;

    private final DatabaseClient database;

    public CustomerList(DatabaseClient database) {
        this.database = database;
    }

    /**
     * What is asked for.
     *
     * @param query a part of a name, e-mail or phone, misspelt or in another script; null lists all
     * @param sort does not matter where there is a query: the best match comes first
     */
    public record Request(
            @Nullable String query,
            CustomerFilter filter,
            CustomerSort sort,
            int limit,
            boolean isBackward,
            @Nullable CustomerListCursor cursor) {}

    /** A customer and its place in the list. */
    public record Entry(Customer customer, CustomerListCursor cursor) {}

    /** Whether the cursor can be one of the list that is ordered so. */
    public static boolean isPlace(
            CustomerListCursor cursor, @Nullable String query, CustomerSort sort) {
        return query == null ? sort.by().isKey(cursor.key()) : isRank(cursor.key());
    }

    private static boolean isRank(String text) {
        try {
            return text.length() <= MAX_RANK && Float.isFinite(Float.parseFloat(text));
        } catch (NumberFormatException none) {
            return false;
        }
    }

    /** Up to one more than the limit, in the direction of the request. */
    public Mono<List<Entry>> entries(Request request) {
        Statement statement = new Statement(request);
        return TenantContext.tenant()
                .flatMap(
                        tenant ->
                                statement
                                        .bind(database.sql(statement.page()), tenant)
                                        .bind("limit", request.limit() + 1)
                                        .map(
                                                row -> {
                                                    Customer customer = Customer.read(row);
                                                    String rank = Row.textOrNull(row, 22);
                                                    return new Entry(
                                                            customer,
                                                            new CustomerListCursor(
                                                                    rank == null
                                                                            ? request.sort()
                                                                                    .by()
                                                                                    .key(customer)
                                                                            : rank,
                                                                    customer.id()));
                                                })
                                        .all()
                                        .collectList());
    }

    /** How many customers the whole list has; of a search at most {@link #MAX_MATCHES}. */
    public Mono<Long> count(Request request) {
        Statement statement =
                new Statement(
                        new Request(
                                request.query(), request.filter(), request.sort(), 0, false, null));
        return TenantContext.tenant()
                .flatMap(
                        tenant ->
                                statement
                                        .bind(database.sql(statement.count()), tenant)
                                        .map(row -> Row.bigNumber(row, 0))
                                        .one());
    }

    /** One request as a statement: constant pieces, and values to bind. */
    static final class Statement {

        private final Request request;
        private final Map<String, Object> values = new LinkedHashMap<>();
        private final List<String> conditions = new ArrayList<>();

        Statement(Request request) {
            this.request = request;
            CustomerFilter filter = request.filter();
            if (filter.status() == null) {
                conditions.add("AND c.status <> 'erased'");
            }
            addIfAsked("AND c.status = :status", "status", filter.status());
            addIfAsked("AND c.source = :source", "source", filter.source());
            addIfAsked("AND :tag = ANY (c.tags)", "tag", filter.tag());
            addIfAsked("AND c.created_at >= :createdFrom", "createdFrom", filter.createdFrom());
            addIfAsked("AND c.created_at < :createdTo", "createdTo", filter.createdTo());
            addIfAsked(
                    "AND c.last_contact_at >= :lastContactFrom",
                    "lastContactFrom",
                    filter.lastContactFrom());
            addIfAsked(
                    "AND c.last_contact_at < :lastContactTo",
                    "lastContactTo",
                    filter.lastContactTo());
            addIfAsked("AND (c.email IS NOT NULL) = :hasEmail", "hasEmail", filter.hasEmail());
            addIfAsked("AND (c.phone IS NOT NULL) = :hasPhone", "hasPhone", filter.hasPhone());
            if (request.query() != null) {
                values.put("query", searchText(request.query()));
            }
        }

        private void addIfAsked(String condition, String name, @Nullable Object value) {
            if (value != null) {
                conditions.add(condition);
                values.put(name, value instanceof String text ? JsonRows.clean(text) : value);
            }
        }

        private boolean isSearch() {
            return request.query() != null;
        }

        String count() {
            return "SELECT count(*)\n" + from();
        }

        private String from() {
            return (isSearch() ? FROM_MATCHES : FROM_ALL) + String.join("\n", conditions) + "\n";
        }

        String page() {
            CustomerSort.By by = request.sort().by();
            String key = isSearch() ? RANK : by.expression();
            String type = isSearch() ? "real" : by.type();
            boolean isDescending = isSearch() || request.sort().isDescending();
            boolean runsDown = isDescending != request.isBackward();
            CustomerListCursor cursor = request.cursor();
            String seek = "";
            if (cursor != null) {
                values.put("key", JsonRows.clean(cursor.key()));
                values.put("id", cursor.id());
                seek =
                        "AND (%s, c.id) %s (:key::%s, :id)\n"
                                .formatted(key, runsDown ? "<" : ">", type);
            }
            String order = runsDown ? "DESC" : "ASC";
            return "SELECT "
                    + COLUMNS
                    + (isSearch() ? ", s.rank::text\n" : ", NULL\n")
                    + from()
                    + seek
                    + "ORDER BY %1$s %2$s, c.id %2$s\nLIMIT :limit".formatted(key, order);
        }

        GenericExecuteSpec bind(GenericExecuteSpec spec, TenantId tenant) {
            GenericExecuteSpec bound = spec.bind("tenant", tenant.value());
            for (Map.Entry<String, Object> value : values.entrySet()) {
                bound = bound.bind(value.getKey(), value.getValue());
            }
            return bound;
        }
    }

    /** A name as it compares, whatever its script; an e-mail or phone as it is kept. */
    static String searchText(String query) {
        String text = JsonRows.clean(query).strip().toLowerCase(Locale.ROOT);
        if (text.contains("@")) {
            return text;
        }
        StringBuilder digits = new StringBuilder();
        text.codePoints()
                .filter(Character::isDigit)
                .forEach(digit -> digits.append(Character.digit(digit, 10)));
        if (digits.length() >= 4 && text.codePoints().noneMatch(Character::isLetter)) {
            // 00966… and 050… are kept as +966… and +96650…
            return digits.toString().replaceFirst("^0+", "");
        }
        PersonName name = PersonName.ofFull(text);
        // A name of letters compares in any script; with digits in it, only as it is written.
        return name.isEmpty() || digits.length() > 0 ? text : String.join(" ", name.tokens());
    }
}

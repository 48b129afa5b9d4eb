package io.customergraph.privacy;

import io.customergraph.change.AuditLog;
import io.customergraph.customer.UserError;
import io.customergraph.id.TimeOrderedId;
import io.customergraph.ingest.Erasure;
import io.customergraph.ingest.Erasure.Traces;
import io.customergraph.ingest.RecordErasures;
import io.customergraph.integration.PrivacyDesk;
import io.customergraph.integration.ProviderPrivacyRequest;
import io.customergraph.integration.ProviderPrivacyRequest.Shopper;
import io.customergraph.paging.Cursor;
import io.customergraph.paging.NewestFirst;
import io.customergraph.paging.PageRequest;
import io.customergraph.paging.Row;
import io.customergraph.secret.SecretKeys;
import io.customergraph.secret.SecretOwner;
import io.customergraph.sql.SqlText;
import io.customergraph.tenant.Caller;
import io.customergraph.tenant.TenantContext;
import io.customergraph.tenant.TenantId;
import io.r2dbc.spi.Parameter;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;

import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

import reactor.core.publisher.Mono;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What people and providers ask for: taken here, and listed, the newest first. */
public final class PrivacyRequests implements PrivacyDesk {

    private static final String EXPORT = "export";
    private static final String ERASE_CUSTOMER = "erase_customer";
    private static final String ERASE_ACCOUNT = "erase_account";

    private static final String INSERT =
            """
            INSERT INTO privacy_requests (
                tenant_id, id, kind, status, connection_id, request_id, customer_id, actor,
                requested_at, due_at, subject, key_id, records_deleted, records_stripped, erased_at,
                finished_at)
            VALUES (:tenant, :id, :kind, :status, :connection::uuid, :request, :customer::uuid,
                    :actor, :at, :at + interval '30 days', :subject, :key, :deleted, :stripped,
                    CASE WHEN :status = 'searching' THEN now() END,
                    CASE WHEN :status = 'done' THEN now() END)
            ON CONFLICT (tenant_id, connection_id, kind, request_id) WHERE request_id IS NOT NULL
            DO NOTHING
            """;

    private static final String SHOPPER =
            """
            SELECT c.account,
                   coalesce(
                       (SELECT s.customer_id FROM shopify_customers s
                        WHERE s.tenant_id = :tenant AND s.source_account = c.account
                          AND s.shopify_customer_id = :shopper),
                       (SELECT o.customer_id FROM shopify_orders o
                        WHERE o.tenant_id = :tenant AND o.source_account = c.account
                          AND o.shopify_customer_id = :shopper AND o.customer_id IS NOT NULL
                        ORDER BY o.created_at DESC
                        LIMIT 1),
                       (SELECT o.customer_id FROM shopify_orders o
                        WHERE o.tenant_id = :tenant AND o.source_account = c.account
                          AND o.shopify_order_id = ANY (:orders) AND o.customer_id IS NOT NULL
                        ORDER BY o.created_at DESC
                        LIMIT 1))
            FROM integration_connections c
            WHERE c.tenant_id = :tenant AND c.id = :connection
            """;

    private static final String EXPORTED =
            """
            WITH RECURSIVE homes (id) AS (
                SELECT :customer::uuid
                UNION
                SELECT c.id FROM homes h
                JOIN customers c ON c.tenant_id = :tenant AND c.merged_into = h.id)
            UPDATE privacy_requests SET status = 'done', finished_at = now()
            WHERE tenant_id = :tenant AND customer_id IN (SELECT id FROM homes) AND kind = 'export'
              AND status <> 'done'
            """;

    private static final String LIST =
            "SELECT r.id, "
                    + PrivacyRequest.COLUMNS
                    + """
                    FROM privacy_requests r
                    WHERE r.tenant_id = :tenant AND (:status = '' OR r.status = :status)
                      AND (r.requested_at, r.id) %1$s (:time, :id)
                    ORDER BY r.requested_at %2$s, r.id %2$s
                    LIMIT :limit
                    """;

    private static final String FORWARD = LIST.formatted("<", "DESC");
    private static final String BACKWARD = LIST.formatted(">", "ASC");

    private static final String COUNT =
            """
            SELECT count(*) FROM privacy_requests
            WHERE tenant_id = :tenant AND (:status = '' OR status = :status)
            """;

    private final DatabaseClient database;
    private final TransactionalOperator transaction;
    private final RecordErasures erasures;
    private final SecretKeys keys;
    private final PersonExport export;
    private final AuditLog audit;

    public PrivacyRequests(
            DatabaseClient database,
            TransactionalOperator transaction,
            RecordErasures erasures,
            SecretKeys keys) {
        this.database = database;
        this.transaction = transaction;
        this.erasures = erasures;
        this.keys = keys;
        this.export = new PersonExport(database);
        this.audit = new AuditLog(database);
    }

    /** Whose secret it is, whom a request that is not done yet is about. */
    public static SecretOwner subjectOwner(TenantId tenant, UUID request) {
        return Subject.owner(tenant, request);
    }

    /** What became of asking for an erasure: the request, or why there is none. */
    public record Erased(@Nullable UUID request, List<UserError> userErrors) {}

    /**
     * What became of asking for a copy: a JSON document, or why there is none.
     *
     * @param endCursor for the next document; null where this is the last
     */
    public record Exported(
            @Nullable String document, @Nullable String endCursor, List<UserError> userErrors) {

        static Exported not(UserError because) {
            return new Exported(null, null, List.of(because));
        }
    }

    /**
     * Forgets a customer, for the caller of the context. The tables are done when this completes,
     * the bodies of deliveries are looked through afterwards.
     */
    public Mono<Erased> erase(UUID customer) {
        return erasures.atomically(
                TenantContext.caller()
                        .flatMap(
                                caller ->
                                        erasures.customer(customer)
                                                .flatMap(
                                                        erasure ->
                                                                erased(caller, customer, erasure)))
                        .map(id -> new Erased(id, List.of()))
                        .defaultIfEmpty(new Erased(null, List.of(noCustomer()))));
    }

    private Mono<UUID> erased(Caller caller, UUID customer, Erasure erasure) {
        NewRequest request =
                new NewRequest(ERASE_CUSTOMER, "searching", caller.name(), Instant.now())
                        .of(customer)
                        .about(new Subject(null, null, erasure.traces()))
                        .counting(erasure);
        return insert(caller.tenant(), request)
                .then(audit.add(caller, "eraseCustomer", "customer", customer, Map.of()))
                .thenReturn(request.id);
    }

    private static UserError noCustomer() {
        return UserError.of(
                UserError.Code.NOT_FOUND,
                "id",
                "There is no such living customer; one that was merged answers to its id with the"
                        + " id of the one that it became");
    }

    /**
     * A copy of what is known of a customer, for the caller of the context. The requests for a copy
     * that wait are closed with its last document.
     *
     * @param after the cursor that came with the document before; null for the first
     */
    public Mono<Exported> export(UUID customer, @Nullable String after) {
        String key = null;
        if (after != null) {
            try {
                key =
                        StandardCharsets.UTF_8
                                .newDecoder()
                                .decode(ByteBuffer.wrap(Base64.getUrlDecoder().decode(after)))
                                .toString()
                                .replace("\0", "");
            } catch (IllegalArgumentException | CharacterCodingException none) {
                return Mono.just(Exported.not(noCursor()));
            }
        }
        String from = key;
        return TenantContext.caller()
                .flatMap(
                        caller ->
                                export.of(caller.tenant(), customer, from)
                                        .flatMap(outcome -> exported(caller, customer, outcome)))
                .as(transaction::transactional);
    }

    private static UserError noCursor() {
        return UserError.of(
                UserError.Code.INVALID,
                "after",
                "This is no `endCursor` of an earlier copy; leave it out to begin");
    }

    private Mono<Exported> exported(Caller caller, UUID customer, PersonExport.Outcome outcome) {
        Optional<String> document = outcome.document();
        if (document.isEmpty()) {
            return Mono.just(Exported.not(noCustomer()));
        }
        String next = outcome.next();
        Mono<Void> closed =
                next == null
                        ? database.sql(EXPORTED)
                                .bind("tenant", caller.tenant().value())
                                .bind("customer", customer)
                                .then()
                        : Mono.empty();
        return closed.then(audit.add(caller, "exportCustomer", "customer", customer, Map.of()))
                .thenReturn(
                        new Exported(
                                document.get(),
                                next == null
                                        ? null
                                        : Base64.getUrlEncoder()
                                                .withoutPadding()
                                                .encodeToString(
                                                        next.getBytes(StandardCharsets.UTF_8)),
                                List.of()));
    }

    @Override
    public Mono<Void> asked(
            UUID connection, String provider, ProviderPrivacyRequest request, Instant at) {
        Shopper shopper =
                switch (request) {
                    case ProviderPrivacyRequest.Export(Shopper of, String _) -> of;
                    case ProviderPrivacyRequest.EraseShopper(Shopper of) -> of;
                    case ProviderPrivacyRequest.EraseAccount() ->
                            new Shopper(0, List.of(), null, null);
                };
        return TenantContext.tenant()
                .flatMap(
                        tenant ->
                                known(tenant, connection, shopper)
                                        .map(
                                                known ->
                                                        asked(
                                                                        known,
                                                                        request,
                                                                        "provider:" + provider,
                                                                        at)
                                                                .by(connection))
                                        .flatMap(row -> insert(tenant, row)));
    }

    /** Of nobody there is nothing to copy, and somebody may still want to see that it was asked. */
    private static NewRequest asked(
            Known known, ProviderPrivacyRequest request, String actor, Instant at) {
        return switch (request) {
            case ProviderPrivacyRequest.Export(Shopper _, String id) ->
                    new NewRequest(
                                    EXPORT,
                                    known.customer.isPresent() ? "waiting" : "done",
                                    actor,
                                    at)
                            .of(known.customer.orElse(null))
                            .known(id);
            case ProviderPrivacyRequest.EraseShopper(Shopper shopper) ->
                    new NewRequest(ERASE_CUSTOMER, "waiting", actor, at)
                            .of(known.customer.orElse(null))
                            .about(new Subject(known.account, shopper, Traces.NONE));
            case ProviderPrivacyRequest.EraseAccount() ->
                    new NewRequest(ERASE_ACCOUNT, "waiting", actor, at)
                            .about(new Subject(known.account, null, Traces.NONE));
        };
    }

    private record Known(String account, Optional<UUID> customer) {}

    private Mono<Known> known(TenantId tenant, UUID connection, Shopper shopper) {
        return database.sql(SHOPPER)
                .bind("tenant", tenant.value())
                .bind("connection", connection)
                .bind("shopper", shopper.id())
                .bind("orders", shopper.orders().toArray(Long[]::new))
                .map(row -> new Known(Row.text(row, 0), Optional.ofNullable(Row.idOrNull(row, 1))))
                .one();
    }

    /** A row that is to be. */
    private static final class NewRequest {
        private final UUID id = TimeOrderedId.next();
        private final String kind;
        private final String status;
        private final String actor;
        private final Instant at;
        private @Nullable UUID customer;
        private @Nullable UUID connection;
        private @Nullable String requestId;
        private @Nullable Subject subject;
        private long deleted;
        private long stripped;

        NewRequest(String kind, String status, String actor, Instant at) {
            this.kind = kind;
            this.status = status;
            this.actor = actor;
            this.at = at;
        }

        NewRequest of(@Nullable UUID about) {
            customer = about;
            return this;
        }

        NewRequest about(Subject named) {
            subject = named;
            return this;
        }

        NewRequest by(UUID asking) {
            connection = asking;
            return this;
        }

        NewRequest known(String as) {
            requestId = as;
            return this;
        }

        NewRequest counting(Erasure erasure) {
            deleted = erasure.deleted();
            stripped = erasure.stripped();
            return this;
        }
    }

    private Mono<Void> insert(TenantId tenant, NewRequest request) {
        Subject subject = request.subject;
        byte[] ciphertext = subject == null ? null : subject.encrypted(keys, tenant, request.id);
        return database.sql(INSERT)
                .bind("tenant", tenant.value())
                .bind("id", request.id)
                .bind("kind", request.kind)
                .bind("status", request.status)
                .bind("connection", SqlText.of(text(request.connection)))
                .bind("request", SqlText.of(request.requestId))
                .bind("customer", SqlText.of(text(request.customer)))
                .bind("actor", request.actor)
                .bind("at", request.at)
                .bind("subject", bytes(ciphertext))
                .bind("key", number(ciphertext))
                .bind("deleted", request.deleted)
                .bind("stripped", request.stripped)
                .then();
    }

    private static @Nullable String text(@Nullable UUID id) {
        return id == null ? null : id.toString();
    }

    private static Parameter bytes(byte @Nullable [] bytes) {
        return bytes == null
                ? Parameters.in(R2dbcType.VARBINARY)
                : Parameters.in(R2dbcType.VARBINARY, bytes);
    }

    private static Parameter number(byte @Nullable [] ciphertext) {
        return ciphertext == null
                ? Parameters.in(R2dbcType.BIGINT)
                : Parameters.in(R2dbcType.BIGINT, SecretKeys.keyIdOf(ciphertext));
    }

    /** The place of a request in the list. */
    public static Cursor cursor(PrivacyRequest request) {
        return NewestFirst.place(request.requestedAt(), request.id());
    }

    /**
     * Up to one more than the limit, from the cursor on.
     *
     * @param status null for all
     */
    public Mono<List<PrivacyRequest>> list(@Nullable String status, PageRequest page) {
        return TenantContext.tenant()
                .flatMap(
                        tenant ->
                                NewestFirst.bind(
                                                database.sql(page.isBackward() ? BACKWARD : FORWARD)
                                                        .bind("tenant", tenant.value())
                                                        .bind(
                                                                "status",
                                                                status == null ? "" : status),
                                                page)
                                        .map(PrivacyRequest::read)
                                        .all()
                                        .collectList());
    }

    /** How many there are of a status, or of all. */
    public Mono<Long> count(@Nullable String status) {
        return TenantContext.tenant()
                .flatMap(
                        tenant ->
                                database.sql(COUNT)
                                        .bind("tenant", tenant.value())
                                        .bind("status", status == null ? "" : status)
                                        .map(row -> Row.bigNumber(row, 0))
                                        .one());
    }
}

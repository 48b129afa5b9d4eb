package io.customergraph.ingest;

import io.customergraph.paging.Row;
import io.customergraph.tenant.TenantId;
import io.r2dbc.spi.Readable;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;

import reactor.core.publisher.Mono;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

/** Records that are to be erased. */
record FoundRecords(List<One> all) {

    FoundRecords {
        all = List.copyOf(all);
    }

    record One(RecordKey key, UUID id, Optional<UUID> customer) {

        static One read(Readable row) {
            return new One(
                    new RecordKey(
                            RecordType.ofCode(Row.text(row, 0)),
                            Row.text(row, 2),
                            Row.text(row, 3),
                            Row.text(row, 4)),
                    Row.id(row, 1),
                    Optional.ofNullable(Row.idOrNull(row, 5)));
        }

        Erasure.SourceId sourceId() {
            return new Erasure.SourceId(key.account(), key.externalId());
        }
    }

    UUID[] ids() {
        return all.stream().map(One::id).toArray(UUID[]::new);
    }

    /** Whose they are. */
    Set<UUID> customers() {
        return all.stream()
                .flatMap(one -> one.customer.stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Finds them for the tenant. */
    static final class Finder {

        private final DatabaseClient database;

        Finder(DatabaseClient database) {
            this.database = database;
        }

        Mono<FoundRecords> ofCustomers(TenantId tenant, Collection<UUID> customers) {
            return find(
                    database.sql(ErasureSql.RECORDS_OF_CUSTOMERS)
                            .bind("tenant", tenant.value())
                            .bind("customers", customers.toArray(UUID[]::new)));
        }

        Mono<FoundRecords> ofShopper(
                TenantId tenant, String shop, long shopper, List<Long> orders) {
            return find(
                    database.sql(ErasureSql.RECORDS_OF_SHOPPER)
                            .bind("tenant", tenant.value())
                            .bind("account", shop)
                            .bind("shopper", shopper)
                            .bind("orders", orders.toArray(Long[]::new)));
        }

        Mono<FoundRecords> ofShop(TenantId tenant, String shop, int atMost) {
            return find(
                    database.sql(ErasureSql.RECORDS_OF_SHOP)
                            .bind("tenant", tenant.value())
                            .bind("account", shop)
                            .bind("limit", atMost));
        }

        private static Mono<FoundRecords> find(GenericExecuteSpec statement) {
            return statement.map(One::read).all().collectList().map(FoundRecords::new);
        }
    }
}

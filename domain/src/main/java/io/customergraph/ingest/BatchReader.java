package io.customergraph.ingest;

import io.customergraph.customer.IdentifierKey;
import io.customergraph.customer.IdentifierKind;
import io.customergraph.customer.IdentifierPolicies;
import io.customergraph.tenant.TenantId;

import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Mono;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** Reads and locks what a batch is resolved against. */
final class BatchReader {

    private final KnownIdentifiers knownIdentifiers;
    private final CustomerProfiles customerProfiles;

    BatchReader(DatabaseClient database) {
        this.knownIdentifiers = new KnownIdentifiers(database);
        this.customerProfiles = new CustomerProfiles(database);
    }

    /**
     * Who is known by the values, locked until the end of the transaction.
     *
     * @param further customers that the batch concerns
     */
    Mono<BatchIdentities> read(
            TenantId tenant,
            IdentifierPolicies policies,
            Collection<Evidence.Value> values,
            Collection<UUID> further) {
        Set<IdentifierKey> keys = new TreeSet<>();
        Set<String> mailboxes = new TreeSet<>();
        for (Evidence.Value value : values) {
            if (value.identifies()) {
                keys.add(value.key());
                if (value.key().kind() == IdentifierKind.EMAIL) {
                    mailboxes.add(value.canonical());
                }
            }
        }
        return knownIdentifiers
                .of(tenant, keys, mailboxes)
                .flatMap(
                        found -> {
                            Set<UUID> customers = new HashSet<>(found.holderVersions().keySet());
                            customers.addAll(further);
                            return customerProfiles
                                    .lock(tenant, customers, found.holderVersions())
                                    .map(
                                            profiles ->
                                                    new BatchIdentities(policies, found, profiles));
                        });
    }
}

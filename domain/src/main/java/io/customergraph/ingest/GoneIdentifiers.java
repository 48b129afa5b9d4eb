package io.customergraph.ingest;

import io.customergraph.customer.IdentifierKey;
import io.customergraph.customer.IdentifierKind;
import io.customergraph.paging.Row;
import io.r2dbc.spi.Readable;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** Identifiers that were erased. */
record GoneIdentifiers(List<One> all) {

    /** A value as a row of {@link ErasureSql#STILL_OWNED} names it. */
    record Owned(String kind, String scope, String value) {}

    private static final String PROSPECTS = "/prospects";

    static final GoneIdentifiers NONE = new GoneIdentifiers(List.of());

    GoneIdentifiers {
        all = List.copyOf(all);
    }

    /**
     * One of them.
     *
     * @param home whose it was without any merge
     * @param isGeneric whether others share it
     */
    record One(
            String kind,
            String scope,
            String value,
            String canonical,
            UUID home,
            boolean isGeneric) {

        static One read(Readable row) {
            return new One(
                    Row.text(row, 0),
                    Row.text(row, 1),
                    Row.text(row, 2),
                    Row.text(row, 3),
                    Row.id(row, 4),
                    Row.flag(row, 5));
        }

        private IdentifierKey key() {
            return new IdentifierKey(IdentifierKind.ofCode(kind), scope, value);
        }
    }

    GoneIdentifiers and(GoneIdentifiers other) {
        List<One> both = new ArrayList<>(all);
        both.addAll(other.all);
        return new GoneIdentifiers(both);
    }

    /** Those that are nobody else's. */
    GoneIdentifiers without(Set<Owned> owned) {
        return new GoneIdentifiers(
                all.stream()
                        .filter(one -> !owned.contains(new Owned(one.kind, one.scope, one.value)))
                        .toList());
    }

    /** What others share is theirs too, and is not remembered. */
    Set<String> hashes(ErasureKey key) {
        Set<String> hashes = new TreeSet<>();
        for (One one : all) {
            if (!one.isGeneric) {
                hashes.add(key.hash(one.key()));
                if (one.key().kind() == IdentifierKind.SHOPIFY_CUSTOMER_ID) {
                    hashes.add(
                            key.hash(
                                    new RecordKey(
                                            RecordType.SHOPIFY_CUSTOMER,
                                            "shopify",
                                            one.scope,
                                            one.value)));
                }
                if (one.key().kind() == IdentifierKind.EMAIL) {
                    hashes.add(key.ofMailbox(one.canonical));
                }
            }
        }
        return hashes;
    }

    /** What these and the records are found by in texts of sources. */
    Erasure.Traces traces(FoundRecords records) {
        List<Erasure.SourceId> ids = new ArrayList<>();
        records.all().forEach(one -> ids.add(one.sourceId()));
        all.stream()
                .filter(one -> !one.scope.isEmpty())
                .forEach(one -> ids.add(new Erasure.SourceId(account(one.scope), one.value)));
        return new Erasure.Traces(
                of(IdentifierKind.EMAIL),
                of(IdentifierKind.PHONE),
                ids.stream().distinct().toList());
    }

    private List<String> of(IdentifierKind kind) {
        return all.stream()
                .filter(one -> one.kind.equals(kind.code()))
                .map(One::value)
                .distinct()
                .sorted()
                .toList();
    }

    /** A scope is a shop, or a source and the account there: {@code freshdesk:acme/prospects}. */
    private static String account(String scope) {
        String account = scope.substring(scope.indexOf(':') + 1);
        return account.endsWith(PROSPECTS)
                ? account.substring(0, account.length() - PROSPECTS.length())
                : account;
    }
}

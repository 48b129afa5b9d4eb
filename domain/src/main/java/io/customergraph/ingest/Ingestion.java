package io.customergraph.ingest;

import io.customergraph.customer.IdentifierPolicies;
import io.customergraph.id.TimeOrderedId;
import io.customergraph.ingest.ForgottenPeople.Placed;
import io.customergraph.sql.LostRace;
import io.customergraph.sql.SqlState;
import io.customergraph.tenant.TenantContext;
import io.customergraph.tenant.TenantId;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.NonTransientDataAccessException;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Takes source records in, batch by batch: resolves each to its customer, and stores record, link,
 * decision and change event in one transaction.
 *
 * <p>The same version of a record again changes nothing, an older one never overwrites a newer, and
 * none brings back what its source deleted; see {@link RecordDeletions}. A batch costs a constant
 * number of statements. Two batches that meet on one person are put in order by the database's
 * unique index: the one that loses is resolved again and finds the other's customer.
 */
public final class Ingestion {

    /** The most records that one call takes: what one transaction may hold. */
    public static final int MAX_BATCH = 1_000;

    /** Classes of SQLSTATE: data exceptions, constraints, program limits, what triggers raise. */
    private static final Set<String> REFUSALS = Set.of("22", "23", "54", "P0");

    private static final String TOO_LARGE_A_NUMBER = "22003";

    private static final Comparator<SourceRecord> NEWNESS =
            Comparator.comparing((SourceRecord record) -> record.origin().updatedAt())
                    .thenComparingInt(SourceRecord::stage);

    private final KnownRecords knownRecords;
    private final RefundCurrencies refundCurrencies;
    private final BatchReader batchReader;
    private final BatchWriter writer;
    private final ErasedIdentities erased;
    private final TransactionalOperator transaction;
    private final Supplier<Mono<Void>> afterCandidates;

    /**
     * Ingests into a database where nobody was erased, and leaves candidates to whoever works at
     * their queue.
     */
    public Ingestion(DatabaseClient database, TransactionalOperator transaction) {
        this(database, transaction, Mono::empty);
    }

    /** As the other, into a database where nobody was erased. */
    public Ingestion(
            DatabaseClient database,
            TransactionalOperator transaction,
            Supplier<Mono<Void>> afterCandidates) {
        this(database, transaction, new ErasedIdentities(database), afterCandidates);
    }

    /**
     * Ingests into a database.
     *
     * @param erased who was erased and does not come back
     * @param afterCandidates what is done, within the context of the batch, after one was stored in
     *     which records name several customers; a batch is not undone where that fails
     */
    public Ingestion(
            DatabaseClient database,
            TransactionalOperator transaction,
            ErasedIdentities erased,
            Supplier<Mono<Void>> afterCandidates) {
        this.afterCandidates = afterCandidates;
        this.erased = erased;
        this.knownRecords = new KnownRecords(database);
        this.refundCurrencies = new RefundCurrencies(database);
        this.batchReader = new BatchReader(database);
        this.writer = new BatchWriter(database);
        this.transaction = transaction;
    }

    /**
     * Ingests a batch for the tenant of the context.
     *
     * @param records at most {@link #MAX_BATCH}; of two versions of one record the newer counts
     * @return what became of each, in the same order. A record that the database refuses is {@link
     *     Resolution.Rejected} and the others are stored; an error where nothing was
     */
    public Mono<List<Resolution>> ingest(List<SourceRecord> records) {
        if (records.size() > MAX_BATCH) {
            return Mono.error(new IllegalArgumentException("A batch holds at most " + MAX_BATCH));
        }
        if (records.isEmpty()) {
            return Mono.just(List.of());
        }
        return TenantContext.tenant().flatMap(tenant -> ingestWhatCanBe(tenant, records));
    }

    /** Where the database refuses a batch, halves it until the record that is refused is alone. */
    private Mono<List<Resolution>> ingestWhatCanBe(TenantId tenant, List<SourceRecord> records) {
        return inTransaction(tenant, records)
                .onErrorResume(
                        failure ->
                                isRefused(failure) || (isLostRace(failure) && records.size() > 1),
                        refused -> {
                            if (records.size() == 1) {
                                return Mono.just(List.of(rejected(refused)));
                            }
                            int half = records.size() / 2;
                            return Flux.just(
                                            records.subList(0, half),
                                            records.subList(half, records.size()))
                                    .concatMap(part -> ingestWhatCanBe(tenant, part))
                                    .concatMapIterable(part -> part)
                                    .collectList();
                        });
    }

    /** What became of a batch, and whether records in it name several customers. */
    private record Ingested(List<Resolution> resolutions, boolean hasCandidates) {}

    private Mono<List<Resolution>> inTransaction(TenantId tenant, List<SourceRecord> records) {
        return stored(tenant, records)
                .flatMap(
                        ingested ->
                                ingested.hasCandidates
                                        ? afterCandidates.get().thenReturn(ingested.resolutions)
                                        : Mono.just(ingested.resolutions));
    }

    private Mono<Ingested> stored(TenantId tenant, List<SourceRecord> records) {
        return Mono.defer(() -> transaction.transactional(ingest(tenant, records)))
                .retryWhen(LostRace.again(Ingestion::isLostRace));
    }

    /**
     * Whether what failed is in the records: values that no column takes, or more than a row or an
     * index holds. Else it is the database's, and the same records are right another time.
     */
    private static boolean isRefused(Throwable failure) {
        String state = SqlState.of(failure);
        return failure instanceof NonTransientDataAccessException
                && !isLostRace(failure)
                && state != null
                && REFUSALS.contains(state.substring(0, 2));
    }

    /** What the database said may quote the record, so only its code is kept. */
    private static Resolution rejected(Throwable refused) {
        String state = SqlState.of(refused);
        return new Resolution.Rejected(
                TOO_LARGE_A_NUMBER.equals(state)
                        ? "A number in it, or what it adds up to with the customer's others, has"
                                + " more than 15 digits before the point"
                        : "the database refused it with SQLSTATE " + state);
    }

    /** Lost to another transaction, in any of the ways in which the database tells. */
    static boolean isLostRace(Throwable failure) {
        return failure instanceof ChangedMeanwhile
                || LostRace.isCauseOf(failure)
                || failure instanceof DuplicateKeyException;
    }

    private Mono<Ingested> ingest(TenantId tenant, List<SourceRecord> records) {
        List<SourceRecord> newest = newestVersions(records);
        return knownRecords
                .of(tenant, newest)
                .flatMap(
                        known ->
                                refundCurrencies
                                        .rejected(tenant, newest)
                                        .flatMap(
                                                rejected ->
                                                        resolve(tenant, newest, rejected, known)))
                .map(
                        ingested ->
                                new Ingested(
                                        inOrder(records, newest, ingested.resolutions),
                                        ingested.hasCandidates));
    }

    private Mono<Ingested> resolve(
            TenantId tenant,
            List<SourceRecord> records,
            Map<Integer, Resolution.Rejected> rejected,
            KnownRecords.Known known) {
        IdentifierPolicies policies = known.policies();
        EvidenceReader reader = new EvidenceReader(policies);
        List<Resolution> resolutions = new ArrayList<>(records.size());
        List<Placed> batch = new ArrayList<>(records.size());
        for (int n = 0; n < records.size(); n++) {
            SourceRecord record = records.get(n);
            Optional<StoredRecord> before = Optional.ofNullable(known.stored().get(n));
            String hash = RecordRows.contentHash(record);
            boolean isKnown =
                    known.isDeleted(n, record)
                            || (before.isPresent() && before.get().covers(record, hash));
            Resolution.Rejected refusal = rejected.get(n);
            resolutions.add(
                    refusal == null
                            ? new Resolution.Unchanged(
                                    before.flatMap(StoredRecord::customer),
                                    before.isPresent() && before.get().isNewerThan(record))
                            : refusal);
            if (!isKnown && refusal == null) {
                UUID id = before.map(StoredRecord::id).orElseGet(TimeOrderedId::next);
                batch.add(
                        new Placed(
                                n,
                                new IncomingRecord(record, id, hash, reader.read(record), before)));
            }
        }
        return new ForgottenPeople(erased, reader)
                .takenOut(tenant, known.erasureKey(), batch, resolutions)
                .flatMap(left -> store(tenant, policies, left, resolutions));
    }

    private Mono<Ingested> store(
            TenantId tenant,
            IdentifierPolicies policies,
            List<Placed> batch,
            List<Resolution> resolutions) {
        if (batch.isEmpty()) {
            return Mono.just(new Ingested(resolutions, false));
        }
        List<IncomingRecord> incoming = batch.stream().map(Placed::incoming).toList();
        return batchReader
                .read(
                        tenant,
                        policies,
                        incoming.stream()
                                .flatMap(of -> of.evidence().identifiers().stream())
                                .toList(),
                        standing(incoming))
                .map(identities -> new BatchResolver(policies, identities))
                .flatMap(
                        resolver -> {
                            List<Attribution> attributions =
                                    incoming.stream().map(resolver::resolve).toList();
                            for (int i = 0; i < incoming.size(); i++) {
                                note(batch.get(i).place(), attributions.get(i), resolutions);
                            }
                            return writer.write(
                                            tenant,
                                            resolver.identities(),
                                            resolver.candidates(),
                                            attributions)
                                    .thenReturn(
                                            new Ingested(resolutions, resolver.hasCandidates()));
                        });
    }

    private static void note(int place, Attribution attribution, List<Resolution> resolutions) {
        if (!(resolutions.get(place) instanceof Resolution.Erased)) {
            resolutions.set(place, attribution.resolution());
        }
    }

    private static List<UUID> standing(List<IncomingRecord> incoming) {
        return incoming.stream()
                .flatMap(of -> of.stored().flatMap(StoredRecord::customer).stream())
                .distinct()
                .toList();
    }

    /** One version of each record, the newest, in the order in which the records first came. */
    private static List<SourceRecord> newestVersions(List<SourceRecord> records) {
        Map<RecordKey, SourceRecord> newest = new LinkedHashMap<>();
        for (SourceRecord record : records) {
            newest.merge(
                    RecordKey.of(record),
                    record,
                    (one, other) ->
                            NEWNESS.compare(other, one) < 0
                                    ? newerOf(other, one)
                                    : newerOf(one, other));
        }
        return new ArrayList<>(newest.values());
    }

    /** The newer version; of a conversation with the messages that only the older one brings. */
    private static SourceRecord newerOf(SourceRecord older, SourceRecord newer) {
        return older instanceof SourceRecord.OmniConversationRecord before
                        && newer instanceof SourceRecord.OmniConversationRecord after
                ? after.withEarlier(before.messages())
                : newer;
    }

    private static List<Resolution> inOrder(
            List<SourceRecord> records, List<SourceRecord> newest, List<Resolution> resolutions) {
        if (records.size() == newest.size()) {
            return resolutions;
        }
        Map<RecordKey, Resolution> byKey = new HashMap<>();
        for (int n = 0; n < newest.size(); n++) {
            byKey.put(RecordKey.of(newest.get(n)), resolutions.get(n));
        }
        return records.stream()
                .map(record -> Objects.requireNonNull(byKey.get(RecordKey.of(record))))
                .toList();
    }
}

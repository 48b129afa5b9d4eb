package io.customergraph.ingest;

import io.customergraph.id.TimeOrderedId;
import io.customergraph.ingest.ForgottenPeople.Placed;
import io.customergraph.tenant.TenantContext;
import io.customergraph.tenant.TenantId;

import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Mono;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Tells what is kept of records that a source has, so that both can be compared. It writes nothing.
 */
public final class KeptRecords {

    private final KnownRecords knownRecords;
    private final ErasedIdentities erased;

    public KeptRecords(DatabaseClient database, ErasedIdentities erased) {
        this.knownRecords = new KnownRecords(database);
        this.erased = erased;
    }

    /**
     * What is kept of a record.
     *
     * @param version by which it is compared with what is here. Sources count seconds, and what is
     *     here may know more of the second: where nothing but that differs it is the version of
     *     here
     * @param isHere whether it is, so that there is nothing to be taken from the source
     */
    public record Kept(SourceRecord record, RecordVersion version, boolean isHere) {}

    /**
     * What is kept of records of the tenant of the context, in the same order. Those of people who
     * were erased are left out, or are without the person where the books need them.
     *
     * @param records at most {@link Ingestion#MAX_BATCH}
     */
    public Mono<List<Kept>> of(List<SourceRecord> records) {
        if (records.isEmpty()) {
            return Mono.just(List.of());
        }
        return TenantContext.tenant()
                .flatMap(
                        tenant ->
                                knownRecords
                                        .of(tenant, records)
                                        .flatMap(known -> of(tenant, records, known)));
    }

    private Mono<List<Kept>> of(
            TenantId tenant, List<SourceRecord> records, KnownRecords.Known known) {
        EvidenceReader reader = new EvidenceReader(known.policies());
        List<Resolution> resolutions = new ArrayList<>(records.size());
        List<Placed> batch = new ArrayList<>(records.size());
        for (int n = 0; n < records.size(); n++) {
            SourceRecord record = records.get(n);
            Optional<StoredRecord> before = Optional.ofNullable(known.stored().get(n));
            resolutions.add(new Resolution.Unattributed());
            batch.add(
                    new Placed(
                            n,
                            new IncomingRecord(
                                    record,
                                    before.map(StoredRecord::id).orElseGet(TimeOrderedId::next),
                                    RecordRows.contentHash(record),
                                    reader.read(record),
                                    before.map(StoredRecord::ofAnyVersion))));
        }
        return new ForgottenPeople(erased, reader)
                .takenOut(tenant, known.erasureKey(), batch, resolutions)
                .map(
                        left ->
                                left.stream()
                                        .map(
                                                one ->
                                                        kept(
                                                                one.incoming().record(),
                                                                known.stored().get(one.place())))
                                        .toList());
    }

    private static Kept kept(SourceRecord record, @Nullable StoredRecord stored) {
        RecordVersion version = RecordVersion.of(record);
        if (stored == null
                || !isOfOneSecond(version.updatedAt(), stored.updatedAt())
                || !RecordRows.contentHash(record, stored.updatedAt())
                        .equals(stored.contentHash())) {
            return new Kept(record, version, false);
        }
        return new Kept(
                record,
                new RecordVersion(
                        version.recordType(),
                        version.externalId(),
                        stored.updatedAt(),
                        stored.contentHash()),
                true);
    }

    private static boolean isOfOneSecond(Instant one, Instant other) {
        return one.truncatedTo(ChronoUnit.SECONDS).equals(other.truncatedTo(ChronoUnit.SECONDS));
    }
}

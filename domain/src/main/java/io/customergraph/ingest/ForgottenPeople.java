package io.customergraph.ingest;

import io.customergraph.customer.IdentifierKind;
import io.customergraph.tenant.TenantId;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Mono;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Takes out of a batch what is of people who were erased, however it comes again: the record that
 * was erased itself, and any that the source made before the erasure and that names such a person.
 * What the source makes later is of somebody who came anew.
 */
final class ForgottenPeople {

    private final ErasedIdentities erased;
    private final EvidenceReader reader;

    ForgottenPeople(ErasedIdentities erased, EvidenceReader reader) {
        this.erased = erased;
        this.reader = reader;
    }

    /** A record of a batch, and its place there. */
    record Placed(int place, IncomingRecord incoming) {}

    /**
     * What is to be stored; no statement where nobody of the tenant was ever erased.
     *
     * @param key as the database has it; null where there is none
     * @param resolutions where it is told what becomes of the others
     */
    Mono<List<Placed>> takenOut(
            TenantId tenant,
            @Nullable String key,
            List<Placed> batch,
            List<Resolution> resolutions) {
        if (key == null || batch.isEmpty()) {
            return Mono.just(batch);
        }
        ErasureKey hashes = erased.key(tenant, key);
        Set<String> wanted = new HashSet<>();
        for (Placed one : batch) {
            wanted.add(hashes.hash(RecordKey.of(one.incoming.record())));
            for (Evidence.Value value : one.incoming.evidence().identifiers()) {
                wanted.addAll(of(hashes, value));
            }
        }
        return erased.when(tenant, wanted)
                .map(
                        when ->
                                when.isEmpty()
                                        ? batch
                                        : left(batch, new Known(hashes, when), resolutions));
    }

    private static Collection<String> of(ErasureKey hashes, Evidence.Value value) {
        return value.key().kind() == IdentifierKind.EMAIL
                ? List.of(hashes.hash(value.key()), hashes.ofMailbox(value.canonical()))
                : List.of(hashes.hash(value.key()));
    }

    private record Known(ErasureKey hashes, Map<String, Instant> when) {

        boolean isErased(IncomingRecord incoming) {
            Instant erased = when.get(hashes.hash(RecordKey.of(incoming.record())));
            if (erased != null && !isOfLater(incoming.record(), erased)) {
                return true;
            }
            boolean isSomebodys = incoming.stored().flatMap(StoredRecord::customer).isPresent();
            return !isSomebodys && namesErased(incoming);
        }

        /**
         * A conversation is known by who talks, and who writes after the erasure came anew; any
         * other record stays the same one.
         */
        private static boolean isOfLater(SourceRecord record, Instant erased) {
            return record.type() == RecordType.OMNI_CONVERSATION
                    && record.origin().updatedAt().isAfter(erased);
        }

        /** Families share phones, so a phone tells only where there is nothing else. */
        private boolean namesErased(IncomingRecord incoming) {
            Origin origin = incoming.record().origin();
            Instant made =
                    incoming.record().type() == RecordType.OMNI_CONVERSATION
                            ? origin.updatedAt()
                            : origin.createdAt();
            boolean hasOther = false;
            boolean isErasedPhone = false;
            for (Evidence.Value value : incoming.evidence().identifiers()) {
                boolean isErased =
                        of(hashes, value).stream()
                                .map(when::get)
                                .anyMatch(at -> at != null && !made.isAfter(at));
                if (value.key().kind() == IdentifierKind.PHONE) {
                    isErasedPhone |= isErased;
                } else if (isErased) {
                    return true;
                } else {
                    hasOther = true;
                }
            }
            return isErasedPhone && !hasOther;
        }
    }

    private List<Placed> left(List<Placed> batch, Known known, List<Resolution> resolutions) {
        List<Placed> left = new ArrayList<>(batch.size());
        for (Placed one : batch) {
            if (!known.isErased(one.incoming)) {
                left.add(new Placed(one.place, withoutEarlier(one.incoming, known)));
                continue;
            }
            resolutions.set(one.place, new Resolution.Erased());
            withoutPerson(one.incoming)
                    .ifPresent(incoming -> left.add(new Placed(one.place, incoming)));
        }
        return left;
    }

    /** What was written before an erasure does not come back with what was written after it. */
    private static IncomingRecord withoutEarlier(IncomingRecord incoming, Known known) {
        Instant erased = known.when.get(known.hashes.hash(RecordKey.of(incoming.record())));
        return erased != null
                        && incoming.record()
                                instanceof SourceRecord.OmniConversationRecord conversation
                ? new IncomingRecord(
                        conversation.withMessagesAfter(erased),
                        incoming.id(),
                        incoming.contentHash(),
                        incoming.evidence(),
                        incoming.stored())
                : incoming;
    }

    /** Empty where nothing is left of it, or nothing new. */
    private Optional<IncomingRecord> withoutPerson(IncomingRecord incoming) {
        return WithoutPerson.of(incoming.record())
                .map(
                        record ->
                                new IncomingRecord(
                                        record,
                                        incoming.id(),
                                        RecordRows.contentHash(record),
                                        reader.read(record),
                                        incoming.stored()))
                .filter(
                        left ->
                                left.stored()
                                        .filter(
                                                before ->
                                                        before.covers(
                                                                left.record(), left.contentHash()))
                                        .isEmpty());
    }
}

package io.customergraph.delivery;

import io.customergraph.ingest.DeletedRecord;
import io.customergraph.ingest.IdentityEvent;
import io.customergraph.ingest.SourceRecord;
import io.customergraph.integration.AccountEvents;
import io.customergraph.integration.ProviderPrivacyRequest;

import java.time.Instant;
import java.util.List;

/** Makes of one provider's deliveries the vocabulary that all sources share. Pure. */
public interface DeliveryTranslator {

    /** Whose deliveries, by the key in the catalogue. */
    String provider();

    /** What a delivery says; never an exception, however it is broken. */
    Translation translate(Delivery delivery);

    /** What a delivery says. */
    sealed interface Translation {

        /** Records, events and deletions, in the order in which they are to be applied. */
        record Said(
                List<SourceRecord> records,
                List<IdentityEvent> identityEvents,
                List<DeletedRecord> deletions)
                implements Translation {
            public Said {
                records = List.copyOf(records);
                identityEvents = List.copyOf(identityEvents);
                deletions = List.copyOf(deletions);
            }

            /** Nothing is deleted. */
            public Said(List<SourceRecord> records, List<IdentityEvent> identityEvents) {
                this(records, identityEvents, List.of());
            }
        }

        /** The owner of the account took the app out; see {@link AccountEvents#uninstalled}. */
        record Uninstalled(Instant at) implements Translation {}

        /** Somebody asks for a copy of what is known of them, or to be forgotten. */
        record Privacy(ProviderPrivacyRequest request, Instant at) implements Translation {}

        /** Nothing that is for the ledger of customers. */
        record Nothing(DeliveryOutcome outcome) implements Translation {}
    }
}

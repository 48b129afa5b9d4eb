package io.customergraph.delivery;

import io.customergraph.ingest.IdentityEvent;
import io.customergraph.ingest.SourceRecord;

import java.util.List;

/** Makes of one provider's deliveries the vocabulary that all sources share. Pure. */
public interface DeliveryTranslator {

    /** Whose deliveries, by the key in the catalogue. */
    String provider();

    /** What a delivery says; never an exception, however it is broken. */
    Translation translate(Delivery delivery);

    /** What a delivery says. */
    sealed interface Translation {

        /** Records and events, in the order in which they are to be applied. */
        record Said(List<SourceRecord> records, List<IdentityEvent> identityEvents)
                implements Translation {
            public Said {
                records = List.copyOf(records);
                identityEvents = List.copyOf(identityEvents);
            }
        }

        /** Nothing that is for the ledger of customers. */
        record Nothing(DeliveryOutcome outcome) implements Translation {}
    }
}

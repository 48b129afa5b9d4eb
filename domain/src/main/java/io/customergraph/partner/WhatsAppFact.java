package io.customergraph.partner;

import io.customergraph.ingest.ContactPoint;
import io.customergraph.ingest.IdentityEvent;
import io.customergraph.ingest.SourceRecord.OmniConversationRecord;

import java.time.Instant;
import java.util.List;

/** One thing that a delivery of WhatsApp says. */
sealed interface WhatsAppFact {

    /** A message of a contact, as a version of the conversation. */
    record Wrote(OmniConversationRecord conversation) implements WhatsAppFact {}

    /** What somebody is known by has changed. */
    record Renamed(IdentityEvent event) implements WhatsAppFact {}

    /**
     * How far a message of ours has come.
     *
     * @param account the number it was sent from
     * @param contact the key of the conversation there
     */
    record Reached(
            String account,
            String contact,
            List<ContactPoint> contactPoints,
            String message,
            String status,
            Instant at)
            implements WhatsAppFact {}

    /** Of a company or number under the programme. */
    record Told(PartnerNews news) implements WhatsAppFact {}
}

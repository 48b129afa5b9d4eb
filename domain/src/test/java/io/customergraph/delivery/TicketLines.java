package io.customergraph.delivery;

import static io.customergraph.testing.Records.START;

import io.customergraph.customer.Assurance;
import io.customergraph.ingest.Origin;
import io.customergraph.ingest.Person;
import io.customergraph.ingest.SourceRecord.SupportTicketRecord;

import java.util.List;

/** Reads tickets of one line: id, version, status and e-mail, parted by blanks. */
final class TicketLines implements DeliveryTranslator {

    @Override
    public String provider() {
        return "freshdesk";
    }

    @Override
    public Translation translate(Delivery delivery) {
        String[] line = delivery.body().split(" ", -1);
        if (line.length != 4) {
            return new Translation.Nothing(
                    new DeliveryOutcome.Unusable("NO_TICKET", "It has not four words"));
        }
        return new Translation.Said(
                List.of(
                        new SupportTicketRecord(
                                new Origin(
                                        "freshdesk",
                                        delivery.account(),
                                        line[0],
                                        START,
                                        START.plusSeconds(Long.parseLong(line[1]))),
                                Person.of(null, null, line[3], null, Assurance.OBSERVED),
                                "Version " + line[1],
                                null,
                                line[2],
                                null,
                                null,
                                List.of(),
                                null,
                                null)),
                List.of());
    }
}

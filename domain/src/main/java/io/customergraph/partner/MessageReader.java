package io.customergraph.partner;

import io.customergraph.delivery.Delivery;
import io.customergraph.delivery.DeliveryOutcome;

import java.util.List;

/** Reads what one provider's deliveries say of messages. Pure. */
public interface MessageReader {

    /** Whose deliveries, by the key in the catalogue. */
    String provider();

    /** What a delivery says; never an exception, however it is broken. */
    Read read(Delivery delivery);

    /** What was read. */
    sealed interface Read {

        /** News, in the order in which they are told; at least one. */
        record Said(List<MessageNews> news) implements Read {
            public Said {
                news = List.copyOf(news);
            }
        }

        /** Nothing of a message. */
        record Nothing(DeliveryOutcome outcome) implements Read {}
    }

    /** The news that there are, or what is to be said of a delivery without any. */
    static Read of(List<MessageNews> news, boolean isBroken) {
        if (!news.isEmpty()) {
            return new Read.Said(news);
        }
        return new Read.Nothing(
                isBroken
                        ? new DeliveryOutcome.Unusable(
                                "UNREADABLE_MESSAGE",
                                "A message or status names no contact or has no id")
                        : new DeliveryOutcome.Ignored("It says nothing that is followed"));
    }
}

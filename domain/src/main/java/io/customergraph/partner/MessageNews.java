package io.customergraph.partner;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/** One thing that a delivery says of a message. */
public sealed interface MessageNews {

    ChannelAddress address();

    /**
     * The person wrote.
     *
     * @param id of the message, the provider's
     * @param contentType {@code text}, {@code image} …
     * @param name as the person shows it on the channel
     */
    record Wrote(
            ChannelAddress address,
            String id,
            String contentType,
            @Nullable String text,
            @Nullable String name,
            Instant at)
            implements MessageNews {}

    /**
     * How far a message of ours has come.
     *
     * @param status sent, delivered, read or failed
     */
    record Reached(ChannelAddress address, String id, String status, Instant at)
            implements MessageNews {}
}

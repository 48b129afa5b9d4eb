package io.customergraph.customer;

import io.customergraph.paging.Row;
import io.r2dbc.spi.Readable;

import java.time.Instant;

/** An address that a customer converses from on one channel. */
public record ChannelIdentity(String channel, String identity, Instant lastMessageAt) {

    static ChannelIdentity read(Readable row) {
        return new ChannelIdentity(Row.text(row, 1), Row.text(row, 2), Row.time(row, 3));
    }
}

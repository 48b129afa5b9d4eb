package io.customergraph.customer;

import io.customergraph.paging.Row;
import io.r2dbc.spi.Readable;

import java.util.UUID;

/** A customer that was absorbed by another. Its id goes on answering, with the survivor. */
public record MergedCustomer(UUID id) {

    /** Reads a row whose second column is the id. */
    public static MergedCustomer read(Readable row) {
        return new MergedCustomer(Row.id(row, 1));
    }
}

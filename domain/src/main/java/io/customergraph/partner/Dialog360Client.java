package io.customergraph.partner;

import io.customergraph.paging.Lookup;
import io.customergraph.paging.Row;
import io.r2dbc.spi.Readable;

import java.time.Instant;
import java.util.UUID;

/**
 * The company's account under the platform's 360dialog partnership.
 *
 * @param clientId the hub's id of it
 * @param status pending, active, suspended or closed
 */
public record Dialog360Client(
        UUID id,
        String clientId,
        String name,
        String status,
        long version,
        Instant createdAt,
        Instant updatedAt) {

    static final String COLUMNS =
            " c.id, c.client_id, c.name, c.status, c.version, c.created_at, c.updated_at ";

    public static final Lookup<Dialog360Client> LOOKUP =
            new Lookup<>(
                    "Dialog360Client",
                    "SELECT c.id,"
                            + COLUMNS
                            + "FROM dialog_360_clients c"
                            + " WHERE c.tenant_id = $1 AND c.id = ANY ($2)",
                    Dialog360Client::read);

    static Dialog360Client read(Readable row) {
        return new Dialog360Client(
                Row.id(row, 1),
                Row.text(row, 2),
                Row.text(row, 3),
                Row.text(row, 4),
                Row.bigNumber(row, 5),
                Row.time(row, 6),
                Row.time(row, 7));
    }
}

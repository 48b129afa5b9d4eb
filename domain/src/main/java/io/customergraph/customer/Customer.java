package io.customergraph.customer;

import io.customergraph.paging.Row;
import io.r2dbc.spi.Readable;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** One person, whatever systems the person was met in. */
public record Customer(
        UUID id,
        @Nullable String firstName,
        @Nullable String lastName,
        @Nullable String email,
        @Nullable String phone,
        String status,
        String source,
        List<String> tags,
        @Nullable String preferredContactMethod,
        @Nullable String language,
        @Nullable String timezone,
        int totalAppointments,
        int totalConversations,
        int totalTickets,
        int totalOrders,
        @Nullable Instant lastContactAt,
        String sortName,
        @Nullable UUID mergedInto,
        long version,
        Instant createdAt,
        Instant updatedAt) {

    /** Reads a row whose columns are {@code parent} and then these, in this order. */
    static Customer read(Readable row) {
        return new Customer(
                Row.id(row, 1),
                Row.textOrNull(row, 2),
                Row.textOrNull(row, 3),
                Row.textOrNull(row, 4),
                Row.textOrNull(row, 5),
                Row.text(row, 6),
                Row.text(row, 7),
                Row.texts(row, 8),
                Row.textOrNull(row, 9),
                Row.textOrNull(row, 10),
                Row.textOrNull(row, 11),
                Row.number(row, 12),
                Row.number(row, 13),
                Row.number(row, 14),
                Row.number(row, 15),
                Row.timeOrNull(row, 16),
                Row.text(row, 17),
                Row.idOrNull(row, 18),
                Row.bigNumber(row, 19),
                Row.time(row, 20),
                Row.time(row, 21));
    }

    /** First and last name, or else the e-mail, or else the phone, or else nothing. */
    public String displayName() {
        String name =
                ((firstName == null ? "" : firstName) + " " + (lastName == null ? "" : lastName))
                        .strip();
        if (!name.isEmpty()) {
            return name;
        }
        if (email != null) {
            return email;
        }
        return phone == null ? "" : phone;
    }
}

package io.customergraph.scheduling;

import io.customergraph.paging.Connection;
import io.customergraph.paging.Lookup;

/** Reads appointments. */
public final class Appointments {

    private static final String PAGE_BY_CUSTOMER =
            """
            SELECT p.id, t.*
            FROM unnest($2::uuid[]) AS p (id)
            CROSS JOIN LATERAL (
                SELECT id, customer_id, source_type, source_account, external_id,
                       customer_external_id, customer_name, customer_email, customer_phone,
                       service, appointment_date, duration_minutes, status, location,
                       staff_name, notes, created_at, updated_at
                FROM appointments
                WHERE tenant_id = $1 AND customer_id = p.id AND (appointment_date, id) %1$s ($3, $4)
                ORDER BY appointment_date %2$s, id %2$s
                LIMIT $5) AS t
            """;

    private static final String COUNT_BY_CUSTOMER =
            """
            SELECT p.id, (SELECT count(*) FROM appointments
                          WHERE tenant_id = $1 AND customer_id = p.id)
            FROM unnest($2::uuid[]) AS p (id)
            """;

    private static final String BY_ID =
            """
            SELECT t.id, t.id, t.customer_id, t.source_type, t.source_account, t.external_id,
                   t.customer_external_id, t.customer_name, t.customer_email,
                   t.customer_phone, t.service, t.appointment_date, t.duration_minutes,
                   t.status, t.location, t.staff_name, t.notes, t.created_at,
                   t.updated_at
            FROM appointments t
            WHERE t.tenant_id = $1 AND t.id = ANY ($2)
            """;

    /** A customer's appointments, the latest first. */
    public static final Connection<Appointment> OF_CUSTOMER =
            Connection.newestFirst(
                    "Customer.appointments",
                    PAGE_BY_CUSTOMER,
                    COUNT_BY_CUSTOMER,
                    Appointment::read,
                    Appointment::appointmentDate,
                    Appointment::id);

    public static final Lookup<Appointment> LOOKUP =
            new Lookup<>("Appointment", BY_ID, Appointment::read);

    private Appointments() {}
}

package io.customergraph.customer;

import io.customergraph.money.Money;
import io.customergraph.paging.Listing;
import io.customergraph.paging.Lookup;
import io.customergraph.paging.Row;
import io.r2dbc.spi.Readable;

/** Reads customers and what hangs on them. */
public final class Customers {

    /** A merged customer answers with the one that it was merged into, however often. */
    private static final String BY_ID =
            """
            WITH RECURSIVE living AS (
                SELECT c.id AS wanted, c.id, c.merged_into, 0 AS depth
                FROM customers c
                WHERE c.tenant_id = $1 AND c.id = ANY ($2)
                UNION ALL
                SELECT l.wanted, c.id, c.merged_into, l.depth + 1
                FROM living l
                JOIN customers c ON c.tenant_id = $1 AND c.id = l.merged_into
                WHERE l.depth < 100)
            SELECT l.wanted, c.id, c.first_name, c.last_name, c.email, c.phone, c.status, c.source,
                   c.tags, c.preferred_contact_method, c.language, c.timezone,
                   c.total_appointments, c.total_conversations, c.total_tickets,
                   c.total_orders, c.last_contact_at, c.sort_name, c.merged_into,
                   c.version, c.created_at, c.updated_at
            FROM living l
            JOIN customers c ON c.tenant_id = $1 AND c.id = l.id
            WHERE l.merged_into IS NULL
            """;

    private static final String IDENTIFIERS =
            """
            SELECT p.id, t.*
            FROM unnest($2::uuid[]) AS p (id)
            CROSS JOIN LATERAL (
                SELECT kind, scope, value, assurance, is_generic, source_type, valid_from, valid_to
                FROM customer_identifiers
                WHERE tenant_id = $1 AND customer_id = p.id
                ORDER BY valid_from, kind, scope, value
                LIMIT 100) AS t
            """;

    private static final String CONSENTS =
            """
            SELECT p.id, t.*
            FROM unnest($2::uuid[]) AS p (id)
            CROSS JOIN LATERAL (
                SELECT channel, purpose, state, source_type, recorded_at
                FROM customer_consents
                WHERE tenant_id = $1 AND customer_id = p.id
                ORDER BY recorded_at DESC, id
                LIMIT 100) AS t
            """;

    private static final String PROVENANCE =
            """
            SELECT customer_id, field, value, source_type, assurance, observed_at
            FROM customer_field_values
            WHERE tenant_id = $1 AND customer_id = ANY ($2)
            ORDER BY customer_id, field
            """;

    private static final String LIFETIME_VALUES =
            """
            SELECT customer_id, amount, currency
            FROM customer_lifetime_values
            WHERE tenant_id = $1 AND customer_id = ANY ($2) AND amount <> 0
            ORDER BY customer_id, currency
            """;

    private static final String MERGED_FROM =
            """
            SELECT p.id, t.*
            FROM unnest($2::uuid[]) AS p (id)
            CROSS JOIN LATERAL (
                SELECT id
                FROM customers
                WHERE tenant_id = $1 AND merged_into = p.id
                ORDER BY id
                LIMIT 100) AS t
            """;

    private static final String CHANNEL_IDENTITIES =
            """
            SELECT p.id, t.*
            FROM unnest($2::uuid[]) AS p (id)
            CROSS JOIN LATERAL (
                SELECT channel, coalesce(channel_identity, customer_phone, customer_email,
                           customer_external_id) AS identity,
                       max(last_message_at) AS last_message_at
                FROM omni_conversations
                WHERE tenant_id = $1 AND customer_id = p.id
                  AND coalesce(channel_identity, customer_phone, customer_email,
                          customer_external_id) IS NOT NULL
                GROUP BY 1, 2
                ORDER BY 3 DESC
                LIMIT 50) AS t
            """;

    /** By any id that was ever issued. */
    public static final Lookup<Customer> LOOKUP = new Lookup<>("Customer", BY_ID, Customer::read);

    /** Living and former ones, the oldest first; at most 100. */
    public static final Listing<CustomerIdentifier> IDENTIFIERS_OF =
            new Listing<>("Customer.identifiers", IDENTIFIERS, CustomerIdentifier::read);

    /** The latest first; at most 100. */
    public static final Listing<CustomerConsent> CONSENTS_OF =
            new Listing<>("Customer.consents", CONSENTS, CustomerConsent::read);

    public static final Listing<FieldProvenance> PROVENANCE_OF =
            new Listing<>("Customer.provenance", PROVENANCE, FieldProvenance::read);

    /** An amount in each currency that the customer paid in. */
    public static final Listing<Money> LIFETIME_VALUES_OF =
            new Listing<>("CustomerStats.lifetimeValue", LIFETIME_VALUES, Customers::money);

    /** The ids that the customer absorbed directly; at most 100. */
    public static final Listing<MergedCustomer> MERGED_FROM_OF =
            new Listing<>("Customer.mergedFrom", MERGED_FROM, MergedCustomer::read);

    /** The addresses that the customer converses from, the latest used first; at most 50. */
    public static final Listing<ChannelIdentity> CHANNEL_IDENTITIES_OF =
            new Listing<>("Customer.channelIdentities", CHANNEL_IDENTITIES, ChannelIdentity::read);

    private Customers() {}

    private static Money money(Readable row) {
        return new Money(Row.decimal(row, 1), Row.text(row, 2));
    }
}

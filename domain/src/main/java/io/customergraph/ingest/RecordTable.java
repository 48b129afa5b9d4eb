package io.customergraph.ingest;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * How the records of one type are written, a batch in one statement each. Every statement binds
 * {@code :tenant} and {@code :rows}, a JSON array of rows as {@link WrittenRows} makes them.
 *
 * @param parts columns with rows of their own that {@code upsert} does not take
 * @param upsert adds rows or brings them up to date, where what is stored is neither newer nor the
 *     same, and returns {@code id} of those written and whether each was {@code inserted}
 * @param children what follows for the rows of rows, in order
 */
record RecordTable(RecordType type, String upsert, Set<String> parts, List<Child> children) {

    /** A table whose statements all take all rows. */
    RecordTable(RecordType type, String upsert, String... children) {
        this(
                type,
                upsert,
                Set.of(),
                Arrays.stream(children).map(sql -> new Child(sql, WrittenRows::whole)).toList());
    }

    /** A statement that follows, and what it takes of the rows; not executed for nothing. */
    record Child(String sql, Function<WrittenRows, String> rows) {}

    static RecordTable of(RecordType type) {
        return switch (type) {
            case SHOPIFY_PRODUCT -> ShopifyProductTable.TABLE;
            case SHOPIFY_CUSTOMER -> ShopifyCustomerTable.TABLE;
            case SHOPIFY_ORDER -> ShopifyOrderTable.TABLE;
            case SHOPIFY_REFUND -> ShopifyRefundTable.TABLE;
            case SUPPORT_TICKET -> SupportTicketTable.TABLE;
            case SUPPORT_CONTACT -> SupportContactTable.TABLE;
            case APPOINTMENT -> SchedulingTables.APPOINTMENTS;
            case PROSPECT -> SchedulingTables.PROSPECTS;
            case OMNI_CONVERSATION -> OmniConversationTable.TABLE;
            case TRANSACTION -> PaymentTables.TRANSACTIONS;
            case TRANSACTION_REFUND -> RefundTable.TABLE;
            case ENROLLMENT -> PaymentTables.ENROLLMENTS;
        };
    }
}

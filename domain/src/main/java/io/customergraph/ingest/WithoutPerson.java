package io.customergraph.ingest;

import io.customergraph.ingest.SourceRecord.EnrollmentRecord;
import io.customergraph.ingest.SourceRecord.ShopifyOrderRecord;
import io.customergraph.ingest.SourceRecord.TransactionRecord;

import java.util.List;
import java.util.Optional;

/**
 * What is left of a record once its person is forgotten. Money stays for the books, and what is
 * about the person goes.
 */
final class WithoutPerson {

    private WithoutPerson() {}

    /** The record without the person; empty where nothing is left of it. */
    static Optional<SourceRecord> of(SourceRecord record) {
        return switch (record) {
            case ShopifyOrderRecord order -> Optional.of(order(order));
            case TransactionRecord payment -> Optional.of(payment(payment));
            case EnrollmentRecord enrollment -> Optional.of(enrollment(enrollment));
            case SourceRecord.ShopifyProductRecord product -> Optional.of(product);
            case SourceRecord.ShopifyRefundRecord refund -> Optional.of(refund);
            case SourceRecord.RefundRecord refund -> Optional.of(refund);
            case SourceRecord.ShopifyCustomerRecord _,
                    SourceRecord.SupportTicketRecord _,
                    SourceRecord.SupportContactRecord _,
                    SourceRecord.AppointmentRecord _,
                    SourceRecord.ProspectRecord _,
                    SourceRecord.OmniConversationRecord _ ->
                    Optional.empty();
        };
    }

    /** The same of what is stored, by its type. */
    static boolean isKept(RecordType type) {
        return switch (type) {
            case SHOPIFY_ORDER,
                    TRANSACTION,
                    ENROLLMENT,
                    SHOPIFY_PRODUCT,
                    SHOPIFY_REFUND,
                    TRANSACTION_REFUND ->
                    true;
            case SHOPIFY_CUSTOMER,
                    SUPPORT_TICKET,
                    SUPPORT_CONTACT,
                    APPOINTMENT,
                    PROSPECT,
                    OMNI_CONVERSATION ->
                    false;
        };
    }

    private static ShopifyOrderRecord order(ShopifyOrderRecord order) {
        return new ShopifyOrderRecord(
                order.origin(),
                Person.UNKNOWN,
                order.orderNumber(),
                order.currency(),
                order.totalPrice(),
                order.subtotalPrice(),
                order.totalTax(),
                order.totalDiscounts(),
                order.totalRefunded(),
                order.financialStatus(),
                order.fulfillmentStatus(),
                null,
                null,
                order.sourceName(),
                List.of(),
                order.processedAt(),
                order.closedAt(),
                order.cancelledAt(),
                order.items(),
                order.refunds());
    }

    private static TransactionRecord payment(TransactionRecord payment) {
        return new TransactionRecord(
                payment.origin(),
                Person.UNKNOWN,
                payment.status(),
                payment.amount(),
                payment.refunded(),
                payment.paymentMethod(),
                null,
                payment.shopifyOrderId(),
                payment.paidAt(),
                payment.alsoKnownAs(),
                payment.isInvoice());
    }

    private static EnrollmentRecord enrollment(EnrollmentRecord enrollment) {
        return new EnrollmentRecord(
                enrollment.origin(),
                Person.UNKNOWN,
                enrollment.program(),
                enrollment.status(),
                enrollment.price(),
                enrollment.enrolledAt(),
                enrollment.completedAt());
    }
}

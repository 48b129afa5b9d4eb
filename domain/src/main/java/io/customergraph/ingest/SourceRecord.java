package io.customergraph.ingest;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.customergraph.money.Money;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * One record of any source, in the one vocabulary that everything downstream reads. A new provider
 * is a connector that translates into it.
 */
public sealed interface SourceRecord {

    Origin origin();

    /** Whom the record is about; {@link Person#UNKNOWN} for one that is about nobody. */
    Person person();

    /** The sort of record, which also names its table. */
    RecordType type();

    /**
     * How far the record has come. Of two versions of one time the one that has come further is the
     * newer; 0 for records whose source tells time well enough.
     */
    default int stage() {
        return 0;
    }

    /** A product of a Shopify shop with its variants. About nobody. */
    record ShopifyProductRecord(
            Origin origin,
            @Nullable String title,
            @Nullable String handle,
            @Nullable String productType,
            @Nullable String status,
            @Nullable String vendor,
            List<String> tags,
            @Nullable Instant publishedAt,
            List<Variant> variants)
            implements SourceRecord {

        public ShopifyProductRecord {
            requireShopifyId(origin.externalId());
            tags = List.copyOf(tags);
            variants = List.copyOf(variants);
        }

        /** A variant; a price without {@code currency} is in the shop's, known or not yet. */
        public record Variant(
                long shopifyVariantId,
                @Nullable String title,
                @Nullable String sku,
                @Nullable BigDecimal price,
                @Nullable BigDecimal compareAtPrice,
                @Nullable String currency,
                Instant createdAt,
                Instant updatedAt) {}

        @Override
        public Person person() {
            return Person.UNKNOWN;
        }

        @Override
        public RecordType type() {
            return RecordType.SHOPIFY_PRODUCT;
        }
    }

    /**
     * A customer of a Shopify shop; {@code person.externalId} is Shopify's id again.
     *
     * @param acceptsMarketing by e-mail; null where the shop does not say
     * @param acceptsSms marketing by SMS; null where the person was not asked
     */
    record ShopifyCustomerRecord(
            Origin origin,
            Person person,
            boolean verifiedEmail,
            @Nullable Boolean acceptsMarketing,
            @Nullable Boolean acceptsSms,
            @Nullable Integer ordersCount,
            @Nullable Money totalSpent,
            @Nullable String state,
            List<String> tags)
            implements SourceRecord {

        public ShopifyCustomerRecord {
            requireShopifyId(origin.externalId());
            requireShopifyId(person.externalId());
            tags = List.copyOf(tags);
        }

        /** One of whom nothing is said about SMS. */
        public ShopifyCustomerRecord(
                Origin origin,
                Person person,
                boolean verifiedEmail,
                @Nullable Boolean acceptsMarketing,
                @Nullable Integer ordersCount,
                @Nullable Money totalSpent,
                @Nullable String state,
                List<String> tags) {
            this(
                    origin,
                    person,
                    verifiedEmail,
                    acceptsMarketing,
                    null,
                    ordersCount,
                    totalSpent,
                    state,
                    tags);
        }

        @Override
        public RecordType type() {
            return RecordType.SHOPIFY_CUSTOMER;
        }
    }

    /**
     * An order of a Shopify shop; {@code person.externalId} is Shopify's customer id, if any.
     *
     * @param totalRefunded what this version says; refunds that are known add up to no less
     */
    record ShopifyOrderRecord(
            Origin origin,
            Person person,
            @Nullable String orderNumber,
            String currency,
            @Nullable BigDecimal totalPrice,
            @Nullable BigDecimal subtotalPrice,
            @Nullable BigDecimal totalTax,
            @Nullable BigDecimal totalDiscounts,
            BigDecimal totalRefunded,
            @Nullable String financialStatus,
            @Nullable String fulfillmentStatus,
            @Nullable String landingSite,
            @Nullable String referringSite,
            @Nullable String sourceName,
            List<String> tags,
            @Nullable Instant processedAt,
            @Nullable Instant closedAt,
            @Nullable Instant cancelledAt,
            List<Item> items,
            List<Refund> refunds)
            implements SourceRecord {

        public ShopifyOrderRecord {
            requireShopifyId(origin.externalId());
            requireShopifyId(person.externalId());
            tags = List.copyOf(tags);
            items = List.copyOf(items);
            refunds = List.copyOf(refunds);
        }

        /** One that tells no refunds. */
        public ShopifyOrderRecord(
                Origin origin,
                Person person,
                @Nullable String orderNumber,
                String currency,
                @Nullable BigDecimal totalPrice,
                @Nullable BigDecimal subtotalPrice,
                @Nullable BigDecimal totalTax,
                @Nullable BigDecimal totalDiscounts,
                BigDecimal totalRefunded,
                @Nullable String financialStatus,
                @Nullable String fulfillmentStatus,
                @Nullable String landingSite,
                @Nullable String referringSite,
                @Nullable String sourceName,
                List<String> tags,
                @Nullable Instant processedAt,
                @Nullable Instant closedAt,
                @Nullable Instant cancelledAt,
                List<Item> items) {
            this(
                    origin,
                    person,
                    orderNumber,
                    currency,
                    totalPrice,
                    subtotalPrice,
                    totalTax,
                    totalDiscounts,
                    totalRefunded,
                    financialStatus,
                    fulfillmentStatus,
                    landingSite,
                    referringSite,
                    sourceName,
                    tags,
                    processedAt,
                    closedAt,
                    cancelledAt,
                    items,
                    List.of());
        }

        /** A line of the order, in the order's currency. */
        public record Item(
                long shopifyLineItemId,
                @Nullable Long shopifyProductId,
                @Nullable Long shopifyVariantId,
                @Nullable String title,
                @Nullable String variantTitle,
                @Nullable String sku,
                @Nullable String vendor,
                int quantity,
                @Nullable BigDecimal price,
                @Nullable BigDecimal totalDiscount) {}

        /** What was given back at once; without money where {@code currency} is null. */
        public record Refund(
                long shopifyRefundId,
                BigDecimal amount,
                @Nullable String currency,
                @Nullable Instant processedAt,
                Instant createdAt,
                Instant updatedAt) {}

        @Override
        public RecordType type() {
            return RecordType.SHOPIFY_ORDER;
        }
    }

    /**
     * A refund of an order, which may not be known yet. About nobody: the order is somebody's.
     *
     * @param amount what was given back; 0 where only goods were put back into stock
     * @param currency null where there is no amount
     */
    record ShopifyRefundRecord(
            Origin origin,
            long shopifyOrderId,
            BigDecimal amount,
            @Nullable String currency,
            @Nullable Instant processedAt)
            implements SourceRecord {

        public ShopifyRefundRecord {
            requireShopifyId(origin.externalId());
            if (amount.signum() < 0 || (amount.signum() > 0 && currency == null)) {
                throw new IllegalArgumentException(
                        "A refund gives nothing or an amount of a currency back");
            }
        }

        @Override
        public Person person() {
            return Person.UNKNOWN;
        }

        @Override
        public RecordType type() {
            return RecordType.SHOPIFY_REFUND;
        }
    }

    /**
     * A support ticket.
     *
     * @param status open, pending, resolved or closed
     * @param priority low, medium, high or urgent
     */
    record SupportTicketRecord(
            Origin origin,
            Person person,
            @Nullable String subject,
            @Nullable String description,
            String status,
            @Nullable String priority,
            @Nullable String channel,
            List<String> tags,
            @Nullable Instant dueAt,
            @Nullable Instant resolvedAt)
            implements SourceRecord {

        public SupportTicketRecord {
            tags = List.copyOf(tags);
        }

        @Override
        public RecordType type() {
            return RecordType.SUPPORT_TICKET;
        }
    }

    /**
     * Somebody whom a helpdesk knows; {@code person.externalId} is the contact's own id, which
     * tickets name as their requester's.
     *
     * @param otherEmails besides the first one of the person, as the helpdesk writes them
     * @param mobile as the helpdesk writes it
     * @param isActive whether the helpdesk has verified the contact
     */
    record SupportContactRecord(
            Origin origin,
            Person person,
            List<String> otherEmails,
            @Nullable String mobile,
            @Nullable String language,
            boolean isActive)
            implements SourceRecord {

        public SupportContactRecord {
            otherEmails = List.copyOf(otherEmails);
        }

        @Override
        public RecordType type() {
            return RecordType.SUPPORT_CONTACT;
        }
    }

    /**
     * An appointment.
     *
     * @param status scheduled, confirmed, completed, cancelled or no_show
     */
    record AppointmentRecord(
            Origin origin,
            Person person,
            @Nullable String service,
            Instant appointmentDate,
            @Nullable Integer durationMinutes,
            String status,
            @Nullable String location,
            @Nullable String staffName,
            @Nullable String notes)
            implements SourceRecord {

        @Override
        public RecordType type() {
            return RecordType.APPOINTMENT;
        }
    }

    /**
     * Somebody who may become a customer; {@code person.externalId} is the prospect's own id.
     *
     * @param status new, contacted, qualified, converted or lost
     */
    record ProspectRecord(
            Origin origin,
            Person person,
            @Nullable String company,
            String status,
            @Nullable String campaign,
            @Nullable String notes)
            implements SourceRecord {

        @Override
        public RecordType type() {
            return RecordType.PROSPECT;
        }
    }

    /**
     * A conversation on one channel, with the messages that this version of it brings.
     *
     * @param channel whatsapp, sms, email, chat, voice, instagram or messenger
     * @param channelIdentity the address that a reply goes to
     * @param status open, pending or closed
     * @param messages added to those already known; one with a known id replaces it
     */
    record OmniConversationRecord(
            Origin origin,
            Person person,
            String channel,
            @Nullable String channelIdentity,
            String status,
            @Nullable String subject,
            List<Message> messages)
            implements SourceRecord {

        public OmniConversationRecord {
            messages = List.copyOf(messages);
        }

        /** This version with those of its messages that were sent after a time. */
        OmniConversationRecord withMessagesAfter(Instant time) {
            return new OmniConversationRecord(
                    origin,
                    person,
                    channel,
                    channelIdentity,
                    status,
                    subject,
                    messages.stream().filter(one -> one.sentAt().isAfter(time)).toList());
        }

        /** This version with messages of an earlier one before its own. */
        OmniConversationRecord withEarlier(List<Message> earlier) {
            return new OmniConversationRecord(
                    origin,
                    person,
                    channel,
                    channelIdentity,
                    status,
                    subject,
                    Stream.concat(earlier.stream(), messages.stream()).toList());
        }

        /**
         * A message.
         *
         * @param direction inbound or outbound
         * @param status received, sent, delivered, read or failed
         */
        public record Message(
                String externalId,
                String direction,
                String contentType,
                @Nullable String body,
                @Nullable String status,
                Instant sentAt) {}

        @Override
        public RecordType type() {
            return RecordType.OMNI_CONVERSATION;
        }
    }

    /**
     * A payment, as its provider tells of it. What is known of its refunds besides, by {@link
     * RefundRecord}, is added where it is kept.
     *
     * @param status the code of a {@link PaymentStatus}
     * @param refunded in the payment's currency, as far as the payment itself tells
     * @param shopifyOrderId the order that it pays, if it pays one
     * @param alsoKnownAs another id of the provider's, by which refunds may name the payment; an
     *     invoice's is that of the payment which settled it
     * @param isInvoice it asks for money: a payment that settled it is not counted beside it
     */
    record TransactionRecord(
            Origin origin,
            Person person,
            String status,
            Money amount,
            BigDecimal refunded,
            @Nullable String paymentMethod,
            @Nullable String description,
            @Nullable Long shopifyOrderId,
            @Nullable Instant paidAt,
            @Nullable String alsoKnownAs,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean isInvoice)
            implements SourceRecord {

        public TransactionRecord {
            PaymentStatus.ofCode(status);
        }

        /** A payment that has one id. */
        public TransactionRecord(
                Origin origin,
                Person person,
                String status,
                Money amount,
                BigDecimal refunded,
                @Nullable String paymentMethod,
                @Nullable String description,
                @Nullable Long shopifyOrderId,
                @Nullable Instant paidAt) {
            this(
                    origin,
                    person,
                    status,
                    amount,
                    refunded,
                    paymentMethod,
                    description,
                    shopifyOrderId,
                    paidAt,
                    null,
                    false);
        }

        @Override
        public RecordType type() {
            return RecordType.TRANSACTION;
        }

        @Override
        public int stage() {
            return PaymentStatus.ofCode(status).stage();
        }
    }

    /**
     * Money of a payment that was given back, or is to be. It may come before its payment. One in
     * another currency than its payment is rejected, or not counted where it came first.
     *
     * @param paymentId the external id of the payment, or what that is also known as, in the same
     *     account
     * @param status pending, refunded or failed; only what is refunded counts
     */
    record RefundRecord(Origin origin, String paymentId, PaymentStatus status, Money amount)
            implements SourceRecord {

        @Override
        public Person person() {
            return Person.UNKNOWN;
        }

        @Override
        public RecordType type() {
            return RecordType.TRANSACTION_REFUND;
        }

        @Override
        public int stage() {
            return status.stage();
        }
    }

    /**
     * A person's place in a program or course.
     *
     * @param status pending, active, completed or cancelled
     */
    record EnrollmentRecord(
            Origin origin,
            Person person,
            String program,
            String status,
            @Nullable Money price,
            Instant enrolledAt,
            @Nullable Instant completedAt)
            implements SourceRecord {

        @Override
        public RecordType type() {
            return RecordType.ENROLLMENT;
        }
    }

    private static void requireShopifyId(@Nullable String id) {
        if (id != null && !isShopifyId(id)) {
            throw new IllegalArgumentException("Shopify's ids are numbers, and this is none");
        }
    }

    /** Whether a text is a whole number of 63 bits, as Shopify's ids are. */
    static boolean isShopifyId(String text) {
        int length = text.length();
        return length > 0
                && length <= 19
                && text.chars().allMatch(c -> c >= '0' && c <= '9')
                && (length < 19 || new BigInteger(text).bitLength() < Long.SIZE);
    }
}

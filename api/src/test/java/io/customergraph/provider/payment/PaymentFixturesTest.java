package io.customergraph.provider.payment;

import static org.assertj.core.api.Assertions.assertThat;

import io.customergraph.delivery.DeliveryTranslator.Translation;
import io.customergraph.ingest.SourceRecord;
import io.customergraph.ingest.SourceRecord.RefundRecord;
import io.customergraph.ingest.SourceRecord.TransactionRecord;
import io.customergraph.money.Money;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What becomes of each delivery: a line for a payment or a refund. */
class PaymentFixturesTest {

    static Stream<Arguments> fixtures() {
        return Stream.of(
                says(
                        "tap/charge-captured",
                        """
                        chg_TS01A0120261000Ab3210301 paid 12.5 KWD -0 by knet, Order 1007 🕯️, \
                        for 5512345678901, 2026-03-01T09:00:00Z..2026-03-01T09:00:30.250Z, \
                        paid 2026-03-01T09:00:30.250Z, cus_TS07A5420261000o2K5270 نورة العنزي \
                        noura@example.com OBSERVED +96551234567 OBSERVED\
                        """),
                says(
                        "tap/refund-refunded",
                        """
                        re_TS02A0120261100Cd4310302 of chg_TS01A0120261000Ab3210301 refunded \
                        2.25 KWD, 2026-03-02T09:00:00Z\
                        """),
                says(
                        "tap/authorize",
                        """
                        auth_TS04A1720261200Rt2a10607 authorised 100 SAR -0 by mastercard, null, \
                        for null, 2026-03-01T10:00:00Z..2026-03-01T10:00:00Z, paid null, \
                        cus_TS02A4520260208p3P2 Omar Said Farsi omar@example.com OBSERVED \
                        +966512345678 OBSERVED\
                        """),
                says(
                        "moyasar/payment-paid",
                        """
                        760878ec-d1d3-5f72-9056-191683f55872 paid 345.5 SAR -0 by mada, \
                        طلب ١٠٠٨, for null, 2026-03-01T09:29:11.120Z..2026-03-01T09:30:02.904Z, \
                        paid 2026-03-01T09:29:11.120Z, null Khalid Al-Otaibi \
                        khalid@example.com CLAIMED 0501234567 CLAIMED\
                        """),
                says(
                        "moyasar/payment-refunded",
                        """
                        760878ec-d1d3-5f72-9056-191683f55872 refunded 345.5 SAR -45.5 by mada, \
                        طلب ١٠٠٨, for null, 2026-03-01T09:29:11.120Z..2026-03-03T12:00:00.400Z, \
                        paid 2026-03-01T09:29:11.120Z, null Khalid Al-Otaibi \
                        khalid@example.com CLAIMED 0501234567 CLAIMED\
                        """),
                says(
                        "moyasar/payment-captured-stcpay",
                        """
                        0a1b2c3d-0000-4000-8000-000000000003 paid 7.005 KWD -0 by stc_pay, null, \
                        for null, 2026-03-01T09:00:00Z..2026-03-01T09:59:31Z, \
                        paid 2026-03-01T09:59:30Z, null null 0551112223 OBSERVED\
                        """),
                says(
                        "paytabs/sale",
                        """
                        TST2606000000101 paid 250 AED -0 by visa, Two lamps, one bulb, for null, \
                        2026-03-01T08:15:30Z..2026-03-01T08:15:30Z, paid 2026-03-01T08:15:30Z, \
                        null Mariam Al Suwaidi mariam@example.com CLAIMED 0501112233 CLAIMED\
                        """),
                says(
                        "paytabs/refund",
                        """
                        TST2606100000202 of TST2606000000101 refunded 50 AED, \
                        2026-03-02T08:15:30Z\
                        """),
                says(
                        "paytabs/void",
                        """
                        TST2606000000101 voided 250 AED -0 by visa, null, for null, \
                        2026-03-01T09:00:00Z..2026-03-01T09:00:00Z, paid null, \
                        null Mariam Al Suwaidi mariam@example.com CLAIMED 0501112233 CLAIMED\
                        """),
                says(
                        "paymob/transaction",
                        """
                        97357201 paid 1550.75 EGP -0 by mastercard, null, for null, \
                        2026-03-01T08:52:15.803661Z..2026-03-01T08:52:36.159439Z, \
                        paid 2026-03-01T08:52:15.803661Z, null Youssef Mansour \
                        youssef@example.com CLAIMED 01001234567 CLAIMED\
                        """),
                says(
                        "paymob/transaction-refunded",
                        """
                        97357201 refunded 1550.75 EGP -550.75 by mastercard, null, for null, \
                        2026-03-01T08:52:15.803661Z..2026-03-02T07:00:02Z, \
                        paid 2026-03-01T08:52:15.803661Z, null Youssef Mansour \
                        youssef@example.com CLAIMED 01001234567 CLAIMED\
                        """),
                says(
                        "paymob/refund",
                        "97357299 of 97357201 refunded 550.75 EGP, 2026-03-02T07:00:01.500Z"),
                says(
                        "paymob/authorised-omani",
                        """
                        97357300 authorised 12.345 OMR -0 by wallet, null, for null, \
                        2026-03-01T08:00:00.250Z..2026-03-01T08:00:00.250Z, paid null, \
                        null Youssef Mansour youssef@example.com CLAIMED \
                        +201001234567 CLAIMED\
                        """),
                says(
                        "tabby/payment-authorized",
                        """
                        6b9b2f11-5e4f-4b6f-aa1f-3c5d6e7f8091 authorised 100.5 AED -0 \
                        by instalments, Brass lamp, for null, \
                        2026-03-01T10:20:00Z..2026-03-01T10:20:00Z, paid null, \
                        null Hessa Al Marri hessa@example.com OBSERVED +971501234567 OBSERVED\
                        """),
                says(
                        "tabby/payment-closed",
                        """
                        6b9b2f11-5e4f-4b6f-aa1f-3c5d6e7f8091 paid 100.5 AED -0 by instalments, \
                        Brass lamp, for null, 2026-03-01T10:20:00Z..2026-03-02T12:00:00.500Z, \
                        paid 2026-03-02T12:00:00.500Z, null Hessa Al Marri \
                        hessa@example.com OBSERVED +971501234567 OBSERVED\
                        """),
                says(
                        "tabby/payment-refunded",
                        """
                        6b9b2f11-5e4f-4b6f-aa1f-3c5d6e7f8091 paid 100.5 AED -0 by instalments, \
                        Brass lamp, for null, 2026-03-01T10:20:00Z..2026-03-05T10:00:00Z, \
                        paid 2026-03-02T12:00:00.500Z, null Hessa Al Marri \
                        hessa@example.com OBSERVED +971501234567 OBSERVED\
                        """,
                        """
                        9d2e5133-7060-4d9f-8c30-5e7f8091a2b3 of \
                        6b9b2f11-5e4f-4b6f-aa1f-3c5d6e7f8091 refunded 20.1 AED, \
                        2026-03-05T09:00:00Z\
                        """,
                        """
                        9d2e5133-7060-4d9f-8c30-5e7f8091a2b4 of \
                        6b9b2f11-5e4f-4b6f-aa1f-3c5d6e7f8091 refunded 0.4 AED, \
                        2026-03-05T10:00:00Z\
                        """),
                says(
                        "tamara/order-approved",
                        """
                        4fdb781f-5e13-4ae2-9dc6-3ee49e3878a3 authorised 300 SAR -0 \
                        by instalments, ثلاثة مصابيح, for null, \
                        2026-03-01T07:00:00Z..2026-03-01T07:00:00Z, paid null, \
                        null Reem Al Dossari reem@example.com OBSERVED +966504445566 OBSERVED\
                        """),
                says(
                        "tamara/order-captured",
                        """
                        4fdb781f-5e13-4ae2-9dc6-3ee49e3878a3 paid 300 SAR -0 by instalments, \
                        ثلاثة مصابيح, for null, 2026-03-01T07:00:00Z..2026-03-02T08:00:00Z, \
                        paid 2026-03-02T08:00:00Z, null Reem Al Dossari \
                        reem@example.com OBSERVED +966504445566 OBSERVED\
                        """),
                says(
                        "tamara/order-partially-refunded",
                        """
                        4fdb781f-5e13-4ae2-9dc6-3ee49e3878a3 partly_refunded 300 SAR -100 \
                        by instalments, ثلاثة مصابيح, for null, \
                        2026-03-01T07:00:00Z..2026-03-04T08:00:00Z, paid 2026-03-02T08:00:00Z, \
                        null Reem Al Dossari reem@example.com OBSERVED +966504445566 OBSERVED\
                        """,
                        """
                        c172e227-903a-4091-b57f-695b6a5a3681 of \
                        4fdb781f-5e13-4ae2-9dc6-3ee49e3878a3 refunded 100 SAR, \
                        2026-03-04T08:00:00Z\
                        """),
                says(
                        "xendit/invoice-paid",
                        """
                        Invoice 65e1f0aa0c5b4a439f5e2d60 \
                        (ewc_3cd658ae-25b9-4659-aa36-596ae41a809f) paid 150000 IDR -0 \
                        by ovo, Lampu kuningan 💡, for null, 2026-03-01T05:00:00Z..2026-03-01T05:01:03Z, \
                        paid 2026-03-01T05:01:02.345Z, null null dewi@example.com CLAIMED\
                        """),
                says(
                        "xendit/refund-of-invoice",
                        """
                        rfd-6f4a377d-a201-437f-9119-f8b00cbbe857 of 65e1f0aa0c5b4a439f5e2d60 \
                        refunded 50000 IDR, 2026-03-03T05:00:00Z\
                        """),
                says(
                        "xendit/payment-capture",
                        """
                        pr-1102feb0-bb79-47ae-9d1e-e69394d3949c \
                        (py-1402feb0-bb79-47ae-9d1e-e69394d3949c) paid 10000.01 PHP -0 \
                        by paymaya, null, for 9007199254740993, \
                        2026-03-01T06:00:02.830Z..2026-03-01T06:00:04.844Z, \
                        paid 2026-03-01T06:00:04.844Z, \
                        cust-b98d6f63-d240-44ec-9bd5-aa42954c4f48 null\
                        """),
                says(
                        "xendit/payment-of-invoice",
                        """
                        pr-5b1f4c4e-6f33-4b0e-8f0b-1d5e3b5b9c11 \
                        (ewc_3cd658ae-25b9-4659-aa36-596ae41a809f) paid 150000 IDR -0 \
                        by ovo, null, for null, \
                        2026-03-01T05:00:30Z..2026-03-01T05:01:02.345Z, \
                        paid 2026-03-01T05:01:02.345Z, null null dewi@example.com OBSERVED\
                        """),
                says(
                        "xendit/refund-of-payment",
                        """
                        rfd-0002 of py-1402feb0-bb79-47ae-9d1e-e69394d3949c refunded \
                        10000.01 PHP, 2026-03-02T06:00:00Z\
                        """));
    }

    private static Arguments says(String fixture, String... lines) {
        return Arguments.of(fixture, List.of(lines));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("fixtures")
    void a_delivery_says(String fixture, List<String> lines) {
        Translation translation =
                Fixture.translate(Fixture.provider(fixture), Fixture.read(fixture));

        assertThat(translation).isInstanceOf(Translation.Said.class);
        assertThat(((Translation.Said) translation).records())
                .extracting(PaymentFixturesTest::line)
                .containsExactlyElementsOf(lines);
        assertThat(((Translation.Said) translation).records())
                .allSatisfy(
                        record -> {
                            assertThat(record.origin().sourceType())
                                    .isEqualTo(Fixture.provider(fixture));
                            assertThat(record.origin().account()).isEqualTo("an-account");
                        });
    }

    static String line(SourceRecord record) {
        return switch (record) {
            case TransactionRecord payment -> line(payment);
            case RefundRecord refund ->
                    "%s of %s %s %s, %s"
                            .formatted(
                                    refund.origin().externalId(),
                                    refund.paymentId(),
                                    refund.status().code(),
                                    money(refund.amount()),
                                    refund.origin().updatedAt());
            default -> throw new AssertionError(record.type());
        };
    }

    private static String money(Money money) {
        return money.amount().toPlainString() + " " + money.currency();
    }

    private static String line(TransactionRecord payment) {
        return "%s%s%s %s %s -%s by %s, %s, for %s, %s..%s, paid %s, %s %s%s"
                .formatted(
                        payment.isInvoice() ? "Invoice " : "",
                        payment.origin().externalId(),
                        payment.alsoKnownAs() == null ? "" : " (" + payment.alsoKnownAs() + ")",
                        payment.status(),
                        money(payment.amount()),
                        payment.refunded().toPlainString(),
                        payment.paymentMethod(),
                        payment.description(),
                        payment.shopifyOrderId(),
                        payment.origin().createdAt(),
                        payment.origin().updatedAt(),
                        payment.paidAt(),
                        payment.person().externalId(),
                        name(payment),
                        payment.person().contactPoints().stream()
                                .map(one -> " " + one.value() + " " + one.assurance())
                                .collect(Collectors.joining()));
    }

    private static String name(TransactionRecord payment) {
        return String.valueOf(
                Read.joined(
                        payment.person().fullName(),
                        payment.person().firstName(),
                        payment.person().lastName()));
    }
}

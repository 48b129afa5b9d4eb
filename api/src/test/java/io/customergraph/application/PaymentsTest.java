package io.customergraph.application;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;

import io.customergraph.delivery.DeliveryQueue;
import io.customergraph.tenant.Scope;
import io.customergraph.tenant.TenantContext;
import io.customergraph.tenant.TenantId;
import io.customergraph.testing.TestDatabase;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * Payments as each provider delivers and signs them, over HTTP and through the queue, to the
 * customer who paid.
 */
@CustomerGraphTest
@SuppressWarnings("NullAway.Init") // Spring sets the fields.
class PaymentsTest {

    private static final WireMockServer API = new WireMockServer(0);

    private final TenantId tenant = TestDatabase.shared().newTenant();

    @Value("${local.server.port}")
    private int port;

    @Autowired private DeliveryQueue queue;

    @DynamicPropertySource
    static void apis_are_here(DynamicPropertyRegistry properties) {
        API.start();
        properties.add("customergraph.integrations.allow-loopback", () -> "true");
        properties.add("customergraph.integrations.max-attempts", () -> "1");
        properties.add("customergraph.integrations.base-urls.tabby", API::baseUrl);
        properties.add("customergraph.integrations.base-urls.tamara", API::baseUrl);
    }

    private static String fixture(String name) {
        try (InputStream in =
                PaymentsTest.class.getResourceAsStream("/providers/" + name + ".json")) {
            if (in == null) {
                throw new IllegalArgumentException("There is no " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private Provider connected(String provider, Map<String, String> form) {
        return Provider.connected(port, tenant, provider, form);
    }

    private static void accepted(Provider provider, String body, String... headers) {
        assertThat(provider.deliver(body, headers).statusCode()).isEqualTo(200);
    }

    private void apply(Provider provider) {
        queue.work(provider.connection()).contextWrite(TenantContext.of(tenant)).block();
    }

    /** Who paid what, as a dashboard asks. */
    private void assertCustomer(String name, String email, String payments, String values) {
        TestKeys.client(port, tenant, Scope.CUSTOMERS_READ)
                .document(
                        """
                        { customers(first: 5) { totalCount nodes { displayName email
                            stats { lifetimeValue { amount currency } }
                            transactions(first: 5) { nodes {
                              status paymentMethod amount { amount currency }
                              refundedAmount { amount } } } } } }
                        """)
                .execute()
                .path("customers")
                .matchesJson(
                        """
                        {"totalCount": 1, "nodes": [{"displayName": "%s", "email": "%s",
                          "stats": {"lifetimeValue": [%s]},
                          "transactions": {"nodes": [%s]}}]}
                        """
                                .formatted(name, email, values, payments));
    }

    private static String value(String amount, String currency) {
        return "{\"amount\": \"%s\", \"currency\": \"%s\"}".formatted(amount, currency);
    }

    private static String payment(
            String status, String method, String amount, String currency, String refunded) {
        return """
        {"status": "%s", "paymentMethod": "%s", "amount": %s,
         "refundedAmount": {"amount": "%s"}}\
        """
                .formatted(status, method, value(amount, currency), refunded);
    }

    @Test
    void a_payment_of_tap_is_the_payers_and_a_refund_that_came_first_counts() {
        String secret = "sk_test_0123456789abcdef";
        Provider tap = connected("tap", Map.of("secret_key", secret));
        String refund = fixture("tap/refund-refunded");
        String charge = fixture("tap/charge-captured").replace("\"shopify_order_id\"", "\"udf1\"");

        for (int n = 0; n < 2; n++) {
            accepted(
                    tap,
                    refund,
                    "hashstring",
                    tapHash(
                            secret,
                            "re_TS02A0120261100Cd4310302",
                            "2.250",
                            "98765",
                            "REFUNDED",
                            "1772442000000"));
            apply(tap);
            accepted(
                    tap,
                    charge,
                    "hashstring",
                    tapHash(
                            secret,
                            "chg_TS01A0120261000Ab3210301",
                            "12.500",
                            "123456789012345",
                            "CAPTURED",
                            "1772355600000"));
            apply(tap);
        }

        assertCustomer(
                "نورة العنزي",
                "noura@example.com",
                payment("PARTLY_REFUNDED", "knet", "12.500", "KWD", "2.250"),
                value("10.250", "KWD"));
        assertThat(tap.events()).hasSize(2);
    }

    private static String tapHash(
            String secret,
            String id,
            String amount,
            String gateway,
            String status,
            String created) {
        return Provider.hex(
                Provider.hmac(
                        "HmacSHA256",
                        secret,
                        "x_id%sx_amount%sx_currencyKWDx_gateway_reference%sx_payment_reference%sx_status%sx_created%s"
                                .formatted(
                                        id,
                                        amount,
                                        gateway,
                                        "0120261000106619650",
                                        status,
                                        created)));
    }

    @Test
    void a_payment_of_moyasar_is_paid_and_partly_given_back() {
        Provider moyasar =
                connected(
                        "moyasar",
                        Map.of(
                                "secret_key",
                                "sk_test_0123456789abcdef",
                                "webhook_secret",
                                "a-shared-secret-of-ours"));

        accepted(moyasar, fixture("moyasar/payment-refunded"));
        accepted(moyasar, fixture("moyasar/payment-paid"));
        apply(moyasar);

        assertCustomer(
                "Khalid Al-Otaibi",
                "khalid@example.com",
                payment("PARTLY_REFUNDED", "mada", "345.50", "SAR", "45.50"),
                value("300.00", "SAR"));
    }

    private Provider payTabs() {
        return connected(
                "paytabs",
                Map.of(
                        "region",
                        "secure.paytabs.com",
                        "profile_id",
                        "100001",
                        "server_key",
                        "SERVER-KEY-0123456789"));
    }

    private static void payTabsDelivers(Provider payTabs, String body) {
        accepted(
                payTabs,
                body,
                "Signature",
                Provider.hex(Provider.hmac("HmacSHA256", "SERVER-KEY-0123456789", body)));
    }

    @Test
    void a_sale_of_paytabs_is_refunded_by_a_transaction_of_its_own_and_one_broken_holds_none_up() {
        Provider payTabs = payTabs();

        payTabsDelivers(payTabs, fixture("paytabs/refund"));
        payTabsDelivers(
                payTabs,
                fixture("paytabs/refund")
                        .replace("TST2606100000202", "TST2606100000203")
                        .replace("\"50.00\"", "\"-50.00\""));
        payTabsDelivers(payTabs, fixture("paytabs/sale"));
        payTabsDelivers(
                payTabs,
                fixture("paytabs/refund")
                        .replace("TST2606100000202", "TST2606100000204")
                        .replace("\"AED\"", "\"SAR\""));
        apply(payTabs);

        assertThat(payTabs.events())
                .extracting(event -> event.get("status"))
                .containsExactly("processed", "dead", "processed", "dead");
        assertCustomer(
                "Mariam Al Suwaidi",
                "mariam@example.com",
                payment("PARTLY_REFUNDED", "visa", "250.00", "AED", "50.00"),
                value("200.00", "AED"));
        TestKeys.client(port, tenant, Scope.INTEGRATIONS_READ)
                .document(
                        "{ integrationEvents(first: 5, filter: {status: DEAD}) {"
                                + " nodes { errorCode error } } }")
                .execute()
                .path("integrationEvents.nodes[*].error")
                .entityList(String.class)
                .containsExactly(
                        "A refund in SAR of a payment in AED is not counted",
                        "`tran_total` is negative");
    }

    @Test
    void a_sale_that_is_voided_is_worth_nothing_also_where_the_void_came_first() {
        Provider payTabs = payTabs();

        payTabsDelivers(payTabs, fixture("paytabs/void"));
        payTabsDelivers(payTabs, fixture("paytabs/sale"));
        apply(payTabs);

        assertCustomer(
                "Mariam Al Suwaidi",
                "mariam@example.com",
                payment("VOIDED", "visa", "250.00", "AED", "0.00"),
                "");
    }

    @Test
    void a_transaction_of_paymob_and_its_refund_are_not_counted_twice() {
        String secret = "0123456789ABCDEF0123456789ABCDEF";
        Provider paymob =
                connected(
                        "paymob",
                        Map.of(
                                "region",
                                "accept.paymob.com",
                                "api_key",
                                "ZXlKaGJHY2lPaUpJVXpVeE1pSXNJblI1Y0NJNklrcFhWQ0o5",
                                "hmac_secret",
                                secret));
        for (String name :
                List.of(
                        "paymob/transaction",
                        "paymob/refund",
                        "paymob/transaction-refunded",
                        "paymob/refund")) {
            String body = fixture(name);
            String hmac = Provider.hex(Provider.hmac("HmacSHA512", secret, paymobValues(name)));
            assertThat(
                            Provider.send(
                                            paymob.request(paymob.path() + "?hmac=" + hmac)
                                                    .header("Content-Type", "application/json")
                                                    .POST(BodyPublishers.ofString(body)))
                                    .statusCode())
                    .isEqualTo(200);
            apply(paymob);
        }

        assertCustomer(
                "Youssef Mansour",
                "youssef@example.com",
                payment("PARTLY_REFUNDED", "mastercard", "1550.75", "EGP", "550.75"),
                value("1000.00", "EGP"));
    }

    /** Each of Paymob's regions counts its transactions by itself. */
    @Test
    void two_regions_of_paymob_have_ids_of_their_own() {
        String secret = "0123456789ABCDEF0123456789ABCDEF";
        for (String region : List.of("accept.paymob.com", "ksa.paymob.com")) {
            Provider paymob =
                    connected(
                            "paymob",
                            Map.of(
                                    "region",
                                    region,
                                    "api_key",
                                    "ZXlKaGJHY2lPaUpJVXpVeE1pSXNJblI1Y0NJNklrcFhWQ0o5",
                                    "hmac_secret",
                                    secret));
            String values = paymobValues("paymob/transaction");
            String hmac = Provider.hex(Provider.hmac("HmacSHA512", secret, values));
            assertThat(
                            Provider.send(
                                            paymob.request(paymob.path() + "?hmac=" + hmac)
                                                    .header("Content-Type", "application/json")
                                                    .POST(
                                                            BodyPublishers.ofString(
                                                                    fixture("paymob/transaction"))))
                                    .statusCode())
                    .isEqualTo(200);
            apply(paymob);
        }

        assertThat(
                        TestDatabase.shared()
                                .owner()
                                .queryForList(
                                        """
                                        SELECT source_account FROM transactions WHERE tenant_id = ? ORDER BY 1
                                        """,
                                        String.class,
                                        tenant.value()))
                .containsExactly("accept.paymob.com", "ksa.paymob.com");
    }

    private static String paymobValues(String fixture) {
        boolean isChild = fixture.equals("paymob/refund");
        boolean isRefunded = fixture.equals("paymob/transaction-refunded");
        return (isChild ? "55075" : "155075")
                + (isChild
                        ? "2026-03-02T10:00:00.000001+03:00"
                        : "2026-03-01T11:52:15.803661+03:00")
                + "EGP"
                + "false"
                + isChild
                + (isChild ? "97357299" : "97357201")
                + "16105"
                + "true"
                + "false"
                + "false"
                + isRefunded
                + "true"
                + "false"
                + "101835201"
                + "13745"
                + "false"
                + "0008"
                + "MasterCard"
                + "card"
                + "true";
    }

    private Provider tabby() {
        return connected(
                "tabby",
                Map.of(
                        "secret_key",
                        "sk_test_0123456789",
                        "merchant_code",
                        "lamps_ae",
                        "webhook_secret",
                        "a-random-text-of-ours"));
    }

    private static void tabbyAnswers(String fixture) {
        API.stubFor(
                get(urlEqualTo("/api/v2/payments/6b9b2f11-5e4f-4b6f-aa1f-3c5d6e7f8091"))
                        .withHeader("Authorization", equalTo("Bearer sk_test_0123456789"))
                        .withHeader("X-Merchant-Code", equalTo("lamps_ae"))
                        .willReturn(okJson(fixture(fixture))));
    }

    @Test
    void what_tabby_delivers_is_asked_of_its_api_and_not_believed() {
        Provider tabby = tabby();
        String forged =
                fixture("tabby/webhook-authorized")
                        .replace("\"authorized\"", "\"closed\"")
                        .replace("100.50", "9999.00");
        tabbyAnswers("tabby/payment-refunded");

        accepted(tabby, forged, "X-Webhook-Secret", "a-random-text-of-ours");
        accepted(
                tabby,
                fixture("tabby/webhook-authorized"),
                "X-Webhook-Secret",
                "a-random-text-of-ours");
        apply(tabby);

        assertCustomer(
                "Hessa Al Marri",
                "hessa@example.com",
                payment("PARTLY_REFUNDED", "instalments", "100.50", "AED", "20.50"),
                value("80.00", "AED"));
    }

    @Test
    void while_tabby_s_api_is_away_its_deliveries_wait_and_are_dead_where_it_knows_no_payment() {
        Provider tabby = tabby();
        API.stubFor(
                get(urlEqualTo("/api/v2/payments/6b9b2f11-5e4f-4b6f-aa1f-3c5d6e7f8091"))
                        .willReturn(serverError()));
        accepted(
                tabby,
                fixture("tabby/webhook-authorized"),
                "X-Webhook-Secret",
                "a-random-text-of-ours");
        accepted(
                tabby,
                fixture("tabby/webhook-authorized").replace("6b9b2f11", "00000000"),
                "X-Webhook-Secret",
                "a-random-text-of-ours");

        apply(tabby);

        assertThat(tabby.events())
                .extracting(event -> event.get("status"))
                .containsExactly("failed", "dead");

        tabbyAnswers("tabby/payment-closed");
        TestDatabase.shared()
                .owner()
                .update(
                        "UPDATE integration_events SET next_attempt_at = now() WHERE status ="
                                + " 'failed' AND connection_id = ?",
                        tabby.connection());
        apply(tabby);

        assertCustomer(
                "Hessa Al Marri",
                "hessa@example.com",
                payment("PAID", "instalments", "100.50", "AED", "0.00"),
                value("100.50", "AED"));
    }

    @Test
    void what_tamara_delivers_names_an_order_that_is_asked_of_its_api() {
        String secret = "notification-token-0123456789";
        Provider tamara =
                connected(
                        "tamara",
                        Map.of(
                                "api",
                                "api-sandbox.tamara.co",
                                "api_token",
                                "an-api-token-0123456789",
                                "notification_token",
                                secret));
        for (String order : List.of("tamara/order-approved", "tamara/order-partially-refunded")) {
            API.stubFor(
                    get(urlEqualTo("/orders/4fdb781f-5e13-4ae2-9dc6-3ee49e3878a3"))
                            .withHeader("Authorization", equalTo("Bearer an-api-token-0123456789"))
                            .willReturn(okJson(fixture(order))));
            accepted(
                    tamara,
                    fixture(
                            order.endsWith("approved")
                                    ? "tamara/notification-approved"
                                    : "tamara/notification-refunded"),
                    "Authorization",
                    "Bearer " + jwt(secret));
            apply(tamara);
        }

        assertCustomer(
                "Reem Al Dossari",
                "reem@example.com",
                payment("PARTLY_REFUNDED", "instalments", "300.00", "SAR", "100.00"),
                value("200.00", "SAR"));
    }

    private static String jwt(String secret) {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        String signed =
                base64.encodeToString(
                                "{\"alg\":\"HS256\",\"typ\":\"JWT\"}"
                                        .getBytes(StandardCharsets.UTF_8))
                        + "."
                        + base64.encodeToString(
                                "{\"iat\":%d}"
                                        .formatted(Instant.now().getEpochSecond())
                                        .getBytes(StandardCharsets.UTF_8));
        return signed + "." + base64.encodeToString(Provider.hmac("HmacSHA256", secret, signed));
    }

    @Test
    void an_invoice_of_xendit_counts_without_its_payment_and_apart_from_another_currency() {
        Provider xendit =
                connected(
                        "xendit",
                        Map.of(
                                "secret_key",
                                "xnd_development_0123456789abcdef",
                                "callback_token",
                                "0123456789abcdef0123"));
        String other =
                fixture("xendit/invoice-paid")
                        .replace("65e1f0aa0c5b4a439f5e2d60", "65e1f0aa0c5b4a439f5e2d61")
                        .replace("ewc_3cd658ae", "ewc_3cd658af")
                        .replace("IDR", "PHP")
                        .replace("2026-03-01T05:00:00.000Z", "2026-02-01T05:00:00.000Z");
        int number = 0;
        for (String body :
                List.of(
                        fixture("xendit/payment-of-invoice"),
                        fixture("xendit/refund-of-invoice"),
                        fixture("xendit/invoice-paid"),
                        other)) {
            accepted(
                    xendit,
                    body,
                    "x-callback-token",
                    "0123456789abcdef0123",
                    "webhook-id",
                    "delivery-" + number++);
        }
        apply(xendit);

        TestKeys.client(port, tenant, Scope.CUSTOMERS_READ)
                .document(
                        """
                        { customers(first: 5) { totalCount nodes { email
                            stats { lifetimeValue { amount currency } }
                            transactions(first: 5) { nodes { status
                              amount { amount currency } refundedAmount { amount }
                              invoice { externalId } } } } } }
                        """)
                .execute()
                .path("customers")
                .matchesJson(
                        """
                        {"totalCount": 1, "nodes": [{"email": "dewi@example.com",
                          "stats": {"lifetimeValue": [
                            {"amount": "100000.00", "currency": "IDR"},
                            {"amount": "150000.00", "currency": "PHP"}]},
                          "transactions": {"nodes": [
                            {"status": "PAID",
                             "amount": {"amount": "150000.00", "currency": "IDR"},
                             "refundedAmount": {"amount": "0.00"},
                             "invoice": {"externalId": "65e1f0aa0c5b4a439f5e2d60"}},
                            {"status": "PARTLY_REFUNDED",
                             "amount": {"amount": "150000.00", "currency": "IDR"},
                             "refundedAmount": {"amount": "50000.00"},
                             "invoice": null},
                            {"status": "PAID",
                             "amount": {"amount": "150000.00", "currency": "PHP"},
                             "refundedAmount": {"amount": "0.00"},
                             "invoice": null}]}}]}
                        """);
    }
}

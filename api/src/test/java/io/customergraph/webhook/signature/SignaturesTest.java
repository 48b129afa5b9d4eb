package io.customergraph.webhook.signature;

import static org.assertj.core.api.Assertions.assertThat;

import io.customergraph.integration.ProviderCatalogue;
import io.customergraph.integration.WebhookConfig;
import io.customergraph.integration.WebhookScheme;
import io.customergraph.secret.Secret;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.http.HttpHeaders;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

class SignaturesTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final URI URL = URI.create("https://api.example.com/webhooks/p/1");
    private static final Secret SECRET = Secret.of("a-secret-of-the-provider-1");
    private static final Secret FORMER = Secret.of("a-secret-of-the-provider-0");
    private static final List<Secret> BOTH = List.of(SECRET, FORMER);

    private static final String TAP =
            """
            {"id":"chg_TS01","object":"charge","amount":1.5,"currency":"KWD","status":"CAPTURED",
             "reference":{"gateway":"g-1","payment":"p-1"},"transaction":{"created":"1763719200000"}}
            """;

    private static final String PAYMOB =
            """
            {"type":"TRANSACTION","obj":{"id":192036465,"pending":false,"amount_cents":100000,
             "success":true,"is_auth":false,"is_capture":false,"is_standalone_payment":true,
             "is_voided":false,"is_refunded":false,"is_3d_secure":true,"integration_id":4097558,
             "has_parent_transaction":false,"order":{"id":217503754},"created_at":"2026-06-13T11:33:44",
             "currency":"EGP","source_data":{"pan":"2346","type":"card","sub_type":"MasterCard"},
             "error_occured":false,"owner":302852}}
            """;

    private static final String PAYMOB_SIGNED =
            "1000002026-06-13T11:33:44EGPfalsefalse1920364654097558truefalsefalsefalsetruefalse"
                    + "217503754302852false2346MasterCardcardtrue";

    private final Signatures signatures = new Signatures(Clock.fixed(NOW, ZoneOffset.UTC));

    private Verdict check(
            WebhookScheme scheme, URI url, String body, List<Secret> secrets, String... headers) {
        HttpHeaders all = new HttpHeaders();
        for (int i = 0; i < headers.length; i += 2) {
            all.add(headers[i], headers[i + 1]);
        }
        return signatures.check(
                scheme,
                new Incoming(url, all, body.getBytes(StandardCharsets.UTF_8)),
                secrets,
                WebhookConfig.DEFAULT);
    }

    private Verdict check(WebhookScheme scheme, String body, String... headers) {
        return check(scheme, URL, body, BOTH, headers);
    }

    private static String hex(Mac mac, Secret secret, String text) {
        return HexFormat.of().formatHex(mac.of(Mac.utf8(secret.reveal()), Mac.utf8(text)));
    }

    private static String base64(Mac mac, Secret secret, String text) {
        return Base64.getEncoder()
                .encodeToString(mac.of(Mac.utf8(secret.reveal()), Mac.utf8(text)));
    }

    @Test
    void every_provider_that_sends_webhooks_has_a_way_to_prove_them() {
        assertThat(ProviderCatalogue.shipped().all())
                .filteredOn(one -> one.webhook() != null)
                .hasSize(20)
                .allSatisfy(
                        one ->
                                assertThat(
                                                check(
                                                        Objects.requireNonNull(one.webhook())
                                                                .scheme(),
                                                        "{}"))
                                        .isEqualTo(Verdict.UNSIGNED));
    }

    @ParameterizedTest
    @EnumSource
    void nothing_is_genuine_where_there_is_no_secret(WebhookScheme scheme) {
        assertThat(check(scheme, URL, "{}", List.of())).isNotEqualTo(Verdict.GENUINE);
    }

    @Test
    void the_bodys_hmac_proves_shopify_github_meta_and_paytabs() {
        String body = "{\"a\": 1.0}";
        for (Secret secret : BOTH) {
            assertThat(
                            List.of(
                                    check(
                                            WebhookScheme.SHOPIFY_HMAC,
                                            body,
                                            "X-Shopify-Hmac-Sha256",
                                            base64(Mac.SHA256, secret, body)),
                                    check(
                                            WebhookScheme.GITHUB_HMAC,
                                            body,
                                            "X-Hub-Signature-256",
                                            "sha256=" + hex(Mac.SHA256, secret, body)),
                                    check(
                                            WebhookScheme.META_HMAC,
                                            body,
                                            "X-Hub-Signature-256",
                                            "sha256=" + hex(Mac.SHA256, secret, body)),
                                    check(
                                            WebhookScheme.PAYTABS_HMAC,
                                            body,
                                            "Signature",
                                            hex(Mac.SHA256, secret, body))))
                    .containsOnly(Verdict.GENUINE);
        }
        assertThat(
                        check(
                                WebhookScheme.GITHUB_HMAC,
                                "{\"a\":1.0}",
                                "X-Hub-Signature-256",
                                "sha256=" + hex(Mac.SHA256, SECRET, body)))
                .as("one blank less")
                .isEqualTo(Verdict.FORGED);
    }

    /** The signature was made with openssl, over the sorted fields as PHP encodes them. */
    @Test
    void a_form_that_a_browser_brings_back_from_paytabs_is_signed_over_its_fields_with_a_value() {
        String signature = "162e7cf3f3c71c9c9c1701a5455c47822d6095a491f629c46aeb2d0539ec1de6";
        String fields =
                "tranRef=TST2014900000688&token=&respStatus=A&respCode=G96280&acquirerRRN=0"
                        + "&respMessage=%d8%aa%d9%85%d8%aa&cartId=cart_11111"
                        + "&customerEmail=layla@example.com&acquirerMessage=Approved%20*%20~ok";
        String form = "application/x-www-form-urlencoded; charset=utf-8";

        assertThat(returned(fields + "&signature=" + signature, form)).isEqualTo(Verdict.GENUINE);
        assertThat(returned("signature=" + signature + "&" + fields, form))
                .as("wherever it stands")
                .isEqualTo(Verdict.GENUINE);
        assertThat(returned(fields, form)).isEqualTo(Verdict.UNSIGNED);
        assertThat(returned(fields + "&signature=", form)).isEqualTo(Verdict.UNSIGNED);
        assertThat(returned(fields.replace("=A", "=D") + "&signature=" + signature, form))
                .isEqualTo(Verdict.FORGED);
        assertThat(returned(fields + "&more=1&signature=" + signature, form))
                .isEqualTo(Verdict.FORGED);
        assertThat(returned(fields + "&respStatus=A&signature=" + signature, form))
                .as("a field twice")
                .isEqualTo(Verdict.FORGED);
        assertThat(returned(fields + "&signature=" + signature + "&signature=" + signature, form))
                .isNotEqualTo(Verdict.GENUINE);
        assertThat(returned(fields + "&signature=" + signature, "application/json"))
                .isEqualTo(Verdict.UNSIGNED);
    }

    private Verdict returned(String body, String type) {
        return check(
                WebhookScheme.PAYTABS_HMAC,
                URL,
                body,
                List.of(Secret.of("SRJNHWK2B6-JHWNTKBJZL-6MBHKBRWMZ")),
                "Content-Type",
                type);
    }

    @Test
    void githubs_own_example_is_genuine() {
        assertThat(
                        check(
                                WebhookScheme.GITHUB_HMAC,
                                URL,
                                "Hello, World!",
                                List.of(Secret.of("It's a Secret to Everybody")),
                                "X-Hub-Signature-256",
                                "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"))
                .isEqualTo(Verdict.GENUINE);
    }

    @Test
    void paymob_signs_some_values_in_their_order_in_the_address() {
        URI signed = URI.create(URL + "?hmac=" + hex(Mac.SHA512, SECRET, PAYMOB_SIGNED));

        assertThat(check(WebhookScheme.PAYMOB_HMAC, signed, PAYMOB, BOTH))
                .isEqualTo(Verdict.GENUINE);
        assertThat(check(WebhookScheme.PAYMOB_HMAC, signed, PAYMOB.replace("100000", "100"), BOTH))
                .isEqualTo(Verdict.FORGED);
    }

    @Test
    void tap_signs_an_amount_with_the_decimals_of_its_currency() {
        String values =
                "x_idchg_TS01x_amount1.500x_currencyKWDx_gateway_referenceg-1x_payment_referencep-1"
                        + "x_statusCAPTUREDx_created1763719200000";

        String given = hex(Mac.SHA256, SECRET, values);

        assertThat(check(WebhookScheme.TAP_HASHSTRING, TAP, "hashstring", given))
                .isEqualTo(Verdict.GENUINE);
        for (String other : List.of("1e999999999", "1e9999999999", "9.5", "-1e-99999999", "null")) {
            assertThat(
                            check(
                                    WebhookScheme.TAP_HASHSTRING,
                                    TAP.replace("1.5", other),
                                    "hashstring",
                                    given))
                    .isEqualTo(Verdict.FORGED);
        }
    }

    @Test
    void a_secret_that_is_sent_in_the_body_is_not_kept() {
        String body =
                "{\"id\":\"e1\",\"secret_token\":\"moy-secret-\\u0031\",\"data\":{\"amount\":123456789012345678.90}}";
        Incoming incoming =
                new Incoming(URL, new HttpHeaders(), body.getBytes(StandardCharsets.UTF_8));

        byte[] kept =
                signatures.withoutSecret(
                        WebhookScheme.MOYASAR_SECRET_TOKEN,
                        incoming,
                        body.getBytes(StandardCharsets.UTF_8));

        assertThat(new String(kept, StandardCharsets.UTF_8))
                .doesNotContain("moy-secret")
                .contains("\"id\":\"e1\"")
                .contains("123456789012345678.90");
    }

    private static String jwt(String header, String claims, Secret secret) {
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        String signed =
                encoder.encodeToString(Mac.utf8(header))
                        + "."
                        + encoder.encodeToString(Mac.utf8(claims));
        return signed
                + "."
                + encoder.encodeToString(
                        Mac.SHA256.of(Mac.utf8(secret.reveal()), Mac.utf8(signed)));
    }

    @Test
    void tamara_signs_a_token_that_ends_with_some_leeway() {
        long now = NOW.getEpochSecond();
        String hs256 = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";
        String good = jwt(hs256, "{\"exp\":" + (now - 100) + "}", FORMER);

        assertThat(check(WebhookScheme.TAMARA_JWT, "{}", "Authorization", "Bearer " + good))
                .isEqualTo(Verdict.GENUINE);
        assertThat(
                        check(
                                WebhookScheme.TAMARA_JWT,
                                URI.create(URL + "?tamaraToken=" + good),
                                "{}",
                                BOTH))
                .isEqualTo(Verdict.GENUINE);
        assertThat(
                        check(
                                WebhookScheme.TAMARA_JWT,
                                "{}",
                                "Authorization",
                                "Bearer " + jwt(hs256, "{\"exp\":" + (now - 200) + "}", SECRET)))
                .isEqualTo(Verdict.STALE);
        for (String forged :
                List.of(
                        jwt("{\"alg\":\"none\"}", "{}", SECRET),
                        jwt("{\"alg\":\"HS512\"}", "{}", SECRET),
                        jwt(hs256, "{}", Secret.of("another")),
                        jwt(hs256, "[]", SECRET),
                        good.substring(0, good.lastIndexOf('.') + 1),
                        "..",
                        "a.b",
                        "é.é.é")) {
            assertThat(check(WebhookScheme.TAMARA_JWT, "{}", "Authorization", "Bearer " + forged))
                    .as(forged)
                    .isEqualTo(Verdict.FORGED);
        }
    }

    @Test
    void a_shared_value_proves_moyasar_xendit_and_those_that_sign_nothing() {
        String secret = SECRET.reveal();
        assertThat(
                        List.of(
                                check(
                                        WebhookScheme.MOYASAR_SECRET_TOKEN,
                                        "{\"id\":\"e1\",\"secret_token\":\"" + secret + "\"}"),
                                check(WebhookScheme.XENDIT_TOKEN, "{}", "x-callback-token", secret),
                                check(WebhookScheme.OWN_HEADER, "{}", "x-webhook-secret", secret)))
                .containsOnly(Verdict.GENUINE);
        assertThat(
                        List.of(
                                check(
                                        WebhookScheme.MOYASAR_SECRET_TOKEN,
                                        "{\"secret_token\":\"" + secret + "x\"}"),
                                check(
                                        WebhookScheme.XENDIT_TOKEN,
                                        "{}",
                                        "x-callback-token",
                                        secret.substring(1)),
                                check(WebhookScheme.OWN_HEADER, "{}", "x-webhook-secret", "")))
                .containsOnly(Verdict.FORGED);
    }

    @Test
    void twilio_signs_the_address_and_the_sorted_form_or_a_digest_of_json() {
        String form = "To=%2B15550001&Body=hello+you&From=%2B15550002";
        String type = "application/x-www-form-urlencoded";
        String signature = base64(Mac.SHA1, SECRET, URL + "Bodyhello youFrom+15550002To+15550001");

        assertThat(
                        check(
                                WebhookScheme.TWILIO_HMAC,
                                form,
                                "Content-Type",
                                type,
                                "X-Twilio-Signature",
                                signature))
                .isEqualTo(Verdict.GENUINE);
        assertThat(
                        check(
                                WebhookScheme.TWILIO_HMAC,
                                form + "&Body=more",
                                "Content-Type",
                                type,
                                "X-Twilio-Signature",
                                signature))
                .isEqualTo(Verdict.FORGED);

        URI ofEmptyObject =
                URI.create(
                        URL
                                + "?bodySHA256=44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
        String ofAddress = base64(Mac.SHA1, SECRET, ofEmptyObject.toString());
        assertThat(
                        check(
                                WebhookScheme.TWILIO_HMAC,
                                ofEmptyObject,
                                "{}",
                                BOTH,
                                "X-Twilio-Signature",
                                ofAddress))
                .isEqualTo(Verdict.GENUINE);
        assertThat(
                        check(
                                WebhookScheme.TWILIO_HMAC,
                                ofEmptyObject,
                                "{} ",
                                BOTH,
                                "X-Twilio-Signature",
                                ofAddress))
                .isEqualTo(Verdict.FORGED);
    }

    @Test
    void a_standard_webhook_is_signed_with_its_id_and_time_and_not_for_long() {
        byte[] key = Mac.utf8("a-key-of-some-bytes");
        List<Secret> secrets =
                List.of(Secret.of("whsec_" + Base64.getEncoder().encodeToString(key)));

        assertThat(standard(key, secrets, 0)).isEqualTo(Verdict.GENUINE);
        assertThat(standard(key, secrets, -299)).isEqualTo(Verdict.GENUINE);
        assertThat(standard(key, secrets, -301)).isEqualTo(Verdict.STALE);
        assertThat(standard(key, secrets, 301)).isEqualTo(Verdict.STALE);
        assertThat(standard(Mac.utf8("another"), secrets, 0)).isEqualTo(Verdict.FORGED);
    }

    private Verdict standard(byte[] key, List<Secret> secrets, long seconds) {
        String time = Long.toString(NOW.getEpochSecond() + seconds);
        String signature =
                Base64.getEncoder()
                        .encodeToString(Mac.SHA256.of(key, Mac.utf8("msg_1." + time + ".{}")));
        return check(
                WebhookScheme.STANDARD_WEBHOOKS,
                URL,
                "{}",
                secrets,
                "webhook-id",
                "msg_1",
                "webhook-timestamp",
                time,
                "webhook-signature",
                "v1,b3RoZXI= v1," + signature);
    }
}

package io.customergraph.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.customergraph.delivery.DeliveryQueue;
import io.customergraph.privacy.PrivacyWork;
import io.customergraph.tenant.Scope;
import io.customergraph.tenant.TenantContext;
import io.customergraph.tenant.TenantId;
import io.customergraph.testing.DatabaseDump;
import io.customergraph.testing.TestDatabase;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.graphql.test.tester.GraphQlTester;
import org.springframework.graphql.test.tester.HttpGraphQlTester;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Erasure and copies, as asked for here and by Shopify's three compliance topics. */
@CustomerGraphTest
@SuppressWarnings("NullAway.Init") // Spring sets the fields.
class PrivacyTest {

    private static final String SENT = "2026-03-05T00:00:00Z";
    private static final String PROFILE =
            """
            {"id": 706405506930370084, "email": "ghaliah@example.com", "first_name": "Ghaliah", "last_name": "Otaibi",
             "phone": "+966501119977", "currency": "SAR", "created_at": "2026-02-01T10:00:00+03:00",
             "updated_at": "2026-02-01T10:00:00+03:00"}
            """;
    private static final String ORDER =
            """
            {"id": 820982911946154508, "name": "#1001", "email": "ghaliah@example.com", "currency": "SAR", "total_price": "100.00",
             "created_at": "2026-03-01T10:00:00+03:00", "updated_at": "2026-03-01T10:00:00+03:00", "financial_status": "paid",
             "customer": {"id": 706405506930370084, "first_name": "Ghaliah", "last_name": "Otaibi"},
             "line_items": [{"id": 11, "title": "Lamp", "quantity": 1, "price": "100.00"}]}
            """;
    private static final String OTHER =
            """
            {"id": 820982911946154509, "name": "#1002", "email": "omar@example.com", "currency": "SAR", "total_price": "7.00",
             "created_at": "2026-03-01T10:00:00+03:00", "updated_at": "2026-03-01T10:00:00+03:00", "financial_status": "paid"}
            """;
    private static final String COMPLIANCE =
            """
            {"shop_id": 954889, "shop_domain": "acme.myshopify.com",
             "customer": {"id": 706405506930370084, "email": "ghaliah@example.com", "phone": "+966501119977"},
             "%s": [820982911946154508], "data_request": {"id": 9999}}
            """;
    private static final String REQUESTS =
            """
            { privacyRequests(first: 5) { totalCount nodes { kind status requestedBy recordsDeleted recordsStripped
                bodiesDeleted customer { status email } connection { account } } } }
            """;

    private final TenantId tenant = TestDatabase.shared().newTenant();

    @Value("${local.server.port}")
    private int port;

    @Autowired private DeliveryQueue queue;
    @Autowired private PrivacyWork work;

    private Shop shopWithTwoPeople() {
        Shop shop = Shop.connected(port, tenant, queue);
        shop.deliver("customers/create", SENT, PROFILE);
        shop.deliver("orders/create", SENT, ORDER);
        shop.deliver("orders/create", SENT, OTHER);
        shop.apply();
        return shop;
    }

    private HttpGraphQlTester admin(TenantId of) {
        return TestKeys.client(
                port,
                of,
                Scope.TENANT_ADMIN,
                Scope.CUSTOMERS_READ,
                Scope.INTEGRATIONS_READ,
                Scope.MATCHING_REVIEW,
                Scope.CUSTOMERS_WRITE);
    }

    private void workOff() {
        work.work().contextWrite(TenantContext.of(tenant)).block();
    }

    private String customerOf(String email) {
        return admin(tenant)
                .document("query ($e: EmailAddress) { customer(by: {email: $e}) { id } }")
                .variable("e", email)
                .execute()
                .path("customer.id")
                .entity(String.class)
                .get();
    }

    private static GraphQlTester.Response erase(HttpGraphQlTester client, String id) {
        return client.document(
                        """
                        mutation ($id: ID!) { eraseCustomer(input: {id: $id}) {
                          request { kind status recordsDeleted recordsStripped }
                          userErrors { code field } } }
                        """)
                .variable("id", id)
                .execute();
    }

    private static GraphQlTester.Response export(HttpGraphQlTester client, String id) {
        return client.document(
                        """
                        mutation ($id: ID!) { exportCustomer(input: {id: $id}) { document userErrors { code field } } }
                        """)
                .variable("id", id)
                .execute();
    }

    /** All that the tenant has, in the database and in the store of bodies. */
    private String everything() {
        StringBuilder all = new StringBuilder(DatabaseDump.ofTenant(tenant));
        Path bodies = Path.of("target/test-bodies");
        try (Stream<Path> files = Files.walk(bodies)) {
            files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().contains(tenant.value()))
                    .forEach(file -> all.append(text(file)));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return all.toString();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Test
    void a_customer_is_forgotten_in_the_tables_and_in_the_store_and_others_are_not() {
        shopWithTwoPeople();
        assertThat(everything()).contains("ghaliah@example.com", "omar@example.com");

        erase(admin(tenant), customerOf("ghaliah@example.com"))
                .path("eraseCustomer")
                .matchesJson(
                        """
                        {"request": {"kind": "ERASE_CUSTOMER", "status": "SEARCHING", "recordsDeleted": 1, "recordsStripped": 1},
                         "userErrors": []}
                        """);
        workOff();

        assertThat(everything())
                .contains("omar@example.com")
                .doesNotContainIgnoringCase("ghaliah")
                .doesNotContainIgnoringCase("otaibi")
                .doesNotContain("501119977", "706405506930370084");
        admin(tenant)
                .document(REQUESTS)
                .execute()
                .path("privacyRequests")
                .matchesJson(
                        """
                        {"totalCount": 1, "nodes": [{"kind": "ERASE_CUSTOMER", "status": "DONE", "recordsDeleted": 1,
                          "recordsStripped": 1, "bodiesDeleted": 2, "connection": null,
                          "customer": {"status": "ERASED", "email": null}}]}
                        """);
        admin(tenant)
                .document(
                        "{ customers { totalCount } all: customers(filter: {status: ERASED}) {"
                                + " totalCount } }")
                .execute()
                .path("")
                .matchesJson("{\"customers\": {\"totalCount\": 1}, \"all\": {\"totalCount\": 1}}");
    }

    @Test
    void what_shopify_sends_again_brings_nobody_back() {
        Shop shop = shopWithTwoPeople();
        erase(admin(tenant), customerOf("ghaliah@example.com"));
        workOff();

        shop.deliver("customers/update", SENT, PROFILE.replace("2026-02", "2026-03"));
        shop.deliver("orders/updated", SENT, ORDER.replace("\"paid\"", "\"refunded\""));
        shop.apply();

        assertThat(shop.statuses()).containsOnly("processed");
        assertThat(DatabaseDump.ofTenant(tenant))
                .doesNotContainIgnoringCase("ghaliah")
                .doesNotContain("501119977");
    }

    @Test
    void who_was_merged_is_forgotten_too_and_the_merge_cannot_be_undone() {
        shopWithTwoPeople();
        String survivor = customerOf("ghaliah@example.com");
        String absorbed = customerOf("omar@example.com");
        merge(survivor, absorbed);

        erase(admin(tenant), absorbed).path("eraseCustomer.userErrors").matchesJson("[]");
        workOff();

        assertThat(everything())
                .doesNotContain("omar@example.com")
                .doesNotContainIgnoringCase("ghaliah");
        admin(tenant)
                .document(
                        "mutation ($id: ID!) { unmergeCustomers(input: {customerId: $id}) {"
                                + " userErrors { code } } }")
                .variable("id", absorbed)
                .execute()
                .path("unmergeCustomers.userErrors")
                .matchesJson("[{\"code\": \"NOT_FOUND\"}]");
        admin(tenant)
                .document("query ($id: ID!) { customer(by: {id: $id}) { id status displayName } }")
                .variable("id", absorbed)
                .execute()
                .path("customer")
                .matchesJson(
                        "{\"id\": \"%s\", \"status\": \"ERASED\", \"displayName\": \"\"}"
                                .formatted(survivor));
    }

    private void merge(String survivor, String absorbed) {
        String token =
                admin(tenant)
                        .document(
                                "query ($survivor: ID!, $absorbed: ID!) { mergePreview(survivor:"
                                        + " $survivor, absorbed: [$absorbed]) { previewToken } }")
                        .variable("survivor", survivor)
                        .variable("absorbed", absorbed)
                        .execute()
                        .path("mergePreview.previewToken")
                        .entity(String.class)
                        .get();
        admin(tenant)
                .document(
                        """
                        mutation ($survivor: ID!, $absorbed: ID!, $token: String!) { mergeCustomers(input: {
                          survivorId: $survivor, absorbedIds: [$absorbed], previewToken: $token}) { userErrors { code message } } }
                        """)
                .variable("survivor", survivor)
                .variable("absorbed", absorbed)
                .variable("token", token)
                .execute()
                .path("mergeCustomers.userErrors")
                .matchesJson("[]");
    }

    @Test
    void a_copy_holds_everything_that_is_known_and_answers_shopifys_request() {
        Shop shop = shopWithTwoPeople();
        shop.deliver("customers/data_request", SENT, COMPLIANCE.formatted("orders_requested"));
        shop.deliver(
                "customers/data_request", SENT, COMPLIANCE.formatted("orders_requested") + " ");
        shop.apply();
        assertThat(shop.statuses()).containsOnly("processed");
        admin(tenant)
                .document(REQUESTS)
                .execute()
                .path("privacyRequests")
                .matchesJson(
                        """
                        {"totalCount": 1, "nodes": [{"kind": "EXPORT", "status": "WAITING", "requestedBy": "provider:shopify",
                          "customer": {"email": "ghaliah@example.com"}, "connection": {"account": "acme.myshopify.com"}}]}
                        """);

        String document =
                export(admin(tenant), customerOf("ghaliah@example.com"))
                        .path("exportCustomer.document")
                        .entity(String.class)
                        .get();

        assertThat(document)
                .contains(
                        "\"profile\": {",
                        "\"identifiers\": [",
                        "\"shopifyCustomers\": [",
                        "706405506930370084",
                        "820982911946154508",
                        "\"items\"",
                        "Lamp",
                        "+966501119977",
                        "\"decisions\": [")
                .doesNotContain("omar@example.com", "tenant_id");
        assertThat(new JsonMapper().readTree(document).isObject()).isTrue();
        admin(tenant)
                .document("{ privacyRequests(status: DONE) { totalCount } }")
                .execute()
                .path("privacyRequests.totalCount")
                .entity(Integer.class)
                .isEqualTo(1);
    }

    @Test
    void who_is_known_by_orders_alone_is_given_a_copy_too_also_after_a_merge() {
        Shop shop = Shop.connected(port, tenant, queue);
        shop.deliver("orders/create", SENT, ORDER);
        shop.deliver("orders/create", SENT, OTHER);
        shop.deliver("customers/data_request", SENT, COMPLIANCE.formatted("orders_requested"));
        shop.apply();
        admin(tenant)
                .document(REQUESTS)
                .execute()
                .path("privacyRequests.nodes")
                .matchesJson(
                        """
                        [{"kind": "EXPORT", "status": "WAITING", "customer": {"email": "ghaliah@example.com"}}]
                        """);
        String survivor = customerOf("omar@example.com");
        merge(survivor, customerOf("ghaliah@example.com"));

        export(admin(tenant), survivor).path("exportCustomer.userErrors").matchesJson("[]");

        admin(tenant)
                .document(REQUESTS)
                .execute()
                .path("privacyRequests.nodes[0].status")
                .entity(String.class)
                .isEqualTo("DONE");
    }

    @Test
    void shopify_has_a_customer_forgotten() {
        Shop shop = shopWithTwoPeople();
        shop.deliver("customers/redact", SENT, COMPLIANCE.formatted("orders_to_redact"));
        shop.apply();

        workOff();

        assertThat(everything())
                .contains("omar@example.com")
                .doesNotContainIgnoringCase("ghaliah")
                .doesNotContain("501119977", "706405506930370084");
        admin(tenant)
                .document(REQUESTS)
                .execute()
                .path("privacyRequests")
                .matchesJson(
                        """
                        {"totalCount": 1, "nodes": [{"kind": "ERASE_CUSTOMER", "status": "DONE", "requestedBy": "provider:shopify",
                          "recordsDeleted": 1, "recordsStripped": 1, "bodiesDeleted": 3, "customer": {"status": "ERASED"}}]}
                        """);
    }

    @Test
    void shopify_has_a_whole_shop_forgotten() {
        Shop shop = shopWithTwoPeople();
        shop.deliver("app/uninstalled", SENT, "{\"id\": 954889}");
        shop.deliver(
                "shop/redact",
                SENT,
                "{\"shop_id\": 954889, \"shop_domain\": \"acme.myshopify.com\"}");
        shop.apply();

        workOff();

        assertThat(everything())
                .doesNotContain("omar@example.com", "ghaliah@example.com", "820982911946154508");
        admin(tenant)
                .document(
                        "{ customers { totalCount } privacyRequests { nodes { kind status"
                                + " recordsDeleted } } }")
                .execute()
                .path("")
                .matchesJson(
                        """
                        {"customers": {"totalCount": 0},
                         "privacyRequests": {"nodes": [{"kind": "ERASE_ACCOUNT", "status": "DONE", "recordsDeleted": 3}]}}
                        """);
    }

    @Test
    void whoever_has_more_than_one_document_holds_is_copied_in_several() {
        shopWithTwoPeople();
        String id = customerOf("ghaliah@example.com");
        TestDatabase.shared()
                .owner()
                .update(
                        """
                        INSERT INTO support_tickets (
                            tenant_id, id, source_type, source_account, external_id, customer_id, status, created_at,
                            updated_at, content_hash)
                        SELECT tenant_id, gen_random_uuid(), 'freshdesk', 'acme', 'many ' || n, id, 'open', now(), now(), ''
                        FROM customers, generate_series(1, 10500) AS n
                        WHERE tenant_id = ? AND email = 'ghaliah@example.com'
                        """,
                        tenant.value());
        HttpGraphQlTester client =
                admin(tenant)
                        .mutate()
                        .webTestClient(
                                web ->
                                        web.codecs(
                                                codecs ->
                                                        codecs.defaultCodecs()
                                                                .maxInMemorySize(64 << 20)))
                        .build();
        Set<String> tickets = new HashSet<>();
        String after = null;
        int documents = 0;
        do {
            assertThat(documents++).isLessThan(3);
            GraphQlTester.Response page =
                    client.document(
                                    """
                                    mutation ($id: ID!, $after: String) {
                                      exportCustomer(input: {id: $id, after: $after}) {
                                        document endCursor userErrors { code } } }
                                    """)
                            .variable("id", id)
                            .variable("after", after)
                            .execute();
            page.path("exportCustomer.userErrors").matchesJson("[]");
            JsonNode document =
                    new JsonMapper()
                            .readTree(
                                    page.path("exportCustomer.document")
                                            .entity(String.class)
                                            .get());
            assertThat(document.has("profile")).isEqualTo(after == null);
            document.path("tickets")
                    .forEach(one -> tickets.add(one.path("external_id").asString()));
            Map<String, Object> copy =
                    page.path("exportCustomer")
                            .entity(new ParameterizedTypeReference<Map<String, Object>>() {})
                            .get();
            after = (String) copy.get("endCursor");
        } while (after != null);

        assertThat(documents).isEqualTo(2);
        assertThat(tickets.stream().filter(one -> one.startsWith("many"))).hasSize(10_500);
        admin(tenant)
                .document(
                        "mutation ($id: ID!) { exportCustomer(input: {id: $id, after: \"ö\"}) {"
                                + " document userErrors { code field } } }")
                .variable("id", id)
                .execute()
                .path("exportCustomer")
                .matchesJson(
                        "{\"document\": null, \"userErrors\": [{\"code\": \"INVALID\", \"field\":"
                                + " [\"input\", \"after\"]}]}");
    }

    @Test
    void another_tenant_can_do_nothing_and_sees_nothing() {
        shopWithTwoPeople();
        String id = customerOf("ghaliah@example.com");
        TenantId rival = TestDatabase.shared().newTenant();

        erase(admin(rival), id)
                .path("eraseCustomer")
                .matchesJson(
                        "{\"request\": null, \"userErrors\": [{\"code\": \"NOT_FOUND\", \"field\":"
                                + " [\"input\", \"id\"]}]}");
        export(admin(rival), id)
                .path("exportCustomer")
                .matchesJson("{\"document\": null, \"userErrors\": [{\"code\": \"NOT_FOUND\"}]}");
        erase(admin(tenant), id);
        admin(rival)
                .document(REQUESTS)
                .execute()
                .path("privacyRequests.totalCount")
                .entity(Integer.class)
                .isEqualTo(0);
    }

    @ParameterizedTest
    @EnumSource(value = Scope.class, names = "TENANT_ADMIN", mode = EnumSource.Mode.EXCLUDE)
    void no_other_scope_is_enough(Scope scope) {
        for (String document :
                new String[] {
                    "mutation { eraseCustomer(input: {id: \"x\"}) { userErrors { code } } }",
                    "mutation { exportCustomer(input: {id: \"x\"}) { document } }",
                    "{ privacyRequests { totalCount } }"
                }) {
            TestKeys.client(port, tenant, scope)
                    .document(document)
                    .execute()
                    .errors()
                    .satisfy(
                            errors ->
                                    assertThat(errors.getFirst().getExtensions())
                                            .containsEntry("code", "FORBIDDEN"));
        }
    }
}

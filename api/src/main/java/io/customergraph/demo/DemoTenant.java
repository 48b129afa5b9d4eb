package io.customergraph.demo;

import io.customergraph.tenant.TenantId;

import java.util.List;

/**
 * One tenant of the demo.
 *
 * @param share how many of the people it has, of the number asked for
 * @param region where most of its people live, and where national phone numbers are read
 * @param shops Shopify's, each with its currency
 * @param cultures of names, one drawn for each person
 */
record DemoTenant(
        TenantId id,
        double share,
        String region,
        List<Shop> shops,
        List<String> helpdesks,
        List<String> cultures) {

    record Shop(String domain, String currency) {}

    /** Raw ids and addresses of the two overlap on purpose: isolation shows. */
    static final List<DemoTenant> ALL =
            List.of(
                    new DemoTenant(
                            new TenantId("demo"),
                            1,
                            "SA",
                            List.of(
                                    new Shop("oasis.myshopify.com", "SAR"),
                                    new Shop("pearl.myshopify.com", "KWD")),
                            List.of("oasis", "pearl"),
                            List.of("AR", "AR", "AR", "AR", "AR", "FR", "EN")),
                    new DemoTenant(
                            new TenantId("rival"),
                            0.1,
                            "FR",
                            List.of(new Shop("lumiere.myshopify.com", "EUR")),
                            List.of("lumiere"),
                            List.of("FR", "FR", "FR", "AR", "EN")));
}

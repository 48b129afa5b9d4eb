package io.customergraph.provider.payment;

import io.customergraph.delivery.Delivery;
import io.customergraph.delivery.DeliveryLookup;
import io.customergraph.provider.check.ProviderCheck;
import io.customergraph.provider.lookup.ObjectLookup;

import org.springframework.stereotype.Component;

import reactor.core.publisher.Mono;

import java.util.List;

/**
 * Asks Tabby for the payment that it tells of: its deliveries carry a fixed value in a header and
 * no signature, so that whoever learns the value could write any body.
 */
@Component
final class TabbyLookup implements DeliveryLookup {

    private static final ObjectLookup.Question PAYMENT =
            new ObjectLookup.Question(
                    body -> body.text("id"),
                    "id",
                    "id",
                    "secret_key",
                    (open, id) ->
                            ProviderCheck.get(open, "/api/v2/payments/{id}")
                                    .pathValue("id", id)
                                    .header(
                                            "Authorization",
                                            ProviderCheck.bearer(open, "secret_key"))
                                    .header("X-Merchant-Code", open.setting("merchant_code")));

    private final ObjectLookup objects;

    TabbyLookup(ObjectLookup objects) {
        this.objects = objects;
    }

    @Override
    public String provider() {
        return "tabby";
    }

    @Override
    public Mono<List<Answer>> lookUp(List<Delivery> deliveries) {
        return objects.lookUp(deliveries, PAYMENT);
    }
}

package io.customergraph.provider.payment;

import io.customergraph.delivery.Delivery;
import io.customergraph.delivery.DeliveryLookup;
import io.customergraph.provider.check.ProviderCheck;
import io.customergraph.provider.lookup.ObjectLookup;

import org.springframework.stereotype.Component;

import reactor.core.publisher.Mono;

import java.util.List;

/**
 * Asks Tamara for the order that it tells of: its deliveries name the order and what happened to
 * it, without the customer, and mostly without an amount.
 */
@Component
final class TamaraLookup implements DeliveryLookup {

    private static final ObjectLookup.Question ORDER =
            new ObjectLookup.Question(
                    body -> body.text("order_id"),
                    "order_id",
                    "order_id",
                    "api_token",
                    (open, id) ->
                            ProviderCheck.get(open, "/orders/{id}")
                                    .pathValue("id", id)
                                    .header(
                                            "Authorization",
                                            ProviderCheck.bearer(open, "api_token")));

    private final ObjectLookup objects;

    TamaraLookup(ObjectLookup objects) {
        this.objects = objects;
    }

    @Override
    public String provider() {
        return "tamara";
    }

    @Override
    public Mono<List<Answer>> lookUp(List<Delivery> deliveries) {
        return objects.lookUp(deliveries, ORDER);
    }
}

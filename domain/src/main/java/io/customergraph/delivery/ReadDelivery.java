package io.customergraph.delivery;

/** A delivery after its body was looked for. */
sealed interface ReadDelivery {

    ClaimedDelivery claimed();

    /** The same, with another count of attempts. */
    ReadDelivery with(ClaimedDelivery begun);

    /** The body is there. */
    record WithBody(ClaimedDelivery claimed, Delivery delivery) implements ReadDelivery {
        @Override
        public ReadDelivery with(ClaimedDelivery begun) {
            return new WithBody(begun, delivery);
        }
    }

    /** There is no body any more. */
    record Unusable(ClaimedDelivery claimed, DeliveryOutcome.Unusable why) implements ReadDelivery {
        @Override
        public ReadDelivery with(ClaimedDelivery begun) {
            return new Unusable(begun, why);
        }
    }

    /** The store, or the provider that was asked, did not answer. */
    record NotNow(ClaimedDelivery claimed, String code, String why) implements ReadDelivery {
        @Override
        public ReadDelivery with(ClaimedDelivery begun) {
            return new NotNow(begun, code, why);
        }
    }
}

package io.customergraph.webhook;

import io.customergraph.integration.WebhookConfig;
import io.customergraph.limits.Allowances;

import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;

import java.util.UUID;

/**
 * How many requests are taken at an address in a minute. Those that prove themselves have one
 * budget and all others have another, so that who knows no more than the address cannot use up what
 * the provider may send.
 */
final class Rates {

    /** The same for every address, whether there is such a connection or not. */
    static final int OF_STRANGERS = WebhookConfig.DEFAULT.requestsPerMinute();

    private final Allowances genuine = new Allowances();

    /** Kept apart, since a stranger can name any number of addresses. */
    private final Allowances others = new Allowances();

    boolean takeGenuine(ServerWebExchange exchange, UUID connection, int rate) {
        return take(genuine, exchange, connection, rate);
    }

    boolean takeOther(ServerWebExchange exchange, UUID connection) {
        return take(others, exchange, connection, OF_STRANGERS);
    }

    private static boolean take(
            Allowances allowances, ServerWebExchange exchange, UUID connection, int rate) {
        HttpHeaders told = new HttpHeaders();
        boolean isWithin =
                allowances.of(new Allowances.Holder(connection.toString(), rate)).take(told);
        String retryAfter = told.getFirst(HttpHeaders.RETRY_AFTER);
        if (retryAfter != null) {
            exchange.getResponse().getHeaders().set(HttpHeaders.RETRY_AFTER, retryAfter);
        }
        return isWithin;
    }
}

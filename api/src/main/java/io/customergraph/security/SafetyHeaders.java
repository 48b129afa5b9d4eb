package io.customergraph.security;

import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

import reactor.core.publisher.Mono;

/**
 * Tells browsers and caches to make nothing of an answer but what it is. One small filter, as an
 * answer's headers are on the path of every request.
 */
final class SafetyHeaders implements WebFilter {

    private static final String NOTHING_BUT_DATA =
            "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    /**
     * GraphiQL's page loads its parts from one place, and may send what is typed into it, keys
     * among that, nowhere but here.
     */
    private static final String GRAPHIQL =
            "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; "
                    + "script-src 'unsafe-inline' blob: https://esm.sh; worker-src blob:; "
                    + "style-src 'unsafe-inline' https://esm.sh; img-src 'self' data:; "
                    + "font-src data: https://esm.sh; connect-src 'self' https://esm.sh";

    private final String graphiql;

    SafetyHeaders(String graphiqlPath) {
        this.graphiql = graphiqlPath;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        HttpHeaders headers = exchange.getResponse().getHeaders();
        boolean isGraphiql =
                exchange.getRequest().getPath().pathWithinApplication().value().equals(graphiql);
        headers.set("Content-Security-Policy", isGraphiql ? GRAPHIQL : NOTHING_BUT_DATA);
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set(HttpHeaders.CACHE_CONTROL, "no-store");
        if (exchange.getRequest().getURI().getScheme().equals("https")) {
            headers.set("Strict-Transport-Security", "max-age=31536000");
        }
        return chain.filter(exchange);
    }
}

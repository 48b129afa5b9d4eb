package io.customergraph.webhook;

import io.customergraph.address.PublicUrl;

import org.springframework.stereotype.Component;

import java.util.UUID;

/** The addresses that providers are given. */
@Component
public final class WebhookAddresses {

    private final PublicUrl publicUrl;

    WebhookAddresses(PublicUrl publicUrl) {
        this.publicUrl = publicUrl;
    }

    /** The address for what a provider delivers for a connection. */
    public String of(String provider, UUID connection) {
        return of(new WebhookTarget(provider, connection));
    }

    String of(WebhookTarget target) {
        return publicUrl.address(target.path());
    }
}

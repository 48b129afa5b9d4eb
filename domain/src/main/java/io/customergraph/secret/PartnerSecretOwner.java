package io.customergraph.secret;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Which secret of the platform's own it is: of its account with a provider, and of no tenant's. It
 * is the associated data of the encryption.
 *
 * @param provider the short name
 * @param field of the configuration: {@code client_secret}
 */
public record PartnerSecretOwner(String provider, String field) {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,39}");

    public PartnerSecretOwner {
        if (!NAME.matcher(provider).matches() || !NAME.matcher(field).matches()) {
            throw new IllegalArgumentException("Not the name of a secret");
        }
    }

    /** No part may hold the separator, and none of a tenant's begins in this way. */
    byte[] associatedData() {
        return ("partner_secrets|" + provider + "|" + field).getBytes(StandardCharsets.UTF_8);
    }
}

package io.customergraph.secret;

import io.customergraph.tenant.TenantId;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Whose a secret is, and which of theirs. It is the associated data of the encryption: under
 * another owner the same bytes do not decrypt.
 *
 * @param connection the connection, or what else of the tenant the secret is of: a privacy request
 * @param field of the provider's form, or what the application keeps itself: {@code access_token}
 */
public record SecretOwner(TenantId tenant, UUID connection, String field) {

    private static final Pattern FIELD = Pattern.compile("[a-z][a-z0-9_]{0,39}");

    public SecretOwner {
        if (!FIELD.matcher(field).matches()) {
            throw new IllegalArgumentException("Not the name of a secret");
        }
    }

    /** No part may hold the separator, so that two owners never have the same bytes. */
    byte[] associatedData() {
        return ("integration_secrets|" + tenant + "|" + connection + "|" + field)
                .getBytes(StandardCharsets.UTF_8);
    }
}

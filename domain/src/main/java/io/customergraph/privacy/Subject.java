package io.customergraph.privacy;

import io.customergraph.ingest.Erasure.Traces;
import io.customergraph.integration.ProviderPrivacyRequest.Shopper;
import io.customergraph.secret.Secret;
import io.customergraph.secret.SecretKeys;
import io.customergraph.secret.SecretOwner;
import io.customergraph.sql.JsonRows;
import io.customergraph.tenant.TenantId;

import org.jspecify.annotations.Nullable;

import java.util.UUID;

/**
 * Whom a request is about, as long as it is worked at. It names the person, so that it is kept
 * encrypted, and deleted when the request is done.
 *
 * @param account whose deliveries alone are searched; null for all
 * @param shopper whom the provider named, before the rows are erased
 */
record Subject(@Nullable String account, @Nullable Shopper shopper, Traces traces) {

    static SecretOwner owner(TenantId tenant, UUID request) {
        return new SecretOwner(tenant, request, "privacy_subject");
    }

    byte[] encrypted(SecretKeys keys, TenantId tenant, UUID request) {
        return keys.encrypt(
                owner(tenant, request), Secret.of(JsonRows.MAPPER.writeValueAsString(this)));
    }

    static Subject decrypted(SecretKeys keys, TenantId tenant, UUID request, byte[] ciphertext) {
        return JsonRows.MAPPER.readValue(
                keys.decrypt(owner(tenant, request), ciphertext).reveal(), Subject.class);
    }
}

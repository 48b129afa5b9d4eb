package io.customergraph.ingest;

import io.customergraph.customer.IdentifierKey;
import io.customergraph.secret.Secret;
import io.customergraph.sql.JsonRows;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes a tenant's hashes of what was erased: HMAC-SHA256, so that whoever has the database and not
 * its key cannot try out all phone numbers.
 */
final class ErasureKey {

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    private ErasureKey(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    static ErasureKey of(Secret secret) {
        return new ErasureKey(Base64.getDecoder().decode(secret.reveal()));
    }

    /** Of a record, by what it is known by at its source. */
    String hash(RecordKey record) {
        return hash(
                "record",
                record.type().code(),
                record.sourceType(),
                record.account(),
                record.externalId());
    }

    /** Of a value that a person is known by. */
    String hash(IdentifierKey identifier) {
        return hash(identifier.kind().code(), identifier.scope(), identifier.value());
    }

    /** Of the mailbox that an e-mail reaches, however it is written. */
    String ofMailbox(String canonical) {
        return hash("mailbox", canonical);
    }

    /** No part holds a NUL once it is clean, so that two lists of parts never hash alike. */
    private String hash(String... parts) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            for (String part : parts) {
                mac.update(JsonRows.clean(part).getBytes(StandardCharsets.UTF_8));
                mac.update((byte) 0);
            }
            return HexFormat.of().formatHex(mac.doFinal());
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("Every Java has " + ALGORITHM, missing);
        }
    }
}

package io.customergraph.secret;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.Configuration;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;

/**
 * The keys that encrypt secrets: one of them, the primary, encrypts; all of them decrypt, so that
 * what an older one encrypted can still be read until it is encrypted anew.
 */
public final class SecretKeys {

    /** The first byte of what a key with its id in front makes (Tink's wire format). */
    private static final byte NAMES_ITS_KEY = 1;

    private static final Configuration AEAD = registered();

    private static Configuration registered() {
        try {
            AeadConfig.register();
            return RegistryConfiguration.get();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private final KeysetHandle keyset;
    private final Aead aead;

    private SecretKeys(KeysetHandle keyset) throws GeneralSecurityException {
        this.keyset = keyset;
        this.aead = keyset.getPrimitive(AEAD, Aead.class);
        byte[] probe = aead.encrypt(new byte[1], new byte[0]);
        if (probe[0] != NAMES_ITS_KEY || keyIdOf(probe) != primaryId()) {
            throw new GeneralSecurityException("The primary key does not name itself");
        }
    }

    /**
     * Reads a keyset.
     *
     * @param text JSON of Tink, or the same in base64
     * @throws IllegalArgumentException where it is none; the message does not repeat it
     */
    public static SecretKeys parse(String text) {
        String stripped = text.strip();
        try {
            String json =
                    stripped.startsWith("{")
                            ? stripped
                            : new String(
                                    Base64.getDecoder().decode(stripped), StandardCharsets.UTF_8);
            return new SecretKeys(
                    TinkJsonProtoKeysetFormat.parseKeyset(
                            json, AEAD, InsecureSecretKeyAccess.get()));
        } catch (GeneralSecurityException | IllegalArgumentException unreadable) {
            // The cause may quote the keyset.
            throw new IllegalArgumentException("Not a keyset for authenticated encryption");
        }
    }

    /** A keyset of one new key: AES-256 in GCM. */
    public static SecretKeys generate() {
        try {
            return new SecretKeys(
                    KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM, AEAD));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The same keys and a new one, which is the primary from then on. */
    public SecretKeys withNewPrimary() {
        try {
            KeysetHandle.Builder more = KeysetHandle.newBuilder(keyset);
            more.addEntry(
                    KeysetHandle.generateEntryFromParameters(PredefinedAeadParameters.AES256_GCM)
                            .withRandomId()
                            .makePrimary());
            return new SecretKeys(more.build());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The keyset as {@link #parse} reads it, in base64. It is the most secret text there is. */
    public String serialize() {
        try {
            return Base64.getEncoder()
                    .encodeToString(
                            TinkJsonProtoKeysetFormat.serializeKeyset(
                                            keyset, AEAD, InsecureSecretKeyAccess.get())
                                    .getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Names the key that encrypts now. */
    public long primaryId() {
        return Integer.toUnsignedLong(keyset.getPrimary().getId());
    }

    /** Names the key that made a ciphertext: Tink puts it behind a byte that names the format. */
    public static long keyIdOf(byte[] ciphertext) {
        return Integer.toUnsignedLong(ByteBuffer.wrap(ciphertext).getInt(1));
    }

    public byte[] encrypt(SecretOwner owner, Secret secret) {
        return encrypt(owner.associatedData(), secret);
    }

    /** As {@link #encrypt(SecretOwner, Secret)} for a secret of the platform. */
    public byte[] encrypt(PartnerSecretOwner owner, Secret secret) {
        return encrypt(owner.associatedData(), secret);
    }

    private byte[] encrypt(byte[] associatedData, Secret secret) {
        try {
            return aead.encrypt(secret.reveal().getBytes(StandardCharsets.UTF_8), associatedData);
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException("A secret could not be encrypted", failure);
        }
    }

    /**
     * Decrypts what {@link #encrypt} made for the same owner.
     *
     * @throws NotDecryptable where it is another's, was changed, or its key is missing
     */
    public Secret decrypt(SecretOwner owner, byte[] ciphertext) {
        try {
            return decrypt(owner.associatedData(), ciphertext);
        } catch (GeneralSecurityException failure) {
            throw new NotDecryptable(owner);
        }
    }

    /** As {@link #decrypt(SecretOwner, byte[])} for a secret of the platform. */
    public Secret decrypt(PartnerSecretOwner owner, byte[] ciphertext) {
        try {
            return decrypt(owner.associatedData(), ciphertext);
        } catch (GeneralSecurityException failure) {
            throw new NotDecryptable(owner);
        }
    }

    private Secret decrypt(byte[] associatedData, byte[] ciphertext)
            throws GeneralSecurityException {
        return Secret.of(
                new String(aead.decrypt(ciphertext, associatedData), StandardCharsets.UTF_8));
    }
}

package io.customergraph.webhook.signature;

import io.customergraph.secret.Secret;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

import javax.crypto.spec.SecretKeySpec;

/** Keyed digests, and comparing them. */
enum Mac {
    SHA1("HmacSHA1"),
    SHA256("HmacSHA256"),
    SHA512("HmacSHA512");

    private final String algorithm;

    Mac(String algorithm) {
        this.algorithm = algorithm;
    }

    byte[] of(byte[] key, byte[]... parts) {
        try {
            javax.crypto.Mac mac = javax.crypto.Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key, algorithm));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Whether one of the secrets makes of the bytes what is given, in hexadecimal. */
    Verdict hex(String given, List<Secret> secrets, byte[]... parts) {
        return any(
                secrets,
                given.toLowerCase(Locale.ROOT),
                secret -> HexFormat.of().formatHex(of(utf8(secret.reveal()), parts)));
    }

    /** Whether one of the secrets makes of the bytes what is given, in base64. */
    Verdict base64(String given, List<Secret> secrets, byte[]... parts) {
        return any(
                secrets,
                given,
                secret -> Base64.getEncoder().encodeToString(of(utf8(secret.reveal()), parts)));
    }

    /** Whether one of the secrets is what is given. */
    static Verdict same(String given, List<Secret> secrets) {
        return any(secrets, given, Secret::reveal);
    }

    /** Looks at all of them, so that the time does not tell which one it was. */
    static Verdict any(List<Secret> secrets, String given, Function<Secret, String> expected) {
        byte[] bytes = utf8(given);
        boolean isGenuine = false;
        for (Secret secret : secrets) {
            isGenuine |= MessageDigest.isEqual(utf8(expected.apply(secret)), bytes);
        }
        return isGenuine ? Verdict.GENUINE : Verdict.FORGED;
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

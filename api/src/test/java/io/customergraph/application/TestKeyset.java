package io.customergraph.application;

import io.customergraph.secret.SecretKeys;

/** The keys of secrets of the applications of this JVM's tests, made at its start. */
public final class TestKeyset {

    public static final String SERIALIZED = SecretKeys.generate().serialize();

    private TestKeyset() {}
}

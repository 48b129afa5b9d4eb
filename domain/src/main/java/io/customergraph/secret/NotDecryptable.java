package io.customergraph.secret;

/** A stored secret is not what was stored for its owner, or its key is not in the keyset. */
public final class NotDecryptable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NotDecryptable(SecretOwner owner) {
        super(
                "The secret %s of connection %s of %s does not decrypt with the keys of this node"
                        .formatted(owner.field(), owner.connection(), owner.tenant()));
    }

    NotDecryptable(PartnerSecretOwner owner) {
        super(
                "The platform's secret %s of %s does not decrypt with the keys of this node"
                        .formatted(owner.field(), owner.provider()));
    }
}

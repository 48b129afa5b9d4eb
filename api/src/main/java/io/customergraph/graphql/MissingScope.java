package io.customergraph.graphql;

import io.customergraph.tenant.Scope;

/** A caller who asks for what its key or token is not for; known only once a field is read. */
public final class MissingScope extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String what;
    private final Scope scope;

    MissingScope(NodeType type) {
        super(type.typeName(), null, false, false);
        this.what = type.typeName();
        this.scope = type.scope();
    }

    /** The type that was asked for. */
    public String what() {
        return what;
    }

    public Scope scope() {
        return scope;
    }
}

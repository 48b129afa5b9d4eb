package io.customergraph.matching.normalize;

/** What an identifier may prove about whose it is. */
public enum Quality {
    /** Names one person by itself. */
    IDENTITY,
    /**
     * Right in form, but a role's, shared, disposable or look-alike: evidence beside other
     * evidence, never identity.
     */
    WEAK,
    /** A placeholder that many records carry: proves nothing. */
    UNUSABLE
}

package io.customergraph.webhook.signature;

/** Whether a webhook is its provider's own. */
public enum Verdict {
    GENUINE,
    /** It has no signature, or several of them. */
    UNSIGNED,
    FORGED,
    /** It was signed too long ago, or for later. */
    STALE
}

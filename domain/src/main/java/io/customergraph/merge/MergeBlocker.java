package io.customergraph.merge;

import java.util.UUID;

/**
 * What keeps customers from being merged.
 *
 * @param customer which of them it is about
 * @param message for people
 */
public record MergeBlocker(Code code, UUID customer, String message) {

    /** What it is. */
    public enum Code {
        SAME_CUSTOMER(false),
        NOT_FOUND(false),
        ALREADY_MERGED(false),
        /** A person decided that they are two; that decision is to be withdrawn first. */
        BANNED(false),
        /** Each has an id of its own in one shop or account, where one person has one. */
        TWO_IDS_IN_ONE_ACCOUNT(true);

        private final boolean isOverridable;

        Code(boolean isOverridable) {
            this.isOverridable = isOverridable;
        }

        /** Whether a person may decide to merge all the same. */
        public boolean isOverridable() {
            return isOverridable;
        }
    }
}

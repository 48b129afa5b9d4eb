package io.customergraph.ingest;

/**
 * Another transaction changed what this one had read. Nothing was written; the batch is resolved
 * again and then sees the other's work.
 */
final class ChangedMeanwhile extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ChangedMeanwhile(String what) {
        super(what, null, false, false);
    }
}

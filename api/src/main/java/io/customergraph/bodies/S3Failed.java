package io.customergraph.bodies;

import software.amazon.awssdk.services.s3.model.S3Exception;

import java.util.concurrent.CompletionException;

/**
 * The object store did not do what it was asked. The message has its status and code and no more:
 * what a store says besides may quote keys.
 */
final class S3Failed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private S3Failed(String message) {
        super(message, null, false, false);
    }

    static S3Failed of(Throwable failure) {
        Throwable cause = cause(failure);
        // The client wraps what reading an answer failed with.
        if (cause instanceof S3Failed already) {
            return already;
        }
        if (cause.getCause() instanceof S3Failed already) {
            return already;
        }
        if (cause instanceof S3Exception told) {
            String code = told.awsErrorDetails() == null ? "" : told.awsErrorDetails().errorCode();
            return new S3Failed("The object store answered " + told.statusCode() + " " + code);
        }
        return new S3Failed("The object store did not answer: " + kinds(cause));
    }

    static S3Failed because(String reason) {
        return new S3Failed(reason);
    }

    static Throwable cause(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof CompletionException && cause != null ? cause : failure;
    }

    /** What is wrong with a connection is in the cause: refused, unknown host, a certificate. */
    private static String kinds(Throwable failure) {
        String kind = failure.getClass().getSimpleName();
        Throwable cause = failure.getCause();
        return cause == null ? kind : kind + ", " + cause.getClass().getSimpleName();
    }
}

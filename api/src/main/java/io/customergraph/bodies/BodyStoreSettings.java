package io.customergraph.bodies;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where bodies of deliveries are kept, and how long: {@code customergraph.bodies.*}.
 *
 * @param directory for files
 * @param s3 for an object store
 * @param keepDead how long the body of a dead letter is kept at least
 * @param sweepEvery the time between two looks for bodies that no delivery names
 * @param sweepAfter how old such a body is when it is deleted
 */
@ConfigurationProperties("customergraph.bodies")
record BodyStoreSettings(
        @DefaultValue("file") Kind kind,
        @DefaultValue("data/bodies") Path directory,
        @Nullable S3Settings s3,
        @DefaultValue("90d") Duration keepDead,
        @DefaultValue("24h") Duration sweepEvery,
        @DefaultValue("24h") Duration sweepAfter) {

    /** What keeps them. */
    enum Kind {
        FILE,
        S3
    }

    BodyStoreSettings {
        if (kind == Kind.S3 && s3 == null) {
            throw new IllegalArgumentException(
                    "customergraph.bodies.kind is s3: name the bucket,"
                            + " customergraph.bodies.s3.bucket");
        }
    }

    /** Of the object store, where that is the kind. */
    S3Settings objectStore() {
        if (s3 == null) {
            throw new IllegalStateException("Bodies are in files");
        }
        return s3;
    }
}

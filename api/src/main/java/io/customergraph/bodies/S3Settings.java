package io.customergraph.bodies;

import io.customergraph.secret.Secret;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

import java.net.URI;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * An object store that speaks S3: {@code customergraph.bodies.s3.*}.
 *
 * @param region as the store names it; R2 and most others that are not AWS's take {@code auto}
 * @param endpoint where it is; null for AWS's own in the region
 * @param pathStyle whether the bucket is in the path of addresses, not in the host
 * @param prefix of all keys, such as {@code bodies/}
 * @param accessKey with its secret; null to find both where AWS's tools look for them
 * @param attemptTimeout of one request
 * @param timeout of one use with all its requests
 * @param concurrency how many requests are under way at once
 * @param waiting how many more may wait for one of these
 */
record S3Settings(
        String bucket,
        @DefaultValue("auto") String region,
        @Nullable URI endpoint,
        @DefaultValue("false") boolean pathStyle,
        @DefaultValue("") String prefix,
        @Nullable String accessKey,
        @Nullable Secret secretKey,
        @DefaultValue("2s") Duration connectTimeout,
        @DefaultValue("5s") Duration attemptTimeout,
        @DefaultValue("15s") Duration timeout,
        @DefaultValue("100") int concurrency,
        @DefaultValue("4000") int waiting) {

    private static final String WHERE = "customergraph.bodies.s3.";
    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
    private static final Pattern PREFIX = Pattern.compile("([A-Za-z0-9_-]+/){0,8}");

    S3Settings {
        check(BUCKET.matcher(bucket).matches(), "bucket is no name of a bucket");
        check(
                PREFIX.matcher(prefix).matches(),
                "prefix is of letters, digits, '-' and '_', each part ending with '/'");
        check(
                endpoint != null || !region.equals("auto"),
                "region is missing, or, for a store that is not AWS's, endpoint");
        check(
                endpoint == null || (endpoint.getScheme() != null && endpoint.getHost() != null),
                "endpoint is an address such as https://<account>.r2.cloudflarestorage.com");
        check(
                (accessKey == null) == (secretKey == null),
                "access-key and secret-key are set together, or neither");
        check(
                concurrency > 0 && concurrency <= 1_000 && waiting > 0 && waiting <= 100_000,
                "concurrency is 1 to 1000, waiting 1 to 100000");
        check(
                connectTimeout.isPositive() && attemptTimeout.isPositive() && timeout.isPositive(),
                "timeouts are some time");
    }

    private static void check(boolean isRight, String problem) {
        if (!isRight) {
            throw new IllegalArgumentException(WHERE + problem);
        }
    }
}

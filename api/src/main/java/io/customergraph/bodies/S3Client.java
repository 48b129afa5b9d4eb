package io.customergraph.bodies;

import io.customergraph.secret.Secret;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClientBuilder;

/** Makes the client of an object store. */
final class S3Client {

    private S3Client() {}

    /**
     * Checksums only where S3 demands one: others that speak S3 know none of the newer ones. What
     * is put has its MD5 along, what is got is compared with the SHA-256 in the database.
     */
    static S3AsyncClient of(S3Settings settings) {
        S3AsyncClientBuilder builder =
                S3AsyncClient.builder()
                        .region(Region.of(settings.region()))
                        .credentialsProvider(credentials(settings))
                        .forcePathStyle(settings.pathStyle())
                        .serviceConfiguration(s3 -> s3.chunkedEncodingEnabled(false))
                        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                        .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                        .overrideConfiguration(
                                calls ->
                                        calls.apiCallAttemptTimeout(settings.attemptTimeout())
                                                .apiCallTimeout(settings.timeout()))
                        .httpClientBuilder(
                                NettyNioAsyncHttpClient.builder()
                                        .connectionTimeout(settings.connectTimeout())
                                        .readTimeout(settings.attemptTimeout())
                                        .writeTimeout(settings.attemptTimeout())
                                        .connectionAcquisitionTimeout(settings.timeout())
                                        .maxConcurrency(settings.concurrency())
                                        .maxPendingConnectionAcquires(settings.waiting()));
        if (settings.endpoint() != null) {
            builder.endpointOverride(settings.endpoint());
        }
        return builder.build();
    }

    private static AwsCredentialsProvider credentials(S3Settings settings) {
        String accessKey = settings.accessKey();
        Secret secretKey = settings.secretKey();
        return accessKey == null || secretKey == null
                ? DefaultCredentialsProvider.builder().build()
                : StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(accessKey, secretKey.reveal()));
    }
}

package io.customergraph.bodies;

import io.customergraph.delivery.BodyName;
import io.customergraph.delivery.BodyPage;
import io.customergraph.delivery.BodyStore;
import io.customergraph.tenant.TenantId;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Keeps each body as an object, {@code <prefix><tenant>/<day>/<two digits>/<id>}, in a bucket of
 * Amazon S3, Cloudflare R2, MinIO or another store that speaks S3.
 */
final class S3BodyStore implements BodyStore, AutoCloseable {

    private static final int PRECONDITION_FAILED = 412;
    private static final int MOST_LISTED = 1_000;

    private final S3AsyncClient client;
    private final String bucket;
    private final String prefix;
    private final InstantSource clock;

    S3BodyStore(S3Settings settings, InstantSource clock) {
        this.client = S3Client.of(settings);
        this.bucket = settings.bucket();
        this.prefix = settings.prefix();
        this.clock = clock;
    }

    /**
     * Written only where there is nothing: a request that is repeated after its answer was lost
     * finds its own, since no two bodies have one name.
     */
    @Override
    public Mono<String> put(TenantId tenant, UUID connection, UUID event, ByteBuffer body) {
        if (body.remaining() > LARGEST) {
            return Mono.error(new IllegalArgumentException("A body is larger than any may be"));
        }
        String reference = BodyName.next(clock).text();
        return asked(
                        () ->
                                client.putObject(
                                        PutObjectRequest.builder()
                                                .bucket(bucket)
                                                .key(key(tenant, reference))
                                                .ifNoneMatch("*")
                                                .contentMD5(md5(body))
                                                .contentType("application/octet-stream")
                                                .build(),
                                        AsyncRequestBody.fromRemainingByteBufferUnsafe(
                                                body.slice())))
                .then()
                .onErrorResume(S3BodyStore::isThere, _ -> Mono.empty())
                .onErrorMap(S3Failed::of)
                .thenReturn(reference);
    }

    @Override
    public Mono<ByteBuffer> get(TenantId tenant, String reference) {
        return Mono.justOrEmpty(BodyName.of(reference))
                .flatMap(
                        name ->
                                asked(
                                        () ->
                                                client.getObject(
                                                        GetObjectRequest.builder()
                                                                .bucket(bucket)
                                                                .key(key(tenant, name.text()))
                                                                .build(),
                                                        new WholeBody())))
                .onErrorResume(
                        failure -> S3Failed.cause(failure) instanceof NoSuchKeyException,
                        _ -> Mono.empty())
                .onErrorMap(S3Failed::of);
    }

    @Override
    public Mono<Void> delete(TenantId tenant, String reference) {
        return Mono.justOrEmpty(BodyName.of(reference))
                .flatMap(
                        name ->
                                asked(
                                        () ->
                                                client.deleteObject(
                                                        request ->
                                                                request.bucket(bucket)
                                                                        .key(
                                                                                key(
                                                                                        tenant,
                                                                                        name
                                                                                                .text())))))
                .onErrorMap(S3Failed::of)
                .then();
    }

    @Override
    public Mono<BodyPage> list(TenantId tenant, Instant before, String after, int atMost) {
        ListObjectsV2Request.Builder request =
                ListObjectsV2Request.builder()
                        .bucket(bucket)
                        .prefix(key(tenant, ""))
                        .maxKeys(Math.min(atMost, MOST_LISTED));
        if (!after.isEmpty()) {
            request.startAfter(key(tenant, after));
        }
        return asked(() -> client.listObjectsV2(request.build()))
                .map(found -> page(found, key(tenant, "").length(), before))
                .onErrorMap(S3Failed::of);
    }

    /** Keys that are no names of bodies are somebody else's: they are passed over. */
    private static BodyPage page(ListObjectsV2Response found, int start, Instant before) {
        List<String> names =
                found.contents().stream()
                        .map(S3Object::key)
                        .map(key -> key.substring(start))
                        .toList();
        boolean isLast =
                !Boolean.TRUE.equals(found.isTruncated())
                        || names.isEmpty()
                        || names.getLast().compareTo(BodyName.day(before) + "~") > 0;
        return new BodyPage(
                names.stream()
                        .map(BodyName::of)
                        .flatMap(Optional::stream)
                        .filter(name -> name.madeAt().isBefore(before))
                        .map(BodyName::text)
                        .toList(),
                isLast ? null : names.getLast());
    }

    @Override
    public void close() {
        client.close();
    }

    private String key(TenantId tenant, String reference) {
        return prefix + tenant.value() + "/" + reference;
    }

    private static boolean isThere(Throwable failure) {
        return S3Failed.cause(failure) instanceof S3Exception told
                && told.statusCode() == PRECONDITION_FAILED;
    }

    /** The store refuses what was changed on its way; every store of the kind knows MD5. */
    private static String md5(ByteBuffer body) {
        try {
            MessageDigest digest = MessageDigest.getInstance("MD5");
            digest.update(body.duplicate());
            return Base64.getEncoder().encodeToString(digest.digest());
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("Every Java has MD5", missing);
        }
    }

    /** Signing, digests and the search for credentials are work, which no event loop does. */
    private static <T> Mono<T> asked(Supplier<? extends CompletableFuture<? extends T>> call) {
        return Mono.<T>fromFuture(call).subscribeOn(Schedulers.boundedElastic());
    }
}

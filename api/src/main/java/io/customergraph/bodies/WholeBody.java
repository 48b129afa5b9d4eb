package io.customergraph.bodies;

import io.customergraph.delivery.BodyStore;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.async.SdkPublisher;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

/** Reads an object into memory, all of it or none, and none that is larger than a body may be. */
final class WholeBody implements AsyncResponseTransformer<GetObjectResponse, ByteBuffer> {

    private volatile CompletableFuture<ByteBuffer> result = new CompletableFuture<>();
    private volatile long length = -1;

    /** Each attempt begins anew. */
    @Override
    public CompletableFuture<ByteBuffer> prepare() {
        result = new CompletableFuture<>();
        return result;
    }

    @Override
    public void onResponse(GetObjectResponse response) {
        Long told = response.contentLength();
        length = told == null ? -1 : told;
    }

    @Override
    public void onStream(SdkPublisher<ByteBuffer> parts) {
        CompletableFuture<ByteBuffer> current = result;
        read(Flux.from(parts), length).subscribe(current::complete, current::completeExceptionally);
    }

    private static Mono<ByteBuffer> read(Flux<ByteBuffer> parts, long length) {
        if (length < 0 || length > BodyStore.LARGEST) {
            return parts.take(0)
                    .then(Mono.error(S3Failed.because("An object is larger than a body may be")));
        }
        return parts.reduceWith(() -> ByteBuffer.allocate((int) length), WholeBody::add)
                .map(
                        whole -> {
                            if (whole.hasRemaining()) {
                                throw S3Failed.because("An object ends too early");
                            }
                            return whole.flip();
                        });
    }

    private static ByteBuffer add(ByteBuffer whole, ByteBuffer part) {
        if (part.remaining() > whole.remaining()) {
            throw S3Failed.because("An object is longer than it was told to be");
        }
        return whole.put(part);
    }

    @Override
    public void exceptionOccurred(Throwable failure) {
        result.completeExceptionally(failure);
    }
}

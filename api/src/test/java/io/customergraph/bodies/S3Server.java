package io.customergraph.bodies;

import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobApiMetadata;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStore;
import org.jclouds.blobstore.BlobStoreContext;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/** A server that speaks S3, with a bucket in a directory; it checks signatures. */
public final class S3Server implements AutoCloseable {

    public static final String BUCKET = "bodies";
    public static final String ACCESS_KEY = "test-access-key";
    public static final String SECRET_KEY = "test-secret-key";

    private final BlobStoreContext context;
    private final Path directory;
    private S3Proxy proxy;
    private final int port;

    private S3Server(BlobStoreContext context, Path directory) {
        this.context = context;
        this.directory = directory;
        this.proxy = started(context.getBlobStore(), 0);
        this.port = proxy.getPort();
    }

    /** Starts one on what a directory has. */
    public static S3Server on(Path directory) {
        Properties properties = new Properties();
        properties.setProperty("jclouds.filesystem.basedir", directory.toString());
        BlobStoreContext context =
                ContextBuilder.newBuilder(new FilesystemNio2BlobApiMetadata())
                        .credentials("none", "none")
                        .overrides(properties)
                        .modules(List.of())
                        .build(BlobStoreContext.class);
        context.getBlobStore().createContainerInLocation(null, BUCKET);
        return new S3Server(context, directory);
    }

    private static S3Proxy started(BlobStore store, int port) {
        try {
            S3Proxy proxy =
                    S3Proxy.builder()
                            .blobStore(store)
                            .awsAuthentication(AuthenticationType.AWS_V4, ACCESS_KEY, SECRET_KEY)
                            .endpoint(URI.create("http://127.0.0.1:" + port))
                            .build();
            proxy.start();
            return proxy;
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Where an object is, for tests that damage it. */
    public Path file(String key) {
        return directory.resolve(BUCKET).resolve(key);
    }

    /** Puts what is no body. */
    public void put(String key, String text) {
        BlobStore store = context.getBlobStore();
        store.putBlob(BUCKET, store.blobBuilder(key).payload(text).build());
    }

    /** Whether any object has a text in it or in its name, or is just being deleted. */
    public boolean holds(String text) throws IOException {
        try (var all = Files.walk(directory)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                if (file.toString().contains(text)
                        || Files.readString(file, StandardCharsets.ISO_8859_1).contains(text)) {
                    return true;
                }
            }
            return false;
        } catch (NoSuchFileException | UncheckedIOException isBeingDeleted) {
            return true;
        }
    }

    /** It is down, and keeps what it has. */
    public void stop() {
        try {
            proxy.stop();
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** It is there again, at the same address. */
    public void startAgain() {
        proxy = started(context.getBlobStore(), port);
    }

    @Override
    public void close() {
        stop();
        context.close();
    }
}

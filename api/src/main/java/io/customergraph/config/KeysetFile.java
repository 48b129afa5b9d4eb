package io.customergraph.config;

import io.customergraph.secret.SecretKeys;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/** A keyset in a file that only its owner may read. */
record KeysetFile(Path path) {

    private static final String OWNER_ONLY = "rw-------";

    /** What the file holds; empty where there is none. */
    Optional<String> read() {
        try {
            return Files.exists(path) ? Optional.of(Files.readString(path)) : Optional.empty();
        } catch (IOException unreadable) {
            throw new StartRefused(
                    "The keyset of " + this + " cannot be read",
                    "Let the application's user read it, and nobody else",
                    unreadable);
        }
    }

    /** What the file holds; a new keyset where there is none. */
    String readOrCreate() {
        return read().orElseGet(this::create);
    }

    private String create() {
        String keyset = SecretKeys.generate().serialize();
        Path file = path.toAbsolutePath();
        try {
            Path directory = file.getParent();
            if (directory != null) {
                Files.createDirectories(directory);
            }
            try (SeekableByteChannel out =
                    Files.newByteChannel(
                            file,
                            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                            permissions())) {
                out.write(StandardCharsets.US_ASCII.encode(keyset));
            }
            return keyset;
        } catch (FileAlreadyExistsException another) {
            return read().orElseThrow();
        } catch (IOException failure) {
            throw new UncheckedIOException("No keyset could be written to " + file, failure);
        }
    }

    /** From the first moment on, where the file system knows permissions. */
    private static FileAttribute<?>[] permissions() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString(OWNER_ONLY))
                }
                : new FileAttribute<?>[0];
    }

    @Override
    public String toString() {
        return path.toString();
    }
}

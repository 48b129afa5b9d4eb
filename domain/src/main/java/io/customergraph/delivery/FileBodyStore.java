package io.customergraph.delivery;

import io.customergraph.tenant.TenantId;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keeps bodies in files, {@code <tenant>/<day>/<two digits>/<id>}: those of a tenant that come at
 * once in one file, so that they wait for the disk together. Several nodes may share the directory.
 */
public final class FileBodyStore implements BodyStore, AutoCloseable {

    private static final Pattern REFERENCE = Pattern.compile("([^#]+)#(\\d{1,4})");

    private static final int CAPACITY = 4_096;
    private static final int MOST_AT_ONCE = 512;
    private static final int WRITES_AT_ONCE = 2;
    private static final int THREADS = 4;
    private static final int TASKS = 10_000;

    private final Path root;
    private final InstantSource clock;
    private final Scheduler disk = Schedulers.newBoundedElastic(THREADS, TASKS, "bodies");
    private final GroupedWrites<New, String> writes =
            new GroupedWrites<>("bodies", CAPACITY, MOST_AT_ONCE, WRITES_AT_ONCE, this::write);

    private record New(TenantId tenant, UUID event, ByteBuffer body) {}

    /**
     * A store in a directory.
     *
     * @param root is made where it is missing
     */
    public FileBodyStore(Path root, InstantSource clock) {
        this.root = root.toAbsolutePath().normalize();
        this.clock = clock;
    }

    @Override
    public Mono<String> put(TenantId tenant, UUID connection, UUID event, ByteBuffer body) {
        return body.remaining() > LARGEST
                ? Mono.error(new IllegalArgumentException("A body is larger than any may be"))
                : writes.add(new New(tenant, event, body));
    }

    @Override
    public Mono<ByteBuffer> get(TenantId tenant, String reference) {
        return onDisk(
                () -> {
                    Place place = place(tenant, reference);
                    return place == null ? null : BodyFile.read(place.file(), place.index());
                });
    }

    @Override
    public Mono<Void> delete(TenantId tenant, String reference) {
        return onDisk(
                        () -> {
                            Place place = place(tenant, reference);
                            if (place != null) {
                                BodyFile.delete(place.file(), place.index());
                                dropIfEmpty(place.file());
                            } else if (isUnfinished(reference)) {
                                Path file = directoryOf(tenant).resolve(reference);
                                Files.deleteIfExists(file);
                                dropIfEmpty(file);
                            }
                            return null;
                        })
                .then();
    }

    @Override
    public Mono<BodyPage> list(TenantId tenant, Instant before, String after, int atMost) {
        return onDisk(() -> BodyListing.read(directoryOf(tenant), before, after, atMost));
    }

    @Override
    public void close() {
        disk.dispose();
    }

    private <T> Mono<T> onDisk(Callable<? extends @Nullable T> work) {
        return Mono.<T>fromCallable(work).subscribeOn(disk);
    }

    private Mono<List<String>> write(List<New> group) {
        return onDisk(
                () -> {
                    Map<TenantId, List<Integer>> places = new LinkedHashMap<>();
                    for (int i = 0; i < group.size(); i++) {
                        places.computeIfAbsent(group.get(i).tenant(), _ -> new ArrayList<>())
                                .add(i);
                    }
                    String[] references = new String[group.size()];
                    for (Map.Entry<TenantId, List<Integer>> one : places.entrySet()) {
                        String name = BodyName.next(clock).text();
                        write(
                                directoryOf(one.getKey()).resolve(name),
                                one.getValue().stream().map(group::get).toList());
                        for (int i = 0; i < one.getValue().size(); i++) {
                            references[one.getValue().get(i)] = name + "#" + i;
                        }
                    }
                    return List.of(references);
                });
    }

    private static void write(Path file, List<New> news) throws IOException {
        List<BodyFile.Body> bodies =
                news.stream().map(one -> new BodyFile.Body(one.event(), one.body())).toList();
        makeDirectory(BodyFile.directoryOf(file));
        try {
            BodyFile.write(file, bodies);
        } catch (NoSuchFileException directoryWasDropped) {
            makeDirectory(BodyFile.directoryOf(file));
            BodyFile.write(file, bodies);
        }
    }

    private Path directoryOf(TenantId tenant) {
        return root.resolve(tenant.value());
    }

    /** Each directory that is new is made known to the disk in the one above. */
    private static void makeDirectory(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        Path above = directory.getParent();
        if (above != null) {
            makeDirectory(above);
        }
        try {
            Files.createDirectory(directory, permissions(directory));
        } catch (FileAlreadyExistsException another) {
            return;
        }
        if (above != null) {
            BodyFile.sync(above);
        }
    }

    /** Bodies are full of personal data; the owner alone enters, where files know of owners. */
    private static FileAttribute<?>[] permissions(Path directory) {
        return directory.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
    }

    private record Place(Path file, int index) {}

    /** Of anything that is not a reference of ours there is no place: nothing climbs out. */
    private @Nullable Place place(TenantId tenant, String reference) {
        Matcher matcher = REFERENCE.matcher(reference);
        return matcher.matches() && BodyName.of(matcher.group(1)).isPresent()
                ? new Place(
                        directoryOf(tenant).resolve(matcher.group(1)),
                        Integer.parseInt(matcher.group(2)))
                : null;
    }

    private static boolean isUnfinished(String reference) {
        String end = BodyFile.UNFINISHED;
        return reference.endsWith(end)
                && BodyName.of(reference.substring(0, reference.length() - end.length()))
                        .isPresent();
    }

    /** Leaves no empty directories behind, but those that today's bodies still come to. */
    private void dropIfEmpty(Path file) throws IOException {
        Path shard = BodyFile.directoryOf(file);
        Path day = BodyFile.directoryOf(shard);
        if (day.endsWith(BodyName.day(clock.instant()))) {
            return;
        }
        try {
            Files.deleteIfExists(shard);
            Files.deleteIfExists(day);
        } catch (DirectoryNotEmptyException others) {
            // They stay for as long as their bodies do.
        }
    }
}

package io.customergraph.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.customergraph.tenant.TenantId;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import reactor.core.publisher.Flux;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

class FileBodyStoreTest extends BodyStoreContract {

    private final Path root;

    FileBodyStoreTest(@TempDir Path directory) {
        this.root = directory.resolve("bodies");
    }

    @Override
    protected FileBodyStore open() {
        return new FileBodyStore(root, Clock.systemUTC());
    }

    @Override
    protected void close(BodyStore store) {
        ((FileBodyStore) store).close();
    }

    /** The last byte is missing, as after a disk lost it. */
    @Override
    protected void truncate(TenantId tenant, String reference) throws IOException {
        Path file = file(tenant, reference);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() - 1);
        }
    }

    private Path file(TenantId tenant, String reference) {
        return root.resolve(tenant.value()).resolve(reference.substring(0, reference.indexOf('#')));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void nobody_else_on_the_machine_reads_bodies() throws IOException {
        assumeTrue(root.getFileSystem().supportedFileAttributeViews().contains("posix"));

        store.put(OURS, CONNECTION, UUID.randomUUID(), bytes("a body")).block();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root)))
                .isEqualTo("rwx------");
    }

    @Test
    void bodies_that_come_at_once_share_files_and_each_keeps_its_own() throws IOException {
        List<String> texts = Stream.iterate(1, i -> i + 1).limit(400).map(i -> "b" + i).toList();

        List<String> references =
                Flux.fromIterable(texts)
                        .flatMapSequential(
                                text -> store.put(OURS, CONNECTION, UUID.randomUUID(), bytes(text)),
                                400)
                        .collectList()
                        .blockOptional()
                        .orElseThrow();

        assertThat(references).doesNotHaveDuplicates();
        assertThat(references.stream().map(one -> get(OURS, one)).toList()).isEqualTo(texts);
        assertThat(files()).hasSizeLessThan(200).noneMatch(file -> file.toString().endsWith("tmp"));
    }

    @Test
    void a_deleted_body_is_nowhere_on_the_disk_while_those_written_with_it_stay()
            throws IOException {
        List<String> references =
                Flux.range(0, 50)
                        .flatMapSequential(
                                i ->
                                        store.put(
                                                OURS,
                                                CONNECTION,
                                                UUID.randomUUID(),
                                                bytes("person-" + i + ";")),
                                50)
                        .collectList()
                        .blockOptional()
                        .orElseThrow();

        store.delete(OURS, references.get(7)).block();
        store.delete(OURS, references.get(7)).block();

        assertThat(get(OURS, references.get(7))).isEqualTo("none");
        assertThat(get(OURS, references.get(8))).isEqualTo("person-8;");
        for (Path file : files()) {
            assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                    .doesNotContain("person-7;");
        }

        Flux.fromIterable(references).concatMap(one -> store.delete(OURS, one)).blockLast();

        assertThat(files()).isEmpty();
    }

    @Test
    void the_directories_of_a_day_go_with_its_last_body() throws IOException {
        Instant then = Instant.parse("2026-01-02T03:04:05Z");
        String reference;
        try (FileBodyStore past = new FileBodyStore(root, Clock.fixed(then, ZoneOffset.UTC))) {
            reference = put(past, OURS, "old");
            assertThat(reference).startsWith("20260102/");
        }

        store.delete(OURS, reference).block(Duration.ofSeconds(10));

        assertThat(root.resolve("ours")).isEmptyDirectory();
    }

    @Test
    void a_file_that_a_node_left_unfinished_is_listed_and_deleted_and_never_read()
            throws IOException {
        String reference = put(OURS, "whole");
        Path whole = file(OURS, reference);
        Path unfinished = whole.resolveSibling(whole.getFileName() + ".tmp");
        Files.move(whole, unfinished);
        String name = reference.substring(0, reference.indexOf('#')) + ".tmp";

        assertThat(get(OURS, name)).isEqualTo("none");
        assertThat(listed(OURS, LATER)).containsExactly(name);
        store.delete(OURS, name).block();

        assertThat(files()).isEmpty();
    }

    @Test
    void a_file_whose_bodies_are_all_gone_and_that_cannot_be_read_stop_no_list()
            throws IOException {
        String empty = put(OURS, "a");
        try (FileChannel channel = FileChannel.open(file(OURS, empty), StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(4), 8 + 28);
        }
        String damaged = put(OURS, "b");
        Files.writeString(file(OURS, damaged), "no bodies");
        String good = put(OURS, "c");

        assertThat(get(OURS, empty)).isEqualTo("none");
        assertThat(listed(OURS, LATER)).containsExactlyInAnyOrder(empty, good);
        store.delete(OURS, empty).block();

        assertThat(listed(OURS, LATER)).containsExactly(good);
        assertThat(file(OURS, empty)).doesNotExist();
    }

    @Test
    void a_length_that_no_body_has_is_not_read_into_memory() throws IOException {
        String reference = put(OURS, "a");
        try (FileChannel channel =
                FileChannel.open(file(OURS, reference), StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(4).putInt(Integer.MAX_VALUE).flip(), 8 + 24);
        }

        assertThatThrownBy(() -> store.get(OURS, reference).block())
                .hasMessageContaining("a length that none has");
    }
}

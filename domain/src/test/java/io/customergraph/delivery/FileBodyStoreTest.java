package io.customergraph.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.customergraph.tenant.TenantId;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import reactor.core.publisher.Flux;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

class FileBodyStoreTest {

    private static final TenantId OURS = new TenantId("ours");
    private static final TenantId THEIRS = new TenantId("theirs");
    private static final UUID CONNECTION = UUID.randomUUID();

    private final Path root;
    private final FileBodyStore store;

    FileBodyStoreTest(@TempDir Path directory) {
        this.root = directory.resolve("bodies");
        this.store = new FileBodyStore(root, Clock.systemUTC());
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private String put(TenantId tenant, String text) {
        return put(store, tenant, text);
    }

    private static String put(FileBodyStore store, TenantId tenant, String text) {
        String reference = store.put(tenant, CONNECTION, UUID.randomUUID(), bytes(text)).block();
        assertThat(reference).isNotNull();
        return reference == null ? "" : reference;
    }

    private String get(TenantId tenant, String reference) {
        return store.get(tenant, reference)
                .map(body -> StandardCharsets.UTF_8.decode(body).toString())
                .defaultIfEmpty("none")
                .blockOptional()
                .orElseThrow();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void what_was_put_comes_back_byte_for_byte_also_after_a_restart() {
        String text = "{\"name\": \"ليلى\", \"empty\": \"\"}";
        String reference = put(OURS, text);
        String nothing = put(OURS, "");

        assertThat(get(OURS, reference)).isEqualTo(text);
        assertThat(get(OURS, nothing)).isEmpty();
        try (FileBodyStore again = new FileBodyStore(root, Clock.systemUTC())) {
            assertThat(again.get(OURS, reference).block()).isEqualTo(bytes(text));
        }
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
    void another_tenant_finds_and_deletes_nothing_by_our_reference() {
        String ours = put(OURS, "ours");
        put(THEIRS, "theirs");

        store.delete(THEIRS, ours).block();

        assertThat(get(THEIRS, ours)).isEqualTo("none");
        assertThat(get(OURS, ours)).isEqualTo("ours");
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../theirs/20260102/00/00000000-0000-0000-0000-000000000000#0",
                "20260102/../../../../etc/passwd#0",
                "/etc/passwd",
                "20260102/00/00000000-0000-0000-0000-000000000000#99999",
                "20260102/00/00000000-0000-0000-0000-000000000000",
                "20260102/00/00000000-0000-0000-0000-000000000000#0\u0000",
                "",
                "#"
            })
    void what_is_no_reference_of_the_store_is_nothing(String reference) {
        put(THEIRS, "theirs");

        assertThat(get(OURS, reference)).isEqualTo("none");
        store.delete(OURS, reference).block();
    }
}

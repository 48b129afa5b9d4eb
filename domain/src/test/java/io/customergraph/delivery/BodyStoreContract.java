package io.customergraph.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.customergraph.tenant.TenantId;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import reactor.core.publisher.Flux;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

/** What every store of bodies does; each has a test that begins with this. */
@SuppressWarnings("NullAway.Init") // It is opened before each test.
public abstract class BodyStoreContract {

    protected static final TenantId OURS = new TenantId("ours");
    protected static final TenantId THEIRS = new TenantId("theirs");
    protected static final UUID CONNECTION = UUID.randomUUID();

    /** Everything that a test puts was there before. */
    protected static final Instant LATER = Instant.parse("2100-01-01T00:00:00Z");

    private static final int MOST_PAGES = 100;

    protected BodyStore store;

    /** A store on what there is, as a node that starts has it. */
    protected abstract BodyStore open();

    protected abstract void close(BodyStore store);

    /** Takes the end of a body away, behind the store's back. */
    protected abstract void truncate(TenantId tenant, String reference) throws IOException;

    @BeforeEach
    void open_it() {
        store = open();
    }

    @AfterEach
    void close_it() {
        close(store);
    }

    protected static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    protected final String put(TenantId tenant, String text) {
        return put(store, tenant, text);
    }

    protected static String put(BodyStore store, TenantId tenant, String text) {
        return Objects.requireNonNull(
                store.put(tenant, CONNECTION, UUID.randomUUID(), bytes(text)).block());
    }

    protected final String get(TenantId tenant, String reference) {
        return store.get(tenant, reference)
                .map(body -> StandardCharsets.UTF_8.decode(body).toString())
                .defaultIfEmpty("none")
                .blockOptional()
                .orElseThrow();
    }

    protected final List<String> listed(TenantId tenant, Instant before) {
        List<String> all = new ArrayList<>();
        String after = "";
        for (int pages = 0; pages < MOST_PAGES; pages++) {
            BodyPage page = Objects.requireNonNull(store.list(tenant, before, after, 3).block());
            assertThat(page.references()).hasSizeLessThanOrEqualTo(3 + 512);
            all.addAll(page.references());
            @Nullable String next = page.next();
            if (next == null) {
                return all;
            }
            after = next;
        }
        throw new AssertionError("The list has no end");
    }

    private List<String> putAtOnce(List<String> texts) {
        return Flux.fromIterable(texts)
                .flatMapSequential(
                        text -> store.put(OURS, CONNECTION, UUID.randomUUID(), bytes(text)),
                        texts.size())
                .collectList()
                .blockOptional()
                .orElseThrow();
    }

    @Test
    void what_was_put_comes_back_byte_for_byte_also_after_a_restart() {
        String text = "{\"name\": \"ليلى\", \"empty\": \"\"}";
        String reference = put(OURS, text);
        String nothing = put(OURS, "");

        assertThat(get(OURS, reference)).isEqualTo(text);
        assertThat(get(OURS, nothing)).isEmpty();
        BodyStore again = open();
        try {
            assertThat(again.get(OURS, reference).block()).isEqualTo(bytes(text));
        } finally {
            close(again);
        }
    }

    @Test
    void the_buffer_that_is_put_stays_as_it_is() {
        ByteBuffer body = bytes("xbody").position(1);

        String reference =
                Objects.requireNonNull(
                        store.put(OURS, CONNECTION, UUID.randomUUID(), body).block());

        assertThat(body.remaining()).isEqualTo(4);
        assertThat(get(OURS, reference)).isEqualTo("body");
    }

    @Test
    void a_body_that_comes_twice_is_two_and_neither_writes_over_the_other() {
        UUID event = UUID.randomUUID();
        String first =
                Objects.requireNonNull(store.put(OURS, CONNECTION, event, bytes("a")).block());
        String second =
                Objects.requireNonNull(store.put(OURS, CONNECTION, event, bytes("b")).block());

        assertThat(second).isNotEqualTo(first);
        assertThat(get(OURS, first)).isEqualTo("a");
        assertThat(get(OURS, second)).isEqualTo("b");
    }

    @Test
    void bodies_that_come_at_once_each_keep_their_own() {
        List<String> texts = Stream.iterate(1, i -> i + 1).limit(100).map(i -> "b" + i).toList();

        List<String> references = putAtOnce(texts);

        assertThat(references).doesNotHaveDuplicates();
        assertThat(references.stream().map(one -> get(OURS, one)).toList()).isEqualTo(texts);
    }

    @Test
    void another_tenant_finds_lists_and_deletes_nothing_of_ours() {
        String ours = put(OURS, "ours");
        String theirs = put(THEIRS, "theirs");

        store.delete(THEIRS, ours).block();

        assertThat(get(THEIRS, ours)).isEqualTo("none");
        assertThat(get(OURS, ours)).isEqualTo("ours");
        assertThat(listed(THEIRS, LATER)).containsExactly(theirs);
        assertThat(listed(new TenantId("our"), LATER)).isEmpty();
    }

    @Test
    void a_reference_names_nobody() {
        assertThat(put(OURS, "{\"email\": \"layla@example.com\"}"))
                .doesNotContain("ours", "layla", CONNECTION.toString());
    }

    @Test
    void a_deleted_body_is_gone_and_is_deleted_again_in_vain() {
        String gone = put(OURS, "gone");
        String stays = put(OURS, "stays");

        store.delete(OURS, gone).block();
        store.delete(OURS, gone).block();

        assertThat(get(OURS, gone)).isEqualTo("none");
        assertThat(get(OURS, stays)).isEqualTo("stays");
        assertThat(listed(OURS, LATER)).containsExactly(stays);
    }

    @Test
    void what_is_there_in_part_is_not_given_out_as_if_it_were_whole() throws IOException {
        String reference = put(OURS, "0123456789");

        truncate(OURS, reference);

        assertThatThrownBy(() -> store.get(OURS, reference).block()).isNotNull();
    }

    @Test
    void a_body_that_is_too_large_is_refused_and_the_largest_is_taken() {
        ByteBuffer largest = ByteBuffer.allocate(BodyStore.LARGEST);
        String reference =
                Objects.requireNonNull(
                        store.put(OURS, CONNECTION, UUID.randomUUID(), largest).block());

        assertThat(store.get(OURS, reference).map(ByteBuffer::remaining).block())
                .isEqualTo(BodyStore.LARGEST);
        assertThatThrownBy(
                        () ->
                                store.put(
                                                OURS,
                                                CONNECTION,
                                                UUID.randomUUID(),
                                                ByteBuffer.allocate(BodyStore.LARGEST + 1))
                                        .block())
                .hasMessageContaining("larger than any may be");
    }

    @Test
    void bodies_are_listed_page_by_page_in_the_order_of_their_names_and_each_once() {
        List<String> references = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            references.add(put(OURS, "b" + i));
        }

        List<String> listed = listed(OURS, LATER);

        assertThat(listed).containsExactlyInAnyOrderElementsOf(references).isSorted();
        BodyPage first = Objects.requireNonNull(store.list(OURS, LATER, "", 3).block());
        assertThat(first.references()).hasSize(3);
    }

    @Test
    void what_is_newer_is_not_listed() {
        put(OURS, "new");

        assertThat(listed(OURS, Instant.now().minusSeconds(60))).isEmpty();
        assertThat(listed(OURS, Instant.now().minus(Duration.ofDays(3)))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../theirs/20260102/00/00000000-0000-0000-0000-000000000000#0",
                "../theirs/20260102/00/00000000-0000-0000-0000-000000000000",
                "20260102/../../../../etc/passwd#0",
                "/etc/passwd",
                "../theirs/20260102/00/00000000-0000-0000-0000-000000000000.tmp",
                "20260102/00/00000000-0000-0000-0000-000000000000#99999",
                "20260102/00/00000000-0000-0000-0000-000000000000",
                "20260102/00/00000000-0000-0000-0000-000000000000#0",
                "20260102/00/00000000-0000-0000-0000-000000000000#0\u0000",
                "",
                "#"
            })
    void what_is_no_reference_of_the_store_is_nothing(String reference) {
        put(THEIRS, "theirs");

        assertThat(get(OURS, reference)).isEqualTo("none");
        store.delete(OURS, reference).block();

        assertThat(listed(THEIRS, LATER)).hasSize(1);
    }
}

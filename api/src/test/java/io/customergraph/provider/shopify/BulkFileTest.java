package io.customergraph.provider.shopify;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

class BulkFileTest {

    private static final String FILE =
            """
            {"id": "gid://shopify/Order/1", "name": "مصباح 💡"}
            {"id": "gid://shopify/LineItem/11", "__parentId": "gid://shopify/Order/1"}
            {"id": "gid://shopify/LineItem/12", "__parentId": "gid://shopify/Order/1"}
            {"id": "gid://shopify/Order/2"}
            {"id": "gid://shopify/Order/3"}
            {"id": "gid://shopify/LineItem/31", "__parentId": "gid://shopify/Order/3"}
            """;

    private static String part(byte[] file, int from, int size) {
        return new String(file, from, Math.min(size, file.length - from), StandardCharsets.UTF_8);
    }

    private static List<String> told(BulkFile file) {
        return file.nodes().stream()
                .map(
                        whole ->
                                whole.node().text("id")
                                        + whole.children().stream()
                                                .map(child -> child.text("id"))
                                                .toList())
                .map(text -> text.replace("gid://shopify/", ""))
                .toList();
    }

    @Test
    void a_node_has_its_children() {
        assertThat(told(BulkFile.read(FILE, true)))
                .containsExactly(
                        "Order/1[LineItem/11, LineItem/12]", "Order/2[]", "Order/3[LineItem/31]");
    }

    @Test
    void parts_of_any_size_give_the_same_wherever_they_are_cut() {
        byte[] bytes = FILE.getBytes(StandardCharsets.UTF_8);
        for (int size = 300; size < bytes.length + 10; size++) {
            List<String> all = new ArrayList<>();
            int offset = 0;
            boolean isEnd = false;
            while (!isEnd) {
                BulkFile part =
                        BulkFile.read(part(bytes, offset, size), offset + size >= bytes.length);
                assertThat(part.isEnd() || part.bytes() > 0).as("size %d", size).isTrue();
                all.addAll(told(part));
                offset += (int) part.bytes();
                isEnd = part.isEnd();
            }
            assertThat(all).as("size %d", size).isEqualTo(told(BulkFile.read(FILE, true)));
        }
    }

    @Test
    void a_part_without_a_whole_node_says_so() {
        assertThat(BulkFile.read(FILE.substring(0, 100), false).bytes()).isZero();
    }

    @Test
    void no_more_nodes_are_taken_than_a_batch_holds() {
        StringBuilder file = new StringBuilder();
        for (int n = 1; n <= BulkFile.MOST_NODES + 50; n++) {
            file.append("{\"id\": \"gid://shopify/Customer/").append(n).append("\"}\n");
        }

        BulkFile first = BulkFile.read(file.toString(), true);
        BulkFile second = BulkFile.read(file.substring((int) first.bytes()), true);

        assertThat(first.nodes()).hasSize(BulkFile.MOST_NODES);
        assertThat(first.isEnd()).isFalse();
        assertThat(second.nodes()).hasSize(50);
        assertThat(second.isEnd()).isTrue();
    }

    @Test
    void what_is_no_line_is_counted_once() {
        BulkFile file =
                BulkFile.read(
                        """
                        []

                        {"id": "gid://shopify/Order/1"}
                        {"__parentId": "x"}
                        nonsense\
                        """,
                        true);

        assertThat(file.nodes()).hasSize(1);
        assertThat(file.broken()).isEqualTo(3);
    }
}

package io.customergraph.graphql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.Arrays;
import java.util.UUID;

class NodeIdTest {

    @ParameterizedTest
    @EnumSource(NodeType.class)
    void an_id_says_which_thing_of_which_type_it_is(NodeType type) {
        UUID id = UUID.randomUUID();
        String text = NodeId.encode(type, id);

        assertThat(NodeId.decode(text)).isEqualTo(new NodeId(type, id));
        assertThat(text).hasSize(23).matches("[A-Za-z0-9_-]+");
    }

    @Test
    void no_two_types_share_a_number() {
        assertThat(Arrays.stream(NodeType.values()).map(NodeType::number)).doesNotHaveDuplicates();
    }

    @Test
    void the_id_of_another_type_is_no_customers() {
        String order = NodeId.encode(NodeType.SHOPIFY_ORDER, UUID.randomUUID());

        assertThatThrownBy(() -> NodeId.customer(order))
                .isInstanceOfSatisfying(
                        InvalidRequest.class,
                        refusal ->
                                assertThat(refusal.code())
                                        .isEqualTo(InvalidRequest.Code.INVALID_ID));
    }
}

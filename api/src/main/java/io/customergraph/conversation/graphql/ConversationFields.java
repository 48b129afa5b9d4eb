package io.customergraph.conversation.graphql;

import graphql.schema.idl.RuntimeWiring;

import io.customergraph.conversation.OmniConversation;
import io.customergraph.conversation.OmniConversations;
import io.customergraph.conversation.OmniMessage;
import io.customergraph.conversation.OmniMessages;
import io.customergraph.customer.Customers;
import io.customergraph.graphql.Fields;
import io.customergraph.graphql.Graph;
import io.customergraph.graphql.NodeType;

import org.springframework.graphql.execution.RuntimeWiringConfigurer;
import org.springframework.stereotype.Component;

/** The fields of conversations and messages. */
@Component
final class ConversationFields implements RuntimeWiringConfigurer {

    private final Graph graph;

    ConversationFields(Graph graph) {
        this.graph = graph;
    }

    @Override
    public void configure(RuntimeWiring.Builder wiring) {
        Fields.ofNode(NodeType.OMNI_CONVERSATION, OmniConversation.class, OmniConversation::id)
                .fetcher("customer", graph.one(Customers.LOOKUP, OmniConversation::customerId))
                .fetcher(
                        "messages",
                        graph.connection(OmniMessages.OF_CONVERSATION, OmniConversation::id))
                .addTo(wiring);
        Fields.ofNode(NodeType.OMNI_MESSAGE, OmniMessage.class, OmniMessage::id)
                .fetcher(
                        "conversation",
                        graph.one(OmniConversations.LOOKUP, OmniMessage::conversationId))
                .addTo(wiring);
        Fields.addConnections(wiring, "OmniConversation", "OmniMessage");
        Fields.addEnums(
                wiring,
                "ConversationChannel",
                "ConversationStatus",
                "MessageDirection",
                "MessageStatus");
    }
}

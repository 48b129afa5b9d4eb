package io.customergraph.application;

import io.customergraph.graphql.NodeId;
import io.customergraph.graphql.NodeType;

import java.util.UUID;

/** Ids of connections as the database knows them. */
final class IntegrationIds {

    private IntegrationIds() {}

    static UUID of(String globalId) {
        return NodeId.decode(NodeType.INTEGRATION_CONNECTION, globalId);
    }
}

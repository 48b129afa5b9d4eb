package io.customergraph.push;

import io.customergraph.graphql.NodeId;
import io.customergraph.graphql.NodeType;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** Writes what is told over HTTP of pushed records. */
public final class PushAnswer {

    private static final JsonMapper JSON = new JsonMapper();

    private PushAnswer() {}

    /** The body of the answer. */
    public static String of(List<PushResult> results) {
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode told = answer.putArray("results");
        int accepted = 0;
        for (PushResult result : results) {
            told.add(of(result));
            accepted += result.isAccepted() ? 1 : 0;
        }
        answer.put("accepted", accepted);
        answer.put("rejected", results.size() - accepted);
        return JSON.writeValueAsString(answer);
    }

    private static ObjectNode of(PushResult result) {
        ObjectNode told = JSON.createObjectNode();
        told.put("index", result.index());
        told.put("id", result.id());
        told.put("status", result.status().name().toLowerCase(Locale.ROOT));
        UUID customer = result.customer();
        told.put(
                "customerId", customer == null ? null : NodeId.encode(NodeType.CUSTOMER, customer));
        ArrayNode errors = told.putArray("errors");
        for (Flaw flaw : result.flaws()) {
            errors.addObject()
                    .put("code", flaw.code().name())
                    .put("field", flaw.pointer("/records/" + result.index()))
                    .put("message", flaw.message());
        }
        return told;
    }
}

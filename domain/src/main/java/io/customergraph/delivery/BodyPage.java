package io.customergraph.delivery;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Some of the bodies that a store keeps of a tenant.
 *
 * @param references in the order of their names
 * @param next where to go on; null where this was the last page
 */
public record BodyPage(List<String> references, @Nullable String next) {

    public BodyPage {
        references = List.copyOf(references);
    }
}

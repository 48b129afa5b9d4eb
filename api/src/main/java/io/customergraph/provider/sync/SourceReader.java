package io.customergraph.provider.sync;

import io.customergraph.ingest.RecordType;
import io.customergraph.integration.OpenConnection;
import io.customergraph.sync.SyncPosition;

import reactor.core.publisher.Mono;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads pages of one provider. Records may come twice; none may be passed over, whatever changes
 * there meanwhile.
 */
public interface SourceReader {

    /** The provider's short name. */
    String provider();

    /** What it has, in its own words; what others refer to comes first, and is read first. */
    List<String> resources();

    /** The time from the end of a pass to the next one; empty where the server's setting holds. */
    default Optional<Duration> every() {
        return Optional.empty();
    }

    /**
     * The sorts of records of which a resource has all that the provider has: what a complete
     * reading does not have is too much here. Those that are called as the resource is, unless a
     * reader knows better, such as that this connection sees a part; what stands within other
     * records, as an order's customer does, is not all of its sort.
     */
    default Set<RecordType> wholeOf(OpenConnection connection, String resource) {
        return sortsCalled(provider(), resource);
    }

    /** The sorts whose table is called as a resource is: {@code shopify_orders} for its orders. */
    static Set<RecordType> sortsCalled(String provider, String resource) {
        return Arrays.stream(RecordType.values())
                .filter(type -> type.isShopify() == provider.equals("shopify"))
                .filter(type -> ("_" + type.code() + "s").endsWith("_" + resource))
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Those of some records that no page had which the provider has all the same, such as what it
     * archived; the others are deleted here. What cannot be told, or not now, counts as being
     * there, and so does everything where a reader does not ask.
     */
    default Mono<Set<String>> stillThere(
            OpenConnection connection, RecordType type, List<String> externalIds) {
        return Mono.just(Set.copyOf(externalIds));
    }

    /**
     * A page, the longest unchanged first where the provider lets that be chosen.
     *
     * @return an error ({@link io.customergraph.provider.ProviderUnreachable}) where no answer came
     */
    Mono<SourcePage> page(OpenConnection connection, String resource, SyncPosition position);
}

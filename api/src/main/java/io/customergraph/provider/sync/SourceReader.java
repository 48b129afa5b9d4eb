package io.customergraph.provider.sync;

import io.customergraph.integration.OpenConnection;
import io.customergraph.sync.SyncPosition;

import reactor.core.publisher.Mono;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Reads pages of one provider. Records may come twice; none may be passed over, whatever changes
 * there meanwhile.
 */
public interface SourceReader {

    /** The provider's short name. */
    String provider();

    /** What it has, in its own words. */
    Set<String> resources();

    /** The time from the end of a pass to the next one; empty where the server's setting holds. */
    default Optional<Duration> every() {
        return Optional.empty();
    }

    /**
     * A page, the longest unchanged first where the provider lets that be chosen.
     *
     * @return an error ({@link io.customergraph.provider.ProviderUnreachable}) where no answer came
     */
    Mono<SourcePage> page(OpenConnection connection, String resource, SyncPosition position);
}

package io.customergraph.config;

import java.util.Map;

/**
 * Settings of the embedded PostgreSQL for this kind of work: short statements over indexes, batches
 * of inserts, one machine. {@code docs/operations.md} says the same for a server of one's own, and
 * what was measured.
 */
final class PostgresSettings {

    static final Map<String, String> FOR_SHORT_STATEMENTS =
            Map.ofEntries(
                    Map.entry("listen_addresses", "localhost"),
                    Map.entry("max_connections", "60"),
                    // Compiling a statement costs more than these statements take.
                    Map.entry("jit", "off"),
                    Map.entry("shared_buffers", "256MB"),
                    Map.entry("effective_cache_size", "2GB"),
                    Map.entry("work_mem", "16MB"),
                    Map.entry("maintenance_work_mem", "128MB"),
                    // Data is in memory or on a solid-state disk: an index is worth it earlier.
                    Map.entry("random_page_cost", "1.1"),
                    // Parallel workers pay only for scans that this schema's indexes avoid.
                    Map.entry("max_parallel_workers_per_gather", "0"),
                    // Bulk loading checkpoints seldom, and full-page images are packed.
                    Map.entry("max_wal_size", "4GB"),
                    Map.entry("checkpoint_timeout", "15min"),
                    Map.entry("wal_compression", "on"),
                    // What was committed is on disk: an accepted event is never lost. The library
                    // that starts the server would do without for speed.
                    Map.entry("fsync", "on"),
                    Map.entry("synchronous_commit", "on"),
                    // Statistics of a fresh bulk load soon enough for good plans.
                    Map.entry("autovacuum_naptime", "10s"),
                    // The details of an error quote rows, which are people's.
                    Map.entry("log_error_verbosity", "terse"),
                    Map.entry("log_min_error_statement", "panic"),
                    Map.entry("log_min_messages", "warning"));

    private PostgresSettings() {}
}

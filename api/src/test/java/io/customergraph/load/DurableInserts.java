package io.customergraph.load;

import org.springframework.jdbc.core.JdbcTemplate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code pgbench} reaches with inserts of single rows that are on disk when they are answered:
 * the least that any durable acceptance costs. {@code pgbench} comes with PostgreSQL.
 */
final class DurableInserts {

    private static final Pattern RATE = Pattern.compile("tps = ([0-9.]+)");

    /** Rows of a table without any other index. */
    static final String OF_TEXT =
            """
            \\set n random(1, 1000000000)
            INSERT INTO bench_texts (tenant, delivery, body)
            VALUES ('t' || (:n % 4), md5(:n::text), repeat(md5(:n::text), 12));
            """;

    /** Rows of a table as that of the events is, with its indexes. */
    static final String OF_EVENTS =
            """
            \\set n random(1, 1000000000)
            INSERT INTO bench_events (
                tenant_id, id, connection_id, delivery_id, topic, ordering_key, body_ref,
                body_sha256, body_bytes, content_type, headers, occurred_at)
            VALUES (
                't' || (:n % 2), gen_random_uuid(), md5((:n % 8)::text)::uuid, md5(:n::text),
                'ticket_updated', md5((:n % 1000)::text), '20260101/00/' || md5(:n::text) || '#1',
                sha256(:n::text::bytea), 700, 'application/json', '{}', now());
            """;

    private static final String TABLES =
            """
            CREATE TABLE bench_texts (
                id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                tenant text, delivery text, body text, received_at timestamptz DEFAULT now());
            CREATE TABLE bench_events (LIKE integration_events INCLUDING ALL);
            """;

    private DurableInserts() {}

    static void makeTables(JdbcTemplate owner) {
        owner.execute(TABLES);
    }

    static double perSecond(int port, String inserts, int clients, Duration time)
            throws IOException, InterruptedException {
        Path script = Files.createTempFile("inserts", ".sql");
        try {
            Files.writeString(script, inserts);
            Process pgbench =
                    new ProcessBuilder(
                                    "pgbench",
                                    "--no-vacuum",
                                    "--protocol=prepared",
                                    "--client=" + clients,
                                    "--jobs=2",
                                    "--time=" + time.toSeconds(),
                                    "--file=" + script,
                                    "--host=localhost",
                                    "--port=" + port,
                                    "--username=postgres",
                                    "postgres")
                            .redirectErrorStream(true)
                            .start();
            String said =
                    new String(pgbench.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            pgbench.waitFor();
            Matcher rate = RATE.matcher(said);
            if (!rate.find()) {
                throw new IllegalStateException("pgbench said: " + said);
            }
            return Double.parseDouble(rate.group(1));
        } finally {
            Files.delete(script);
        }
    }
}

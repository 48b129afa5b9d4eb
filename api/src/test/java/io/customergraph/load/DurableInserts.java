package io.customergraph.load;

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

    /** As much as the columns of an event. */
    private static final String SCRIPT =
            """
            \\set n random(1, 1000000000)
            INSERT INTO bench_inserts (tenant, delivery, body)
            VALUES ('t' || (:n % 4), md5(:n::text), repeat(md5(:n::text), 12));
            """;

    private DurableInserts() {}

    static double perSecond(int port, int clients, Duration time)
            throws IOException, InterruptedException {
        Path script = Files.createTempFile("inserts", ".sql");
        try {
            Files.writeString(script, SCRIPT);
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

package io.customergraph.demo;

import io.customergraph.ingest.Ingestion;
import io.customergraph.ingest.Resolution;
import io.customergraph.ingest.SourceRecord;
import io.customergraph.tenant.TenantContext;

import org.flywaydb.core.Flyway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import javax.sql.DataSource;

/**
 * Loads the demo by the real ingestion, before the application says that it is ready. What is there
 * already is not loaded again; a load that was killed begins anew and changes nothing twice.
 */
@Component
@Profile("demo")
@EnableConfigurationProperties(DemoProperties.class)
final class DemoLoader implements ApplicationRunner {

    private static final Logger LOG = LoggerFactory.getLogger(DemoLoader.class);
    private static final int BATCH = 500;
    private static final int BATCHES_AT_ONCE = 3;
    private static final Duration PROGRESS = Duration.ofSeconds(5);

    private static final String IS_LOADED =
            """
            SELECT EXISTS (
                SELECT FROM audit_log
                WHERE tenant_id = ? AND action = 'loadDemo' AND detail = ?::jsonb)
            """;

    private static final String SET_LOADED =
            """
            INSERT INTO audit_log (tenant_id, id, actor, action, subject_type, subject_id, detail)
            VALUES (?, gen_random_uuid(), 'demo', 'loadDemo', 'demo', gen_random_uuid(), ?::jsonb)
            """;

    private final Ingestion ingestion;
    private final DemoProperties properties;
    private final DataSource owner;

    DemoLoader(Ingestion ingestion, DemoProperties properties, Flyway flyway) {
        this.ingestion = ingestion;
        this.properties = properties;
        this.owner = flyway.getConfiguration().getDataSource();
    }

    @Override
    public void run(ApplicationArguments arguments) throws SQLException {
        for (DemoTenant tenant : DemoTenant.ALL) {
            if (!isLoaded(tenant)) {
                load(tenant);
                setLoaded(tenant);
            }
        }
        LOG.info("The demo is ready");
    }

    private void load(DemoTenant tenant) {
        long people = Math.max(1, Math.round(properties.people() * tenant.share()));
        DemoRecords records = new DemoRecords(tenant, properties.seed(), properties.activity());
        AtomicLong done = new AtomicLong();
        AtomicLong created = new AtomicLong();
        long start = System.nanoTime();
        LOG.info("Loading the demo of {} people into tenant {}", people, tenant.id());
        try (DemoTruth truth = new DemoTruth(properties.truth(), tenant)) {
            Flux<List<Resolution>> loading =
                    Flux.fromStream(() -> records.of(people))
                            .buffer(BATCH)
                            .doOnNext(truth::write)
                            .flatMap(batch -> ingest(tenant, batch), BATCHES_AT_ONCE, 1)
                            .doOnNext(
                                    resolutions -> {
                                        done.addAndGet(resolutions.size());
                                        created.addAndGet(count(resolutions));
                                    });
            loading.publish(
                            shared ->
                                    shared.mergeWith(
                                            shared.sample(PROGRESS)
                                                    .doOnNext(
                                                            sample ->
                                                                    report(
                                                                            tenant,
                                                                            done.get(),
                                                                            start))
                                                    .filter(sample -> false)))
                    .blockLast();
        }
        LOG.info(
                "Loaded tenant {}: {} people, {} records, {} customers in {} s",
                tenant.id(),
                people,
                done,
                created,
                Duration.ofNanos(System.nanoTime() - start).toSeconds());
    }

    private Mono<List<Resolution>> ingest(DemoTenant tenant, List<DemoRecord> batch) {
        List<SourceRecord> records = batch.stream().map(DemoRecord::record).toList();
        return ingestion.ingest(records).contextWrite(TenantContext.of(tenant.id()));
    }

    private static long count(List<Resolution> resolutions) {
        return resolutions.stream().filter(Resolution.Created.class::isInstance).count();
    }

    private static void report(DemoTenant tenant, long done, long start) {
        double seconds = (System.nanoTime() - start) / 1e9;
        LOG.info(
                "Tenant {}: {} records, {} a second",
                tenant.id(),
                done,
                Math.round(done / seconds));
    }

    private String options() {
        return "{\"people\": %d, \"seed\": %d, \"activity\": %d}"
                .formatted(properties.people(), properties.seed(), properties.activity());
    }

    private boolean isLoaded(DemoTenant tenant) throws SQLException {
        try (Connection connection = owner.getConnection();
                PreparedStatement statement = connection.prepareStatement(IS_LOADED)) {
            statement.setString(1, tenant.id().value());
            statement.setString(2, options());
            try (ResultSet result = statement.executeQuery()) {
                return result.next() && result.getBoolean(1);
            }
        }
    }

    private void setLoaded(DemoTenant tenant) throws SQLException {
        try (Connection connection = owner.getConnection();
                PreparedStatement statement = connection.prepareStatement(SET_LOADED);
                Statement analyze = connection.createStatement()) {
            analyze.execute("ANALYZE");
            statement.setString(1, tenant.id().value());
            statement.setString(2, options());
            statement.executeUpdate();
        }
    }
}

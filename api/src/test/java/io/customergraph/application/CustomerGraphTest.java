package io.customergraph.application;

import io.customergraph.config.StatementLog;
import io.customergraph.testing.TestDatabase;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.ContextConfiguration;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Map;

/**
 * The whole application on a free port ({@code @LocalServerPort}), on the one real PostgreSQL of
 * the tests of this JVM, with the connections of production. {@code TestDatabase.shared()} makes
 * tenants and looks at rows as the owner.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@ActiveProfiles("test") // Without any, and before the database is known, it were the demo.
@Import(StatementLog.class)
@ContextConfiguration(initializers = CustomerGraphTest.OnTheTestDatabase.class)
public @interface CustomerGraphTest {

    /** Points the application to the database. */
    final class OnTheTestDatabase
            implements ApplicationContextInitializer<ConfigurableApplicationContext> {

        /**
         * Work in the background would come among the statements that tests count; and nobody is
         * there whose last requests an application would wait for.
         */
        private static final Map<String, Object> NOTHING_IN_THE_BACKGROUND =
                Map.of(
                        "spring.reactor.netty.shutdown-quiet-period", "0s",
                        "customergraph.matching.queue-interval", "1h",
                        "customergraph.matching.run-interval", "1h",
                        "customergraph.public-url", "https://api.example.com",
                        "customergraph.bodies.directory", "target/test-bodies",
                        "customergraph.bodies.clean-up-interval", "1h",
                        "customergraph.deliveries.enabled", "false",
                        "customergraph.syncs.enabled", "false",
                        "customergraph.privacy.interval", "1h",
                        "customergraph.integrations.refresh-interval", "1h");

        @Override
        public void initialize(ConfigurableApplicationContext context) {
            MutablePropertySources sources = context.getEnvironment().getPropertySources();
            sources.addFirst(new MapPropertySource("quiet", NOTHING_IN_THE_BACKGROUND));
            sources.addFirst(
                    new MapPropertySource(
                            "secrets",
                            Map.of("customergraph.secrets.keyset", TestKeyset.SERIALIZED)));
            sources.addFirst(
                    new MapPropertySource(
                            "test database",
                            Map.copyOf(TestDatabase.shared().applicationProperties())));
        }
    }
}

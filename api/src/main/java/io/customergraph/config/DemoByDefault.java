package io.customergraph.config;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.Profiles;

import java.util.Map;

/**
 * Makes the first run a demo: where neither a database nor a profile is configured, the profile
 * {@code demo} is active. The demo's keys are known to everybody, so it answers this machine only,
 * unless {@code server.address} is set.
 */
public final class DemoByDefault implements EnvironmentPostProcessor, Ordered {

    private static final String DEMO = "demo";

    @Override
    public void postProcessEnvironment(
            ConfigurableEnvironment environment, SpringApplication application) {
        boolean isConfigured = !environment.getProperty("spring.r2dbc.url", "").isEmpty();
        if (!isConfigured && environment.getActiveProfiles().length == 0) {
            environment.addActiveProfile(DEMO);
        }
        if (environment.acceptsProfiles(Profiles.of(DEMO))) {
            environment
                    .getPropertySources()
                    .addLast(
                            new MapPropertySource(
                                    "demo",
                                    Map.of(
                                            "server.address",
                                            "127.0.0.1",
                                            "spring.graphql.graphiql.enabled",
                                            "true")));
        }
    }

    /** After the configuration files were read. */
    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }
}

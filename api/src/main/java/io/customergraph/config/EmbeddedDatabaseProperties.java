package io.customergraph.config;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import java.nio.file.Path;

/**
 * The PostgreSQL that the application brings along.
 *
 * @param dataDirectory kept from start to start
 * @param port 0 for any free one
 */
@ConfigurationProperties("customergraph.embedded")
record EmbeddedDatabaseProperties(
        @DefaultValue("data/postgresql") Path dataDirectory, @DefaultValue("0") int port) {}

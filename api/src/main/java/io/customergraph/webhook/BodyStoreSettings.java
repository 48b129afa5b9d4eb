package io.customergraph.webhook;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import java.nio.file.Path;

/**
 * Where bodies of deliveries are kept: {@code customergraph.bodies.*}.
 *
 * @param directory for files
 */
@ConfigurationProperties("customergraph.bodies")
record BodyStoreSettings(@DefaultValue("data/bodies") Path directory) {}

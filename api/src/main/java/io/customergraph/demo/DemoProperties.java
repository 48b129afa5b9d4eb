package io.customergraph.demo;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import java.nio.file.Path;

/**
 * What the demo is like.
 *
 * @param people how many the tenant {@code demo} has; {@code rival} has a tenth
 * @param seed of all chance
 * @param activity how many times the usual number of orders, tickets, appointments and
 *     conversations
 * @param truth the directory for who the records really are about
 */
@ConfigurationProperties("customergraph.demo")
record DemoProperties(
        @DefaultValue("2000") long people,
        @DefaultValue("1") long seed,
        @DefaultValue("1") int activity,
        @DefaultValue("data/truth") Path truth) {}

package io.customergraph.config;

import io.customergraph.address.PublicUrl;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;

import java.net.URI;

/** {@code customergraph.public-url}: in the demo this machine, everywhere else it is given. */
@Configuration(proxyBeanMethods = false)
class PublicUrlConfiguration {

    private static final String REMEDY =
            "Set customergraph.public-url (CUSTOMERGRAPH_PUBLIC_URL) to what browsers and providers"
                    + " know this server as: https, the host, and the port where it is another than"
                    + " 443, without a path, such as https://api.example.com";

    @Bean
    PublicUrl publicUrl(
            @Value("${customergraph.public-url:}") String given,
            @Value("${server.port:8080}") int port,
            Environment environment) {
        boolean isDemo = environment.acceptsProfiles(Profiles.of("demo"));
        if (given.isBlank()) {
            if (isDemo) {
                return new PublicUrl(URI.create("http://localhost:" + port));
            }
            throw new StartRefused("Nobody said where this server is found", REMEDY, null);
        }
        PublicUrl url = parsed(given.strip());
        String scheme = url.origin().getScheme();
        if (!scheme.equals("https") && !(isDemo && scheme.equals("http"))) {
            throw new StartRefused(
                    "customergraph.public-url does not begin with https://, and secrets come by it",
                    REMEDY,
                    null);
        }
        return url;
    }

    private static PublicUrl parsed(String given) {
        try {
            return new PublicUrl(URI.create(given));
        } catch (IllegalArgumentException none) {
            throw new StartRefused(
                    "customergraph.public-url is no address without a path", REMEDY, null);
        }
    }
}

package io.customergraph.security;

import com.github.benmanes.caffeine.cache.Ticker;

import io.customergraph.errors.CorrelationId;
import io.customergraph.errors.ErrorAnswer;
import io.customergraph.errors.ErrorCode;
import io.customergraph.limits.Allowances;
import io.r2dbc.spi.ConnectionFactory;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.config.web.server.SecurityWebFiltersOrder;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.authentication.AuthenticationWebFilter;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import org.springframework.security.web.server.firewall.ServerExchangeRejectedHandler;
import org.springframework.security.web.server.firewall.ServerWebExchangeFirewall;
import org.springframework.security.web.server.firewall.StrictServerWebExchangeFirewall;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatchers;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.reactive.UrlBasedCorsConfigurationSource;
import org.springframework.web.server.WebFilter;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** Which paths are open, and to whom the others are. */
@Configuration(proxyBeanMethods = false)
@EnableWebFluxSecurity
@EnableConfigurationProperties(SecuritySettings.class)
class SecurityConfiguration {

    private static final String OPERATIONS = "/actuator/**";
    private static final String[] WEBHOOKS = {"/webhooks", "/webhooks/**", "/ingest", "/ingest/**"};
    private static final String CALLBACKS = "/oauth/callback/*";
    private static final String[] HEALTH = {"/actuator/health", "/actuator/health/**"};

    @Bean
    KeyDirectory storedKeys(@Qualifier("unbound") ConnectionFactory unbound) {
        return new StoredKeys(unbound);
    }

    @Bean
    ReactiveAuthenticationManager authenticator(
            KeyDirectory directory, SecuritySettings settings, Environment environment) {
        KeyFormat format =
                environment.acceptsProfiles(Profiles.of("demo"))
                        ? KeyFormat.ofDemo()
                        : KeyFormat.ofProduction();
        SecuritySettings.Jwt jwt = settings.jwt();
        return new Authenticator(
                new ApiKeys(format, directory, InstantSource.system(), Ticker.systemTicker()),
                jwt.isOn() ? new Tokens(TokenDecoder.of(jwt), jwt) : null);
    }

    /** The operators' endpoints; what health says without details is for everybody. */
    @Bean
    @Order(1)
    SecurityWebFilterChain operations(
            ServerHttpSecurity http, SecuritySettings settings, ErrorAnswer answer) {
        return bare(http)
                .securityMatcher(ServerWebExchangeMatchers.pathMatchers(OPERATIONS))
                .exceptionHandling(e -> e.authenticationEntryPoint(Refusal.ofOperators(answer)))
                .authorizeExchange(
                        exchange ->
                                exchange.pathMatchers(HEALTH)
                                        .permitAll()
                                        .anyExchange()
                                        .access(new OperatorsToken(settings.operations().token())))
                .build();
    }

    /** Providers and who pushes records have no key; what they send proves itself. */
    @Bean
    @Order(2)
    SecurityWebFilterChain providers(ServerHttpSecurity http) {
        return bare(http)
                .securityMatcher(ServerWebExchangeMatchers.pathMatchers(WEBHOOKS))
                .authorizeExchange(exchange -> exchange.anyExchange().permitAll())
                .build();
    }

    /** Everything else: who is not known does not learn which paths there are. */
    @Bean
    @Order(3)
    SecurityWebFilterChain clients(
            ServerHttpSecurity http,
            ReactiveAuthenticationManager authenticator,
            SecuritySettings settings,
            Allowances allowances,
            ErrorAnswer answer,
            @Value("${spring.graphql.graphiql.enabled:false}") boolean isGraphiqlOn,
            @Value("${spring.graphql.graphiql.path:/graphiql}") String graphiql) {
        Refusal refusal = Refusal.ofClients(answer, settings.jwt().isOn());
        AuthenticationWebFilter authentication = new AuthenticationWebFilter(authenticator);
        authentication.setServerAuthenticationConverter(new Credentials());
        authentication.setAuthenticationSuccessHandler(new Entrance(allowances, answer));
        authentication.setAuthenticationFailureHandler(refusal);
        List<String> allowed = settings.cors().allowedOrigins();
        if (!allowed.isEmpty()) {
            http.cors(cors -> cors.configurationSource(origins(allowed)));
        }
        return bare(http)
                .exceptionHandling(e -> e.authenticationEntryPoint(refusal))
                .addFilterAt(authentication, SecurityWebFiltersOrder.AUTHENTICATION)
                .authorizeExchange(
                        exchange -> {
                            if (isGraphiqlOn) {
                                exchange.pathMatchers(graphiql).permitAll();
                            }
                            // Who comes back from a provider has no key; the state says whose it
                            // is.
                            exchange.pathMatchers(HttpMethod.GET, CALLBACKS).permitAll();
                            exchange.anyExchange().authenticated();
                        })
                .build();
    }

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE + 1)
    WebFilter safetyHeaders(@Value("${spring.graphql.graphiql.path:/graphiql}") String graphiql) {
        return new SafetyHeaders(graphiql);
    }

    /**
     * Netty has refused headers with control characters before; matching each value by an
     * expression again would cost every request.
     */
    @Bean
    ServerWebExchangeFirewall firewall() {
        StrictServerWebExchangeFirewall firewall = new StrictServerWebExchangeFirewall();
        firewall.setAllowedHeaderNames(_ -> true);
        firewall.setAllowedHeaderValues(_ -> true);
        return firewall;
    }

    @Bean
    ServerExchangeRejectedHandler rejected(ErrorAnswer answer) {
        return (exchange, _) ->
                answer.write(
                        exchange,
                        HttpStatus.BAD_REQUEST,
                        ErrorCode.BAD_REQUEST,
                        "The address is not one that this server takes");
    }

    /** Spring Security's own spans: a dozen a request, and nobody's question. */
    @Bean
    SecurityObservationSettings noObservations() {
        return SecurityObservationSettings.noObservations();
    }

    /**
     * No sessions, no cookies, no forms: a browser adds no credential by itself, so that there is
     * nothing that another origin's page could make it send (CSRF).
     */
    private static ServerHttpSecurity bare(ServerHttpSecurity http) {
        return http.csrf(ServerHttpSecurity.CsrfSpec::disable)
                .formLogin(ServerHttpSecurity.FormLoginSpec::disable)
                .httpBasic(ServerHttpSecurity.HttpBasicSpec::disable)
                .logout(ServerHttpSecurity.LogoutSpec::disable)
                .requestCache(ServerHttpSecurity.RequestCacheSpec::disable)
                .headers(ServerHttpSecurity.HeaderSpec::disable)
                .securityContextRepository(NoOpServerSecurityContextRepository.getInstance());
    }

    private static UrlBasedCorsConfigurationSource origins(List<String> allowed) {
        CorsConfiguration cors = new CorsConfiguration();
        cors.setAllowedOrigins(allowed);
        cors.setAllowedMethods(List.of("POST"));
        cors.setAllowedHeaders(
                List.of(
                        HttpHeaders.CONTENT_TYPE,
                        HttpHeaders.ACCEPT,
                        HttpHeaders.AUTHORIZATION,
                        Credentials.API_KEY,
                        CorrelationId.HEADER));
        cors.setExposedHeaders(
                List.of(
                        CorrelationId.HEADER,
                        HttpHeaders.RETRY_AFTER,
                        "RateLimit",
                        "RateLimit-Policy"));
        cors.setMaxAge(Duration.ofHours(1));
        UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();
        source.registerCorsConfiguration("/graphql", cors);
        return source;
    }
}

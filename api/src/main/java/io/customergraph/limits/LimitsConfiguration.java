package io.customergraph.limits;

import graphql.schema.GraphQLSchema;
import graphql.validation.Validator;

import io.customergraph.errors.ErrorAnswer;
import io.micrometer.observation.ObservationRegistry;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.graphql.autoconfigure.GraphQlSourceBuilderCustomizer;
import org.springframework.boot.http.codec.CodecCustomizer;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.graphql.execution.GraphQlSource;
import org.springframework.graphql.observation.GraphQlObservationInstrumentation;
import org.springframework.graphql.server.WebGraphQlInterceptor;
import org.springframework.web.server.WebFilter;

import reactor.core.scheduler.Schedulers;

import java.time.Duration;

/** Puts the limits where they belong in the server and in the engine. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(Limits.class)
class LimitsConfiguration {

    @Bean
    Documents documents(
            Limits limits,
            @Value("${customergraph.introspection:#{null}}") @Nullable Boolean introspection,
            Environment environment,
            ObjectProvider<GraphQlSource> source) {
        boolean isIntrospectionOn =
                introspection == null
                        ? environment.acceptsProfiles(Profiles.of("demo"))
                        : introspection;
        return new Documents(limits, isIntrospectionOn, () -> schemaOf(source));
    }

    private static GraphQLSchema schemaOf(ObjectProvider<GraphQlSource> source) {
        return source.getObject().schema();
    }

    @Bean
    GraphQlSourceBuilderCustomizer admittedDocumentsOnly(Documents documents, Limits limits) {
        // The engine keeps this one for the whole JVM.
        Validator.setMaxValidationErrors(limits.validationErrors());
        return builder ->
                builder.configureGraphQl(graphQl -> graphQl.preparsedDocumentProvider(documents));
    }

    @Bean
    WebGraphQlInterceptor admission(Documents documents, Limits limits) {
        return new AdmissionInterceptor(documents, limits);
    }

    @Bean
    GraphQlObservationInstrumentation operationTimes(ObservationRegistry registry) {
        return new OperationTimes(registry);
    }

    @Bean
    WebFilter graphQlDoor(
            @Value("${spring.graphql.http.path:/graphql}") String path,
            Limits limits,
            ErrorAnswer answer) {
        return new GraphQlDoor(path, limits, answer);
    }

    @Bean
    CodecCustomizer countedBodies(Limits limits) {
        int largest = (int) limits.body().toBytes();
        return codecs -> codecs.defaultCodecs().maxInMemorySize(largest);
    }

    /**
     * Handles a request in a turn of its own of the event loop. Without, a connection that is kept
     * alive can hang for good: when a request comes before the one ahead of it is wound up, and is
     * answered at once (a refusal), Reactor Netty up to 1.3.7 reads no further (its issue 4361).
     */
    @Bean
    NettyServerCustomizer oneRequestATurn() {
        return server ->
                server.mapHandle(
                        (handled, connection) ->
                                handled.subscribeOn(
                                        Schedulers.fromExecutor(connection.channel().eventLoop())));
    }

    /** A client that falls silent within its request does not keep the connection. */
    @Bean
    NettyServerCustomizer impatience(Limits limits) {
        Duration pause = limits.bodyPause();
        return server -> server.readTimeout(pause).requestTimeout(pause.multipliedBy(3));
    }
}

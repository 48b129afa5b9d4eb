package io.customergraph.graphql;

import org.springframework.boot.graphql.autoconfigure.GraphQlSourceBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.graphql.ExecutionGraphQlService;
import org.springframework.graphql.execution.BatchLoaderRegistry;
import org.springframework.graphql.execution.DefaultExecutionGraphQlService;
import org.springframework.graphql.execution.GraphQlSource;

import java.util.List;

/** Lets every execution run in a lane. */
@Configuration(proxyBeanMethods = false)
class GraphConfiguration {

    @Bean
    ExecutionGraphQlService executionGraphQlService(
            GraphQlSource source, BatchLoaderRegistry loaders) {
        DefaultExecutionGraphQlService engine = new DefaultExecutionGraphQlService(source);
        engine.addDataLoaderRegistrar(loaders);
        return new LaneExecution(engine);
    }

    @Bean
    GraphQlSourceBuilderCustomizer answersInLanes() {
        return builder -> builder.typeVisitors(List.of(new LaneFetchers()));
    }
}

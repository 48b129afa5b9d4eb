package io.customergraph.review.graphql;

import io.customergraph.review.MatchQualities;
import io.customergraph.review.MatchQuality;

import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.stereotype.Controller;

import reactor.core.publisher.Mono;

/** How well matching does. */
@Controller
final class QualityQueries {

    private final MatchQualities qualities;

    QualityQueries(MatchQualities qualities) {
        this.qualities = qualities;
    }

    @QueryMapping
    Mono<MatchQuality> matchQuality() {
        return qualities.measure();
    }
}

package io.customergraph.run;

import io.customergraph.matching.block.BlockingRule;
import io.customergraph.matching.block.Candidates;
import io.customergraph.matching.population.Population;
import io.customergraph.matching.score.CustomerTraining;
import io.customergraph.model.TrainedModels;
import io.customergraph.tenant.TenantId;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import java.util.EnumSet;
import java.util.UUID;

/** Learns a model from customers, and stores it with the end of the run, or nothing of it. */
final class TrainingRun {

    private final TransactionalOperator transaction;
    private final MatchRuns runs;
    private final TrainedModels models;

    TrainingRun(DatabaseClient database, TransactionalOperator transaction, MatchRuns runs) {
        this.transaction = transaction;
        this.runs = runs;
        this.models = new TrainedModels(database);
    }

    Mono<Void> train(TenantId tenant, UUID run, ReadCustomers read) {
        return runs.progress(tenant, run, "training", 0, read.size())
                .then(
                        Mono.fromCallable(() -> result(read.population()))
                                .subscribeOn(Schedulers.boundedElastic()))
                .flatMap(
                        result ->
                                switch (result) {
                                    case CustomerTraining.Learnt learnt ->
                                            transaction.transactional(
                                                    store(tenant, run, learnt, read.size()));
                                    case CustomerTraining.Refused refused ->
                                            runs.refuse(tenant, run, refused, read.size());
                                });
    }

    private static CustomerTraining.Result result(Population population) {
        return CustomerTraining.train(
                population,
                new Candidates(population, BlockingRule.of(EnumSet.copyOf(FoundPairs.KINDS))),
                "trained");
    }

    private Mono<Void> store(
            TenantId tenant, UUID run, CustomerTraining.Learnt learnt, int customers) {
        return models.store(tenant, run, learnt.outcome(), customers)
                .flatMap(version -> runs.trained(tenant, run, version, learnt, customers));
    }
}

package io.customergraph;

import io.customergraph.demo.MatchQualityCommand;
import io.customergraph.matching.dedupe.DedupeCommand;
import io.customergraph.matching.dedupe.MadeUpPeopleCommand;
import io.customergraph.migrations.Migrate;
import io.customergraph.operator.KeysetCommand;
import io.customergraph.operator.ReencryptSecretsCommand;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts CustomerGraph, or runs a command: {@code migrate}, {@code verify}, {@code dedupe} … */
@SpringBootApplication
public class CustomerGraphApplication {

    public static void main(String[] arguments) {
        if (Migrate.isCommand(arguments)) {
            System.exit(
                    Migrate.commandLine()
                            .addSubcommand(new DedupeCommand())
                            .addSubcommand(new MadeUpPeopleCommand())
                            .addSubcommand(new MatchQualityCommand())
                            .addSubcommand(new KeysetCommand())
                            .addSubcommand(new ReencryptSecretsCommand())
                            .execute(arguments));
        }
        SpringApplication.run(CustomerGraphApplication.class, arguments);
    }
}

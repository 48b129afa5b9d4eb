package io.customergraph;

import io.customergraph.migrations.Migrate;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts CustomerGraph, or runs a command of the operator: {@code migrate}, {@code verify} … */
@SpringBootApplication
public class CustomerGraphApplication {

    public static void main(String[] arguments) {
        if (Migrate.isCommand(arguments)) {
            System.exit(Migrate.run(arguments));
        }
        SpringApplication.run(CustomerGraphApplication.class, arguments);
    }
}

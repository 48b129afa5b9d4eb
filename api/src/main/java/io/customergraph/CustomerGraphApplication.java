package io.customergraph;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts CustomerGraph. */
@SpringBootApplication
public class CustomerGraphApplication {

    public static void main(String[] arguments) {
        SpringApplication.run(CustomerGraphApplication.class, arguments);
    }
}

package io.customergraph.migrations;

/** What an operator asked for and cannot have; the message says why and is shown as it is. */
final class Refused extends RuntimeException {

    Refused(String message) {
        super(message);
    }
}

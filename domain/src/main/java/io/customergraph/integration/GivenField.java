package io.customergraph.integration;

/** A field of a form as a caller filled it in; the value may be a secret, and printing hides it. */
public record GivenField(String name, String value) {

    @Override
    public String toString() {
        return "GivenField[" + name + "]";
    }
}

package io.customergraph.customer;

import java.util.List;

/** What a person enters about a customer; for a new customer, a kept field is an empty one. */
public record CustomerDraft(
        Change<String> firstName,
        Change<String> lastName,
        Change<String> email,
        Change<String> phone,
        Change<List<String>> tags,
        Change<String> preferredContactMethod,
        Change<String> language,
        Change<String> timezone) {}

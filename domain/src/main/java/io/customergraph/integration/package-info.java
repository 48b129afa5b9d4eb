/**
 * What can be connected, and what is connected: the catalogue of providers, read from one data file
 * each, and the tenant's connections with their forms, states and health. Secrets are kept by
 * {@code secret}; calls to providers are made by the application.
 */
@NullMarked
package io.customergraph.integration;

import org.jspecify.annotations.NullMarked;

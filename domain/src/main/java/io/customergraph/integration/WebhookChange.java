package io.customergraph.integration;

import io.customergraph.customer.UserError;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What is to be set of a webhook; null where it stays.
 *
 * @param bodyRetention an ISO 8601 time such as P30D
 * @param tolerance the same, such as PT5M: how old a signature with a time may be
 * @param newSecret whether a secret is made though there is one
 */
public record WebhookChange(
        @Nullable Boolean isEnabled,
        @Nullable List<String> topics,
        @Nullable String headerName,
        @Nullable Integer maxBodyBytes,
        @Nullable Integer requestsPerMinute,
        @Nullable String bodyRetention,
        @Nullable String tolerance,
        boolean newSecret) {

    private static final int MOST_TOPICS = 100;
    private static final int LONGEST_TOPIC = 200;
    private static final int SMALLEST_BODY = 1_024;
    private static final int LARGEST_BODY = 26_214_400;
    private static final int MOST_REQUESTS = 60_000;
    private static final Duration SHORTEST_RETENTION = Duration.ofHours(1);
    private static final Duration LONGEST_RETENTION = Duration.ofDays(365);
    private static final Duration SHORTEST_TOLERANCE = Duration.ofSeconds(10);
    private static final Duration LONGEST_TOLERANCE = Duration.ofHours(24);
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9-]{1,64}");

    /** What is to be mended. */
    List<UserError> errors(WebhookScheme scheme) {
        List<UserError> errors = new ArrayList<>();
        if (topics != null
                && (topics.size() > MOST_TOPICS
                        || topics.stream()
                                .anyMatch(one -> one.isBlank() || one.length() > LONGEST_TOPIC))) {
            errors.add(
                    UserError.of(
                            UserError.Code.INVALID,
                            "topics",
                            "At most 100 topics such as orders/create or orders/*, of at most 200"
                                    + " characters"));
        }
        if (headerName != null && scheme != WebhookScheme.OWN_HEADER) {
            errors.add(
                    UserError.of(
                            UserError.Code.INVALID,
                            "headerName",
                            "This provider signs in its own way; leave headerName out"));
        } else if (headerName != null && !HEADER.matcher(headerName).matches()) {
            errors.add(
                    UserError.of(
                            UserError.Code.INVALID,
                            "headerName",
                            "Letters, digits and hyphens, at most 64, such as X-Webhook-Secret"));
        }
        if (maxBodyBytes != null && (maxBodyBytes < SMALLEST_BODY || maxBodyBytes > LARGEST_BODY)) {
            errors.add(
                    UserError.of(
                            UserError.Code.INVALID, "maxBodyBytes", "From 1024 to 26214400 bytes"));
        }
        if (requestsPerMinute != null
                && (requestsPerMinute < 1 || requestsPerMinute > MOST_REQUESTS)) {
            errors.add(
                    UserError.of(UserError.Code.INVALID, "requestsPerMinute", "From 1 to 60000"));
        }
        if (bodyRetention != null && retention().isEmpty()) {
            errors.add(
                    UserError.of(
                            UserError.Code.INVALID,
                            "bodyRetention",
                            "A time such as P30D or PT12H, from PT1H to P365D"));
        }
        if (tolerance != null && signatureAge().isEmpty()) {
            errors.add(
                    UserError.of(
                            UserError.Code.INVALID,
                            "tolerance",
                            "A time such as PT5M, from PT10S to PT24H"));
        }
        return errors;
    }

    /** How long bodies are to be kept; empty where that stays, or is not to be. */
    Optional<Duration> retention() {
        return between(bodyRetention, SHORTEST_RETENTION, LONGEST_RETENTION);
    }

    /** How old a signature may be; empty where that stays, or is not to be. */
    Optional<Duration> signatureAge() {
        return between(tolerance, SHORTEST_TOLERANCE, LONGEST_TOLERANCE);
    }

    private static Optional<Duration> between(
            @Nullable String text, Duration shortest, Duration longest) {
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Duration.parse(text))
                    .filter(time -> time.compareTo(shortest) >= 0)
                    .filter(time -> time.compareTo(longest) <= 0);
        } catch (DateTimeParseException noTime) {
            return Optional.empty();
        }
    }
}

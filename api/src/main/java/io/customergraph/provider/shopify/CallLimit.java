package io.customergraph.provider.shopify;

import io.customergraph.provider.ProviderAnswer;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The bucket of calls of the REST Admin API, which leaks a twentieth of its size each second. */
final class CallLimit {

    private static final String HEADER = "X-Shopify-Shop-Api-Call-Limit";
    private static final Pattern USED_OF = Pattern.compile("([0-9]{1,6})/([0-9]{1,6})");
    private static final Pattern SECONDS = Pattern.compile("([0-9]{1,5})(\\.[0-9]+)?");
    private static final int EMPTIES_IN_SECONDS = 20;
    private static final Duration NOT_TOLD = Duration.ofSeconds(2);

    private CallLimit() {}

    /** Until the bucket is half empty, where it is nearly full: others call the shop too. */
    static Duration pause(ProviderAnswer answer) {
        Matcher limit = USED_OF.matcher(text(answer.headers().getFirst(HEADER)));
        if (!limit.matches()) {
            return Duration.ZERO;
        }
        double used = Double.parseDouble(limit.group(1));
        double most = Double.parseDouble(limit.group(2));
        return most <= 0 || used < most * 0.8
                ? Duration.ZERO
                : Duration.ofMillis((long) ((used / most - 0.5) * EMPTIES_IN_SECONDS * 1_000));
    }

    /** What a refused call is to wait; Shopify writes {@code 2.0}. */
    static Duration retryAfter(ProviderAnswer answer) {
        Matcher wait = SECONDS.matcher(text(answer.headers().getFirst(HttpHeaders.RETRY_AFTER)));
        return wait.matches() ? Duration.ofSeconds(Long.parseLong(wait.group(1)) + 1) : NOT_TOLD;
    }

    private static String text(@Nullable String header) {
        return header == null ? "" : header.strip();
    }
}

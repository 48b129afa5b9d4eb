package io.customergraph.provider;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * A call of a connection to its provider. Printing it shows no value, for headers and bodies hold
 * secrets.
 *
 * @param provider its short name
 * @param baseUrl scheme and host
 * @param path with names in braces in place of ids: {@code /v2/charges/{id}}. It is what the log
 *     keeps, so a secret or an id is never written out in it
 * @param pathValues by name
 * @param query never a secret: addresses are written down on their way
 * @param body null for none
 * @param isRepeatable whether doing it twice is as good as once
 */
public record ProviderCall(
        UUID connection,
        String provider,
        String method,
        String baseUrl,
        String path,
        Map<String, String> pathValues,
        Map<String, String> query,
        Map<String, String> headers,
        @Nullable String body,
        boolean isRepeatable) {

    /** In place of a connection, for calls of the platform itself; no tenant's log has them. */
    public static final UUID OF_THE_PLATFORM = new UUID(0, 0);

    private static final Set<String> REPEATABLE = Set.of("GET", "HEAD", "PUT", "DELETE");

    public ProviderCall {
        pathValues = Map.copyOf(pathValues);
        query = Map.copyOf(query);
        headers = Map.copyOf(headers);
    }

    /** A call without query, headers and body; of its method it depends whether it is repeated. */
    public static ProviderCall of(
            UUID connection, String provider, String method, String baseUrl, String path) {
        return new ProviderCall(
                connection,
                provider,
                method,
                baseUrl,
                path,
                Map.of(),
                Map.of(),
                Map.of(),
                null,
                REPEATABLE.contains(method));
    }

    public ProviderCall pathValue(String name, String value) {
        return new ProviderCall(
                connection,
                provider,
                method,
                baseUrl,
                path,
                with(pathValues, name, value),
                query,
                headers,
                body,
                isRepeatable);
    }

    public ProviderCall query(String name, String value) {
        return new ProviderCall(
                connection,
                provider,
                method,
                baseUrl,
                path,
                pathValues,
                with(query, name, value),
                headers,
                body,
                isRepeatable);
    }

    public ProviderCall header(String name, String value) {
        return new ProviderCall(
                connection,
                provider,
                method,
                baseUrl,
                path,
                pathValues,
                query,
                with(headers, name, value),
                body,
                isRepeatable);
    }

    public ProviderCall body(String contentType, String text) {
        return new ProviderCall(
                connection,
                provider,
                method,
                baseUrl,
                path,
                pathValues,
                query,
                with(headers, "Content-Type", contentType),
                text,
                isRepeatable);
    }

    /** The same call, which changes nothing there although its method would. */
    public ProviderCall repeatable() {
        return new ProviderCall(
                connection,
                provider,
                method,
                baseUrl,
                path,
                pathValues,
                query,
                headers,
                body,
                true);
    }

    ProviderCall at(String otherBaseUrl) {
        return new ProviderCall(
                connection,
                provider,
                method,
                otherBaseUrl,
                path,
                pathValues,
                query,
                headers,
                body,
                isRepeatable);
    }

    private static Map<String, String> with(Map<String, String> map, String name, String value) {
        Map<String, String> more = new HashMap<>(map);
        more.put(name, value);
        return more;
    }

    @Override
    public String toString() {
        return "ProviderCall[" + provider + " " + method + " " + path + "]";
    }
}

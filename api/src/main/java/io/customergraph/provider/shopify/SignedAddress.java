package io.customergraph.provider.shopify;

import io.customergraph.provider.ProviderCall;

import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriUtils;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The address of a file that a shop gives, which whoever has it may read. It is called like any
 * other, so that it may lead to the public network only, and the log keeps none of its names.
 */
final class SignedAddress {

    private static final Pattern PARAMETER = Pattern.compile("[A-Za-z0-9._-]{1,100}");
    private static final int MOST_PARTS = 40;

    private SignedAddress() {}

    /** The call that reads it; empty where it is no address of a file by https. */
    static Optional<ProviderCall> read(UUID connection, String address) {
        try {
            URI uri = new URI(address);
            boolean isFile =
                    "https".equals(uri.getScheme())
                            && uri.getHost() != null
                            && uri.getRawUserInfo() == null
                            && uri.getRawPath().length() > 1;
            return isFile ? call(connection, uri) : Optional.empty();
        } catch (URISyntaxException noAddress) {
            return Optional.empty();
        }
    }

    private static Optional<ProviderCall> call(UUID connection, URI uri) {
        List<String> segments = List.of(uri.getRawPath().substring(1).split("/", -1));
        List<String> parameters = parameters(uri.getRawQuery());
        if (segments.size() > MOST_PARTS || parameters.size() > MOST_PARTS) {
            return Optional.empty();
        }
        StringBuilder path = new StringBuilder();
        for (int n = 0; n < segments.size(); n++) {
            path.append("/{part").append(n).append('}');
        }
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        ProviderCall call =
                ProviderCall.of(
                        connection,
                        ShopifyDeliveries.PROVIDER,
                        "GET",
                        "https://" + uri.getHost() + port,
                        path.toString());
        for (int n = 0; n < segments.size(); n++) {
            call = call.pathValue("part" + n, decoded(segments.get(n)));
        }
        for (String parameter : parameters) {
            int equals = parameter.indexOf('=');
            String name = equals < 0 ? parameter : parameter.substring(0, equals);
            if (!PARAMETER.matcher(name).matches()) {
                return Optional.empty();
            }
            call = call.query(name, equals < 0 ? "" : decoded(parameter.substring(equals + 1)));
        }
        return Optional.of(call);
    }

    private static List<String> parameters(@Nullable String query) {
        return query == null || query.isEmpty() ? List.of() : List.of(query.split("&", -1));
    }

    private static String decoded(String text) {
        return UriUtils.decode(text, StandardCharsets.UTF_8);
    }
}

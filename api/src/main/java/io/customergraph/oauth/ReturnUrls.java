package io.customergraph.oauth;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Where a browser may be sent: the operator's addresses and what is below them, nothing else. */
final class ReturnUrls {

    private static final int MAX_LENGTH = 2000;

    private final List<URI> allowed;

    ReturnUrls(List<URI> allowed) {
        this.allowed = List.copyOf(allowed);
    }

    /** The address as it may be used; empty where it is none of these. */
    Optional<URI> allowed(String text) {
        // What a browser reads otherwise than this parser is none: \ as /, tabs as nothing.
        if (text.length() > MAX_LENGTH || !text.chars().allMatch(ReturnUrls::isPlain)) {
            return Optional.empty();
        }
        try {
            URI url = new URI(text);
            return Optional.of(url)
                    .filter(ReturnUrls::isWhole)
                    .filter(one -> allowed.stream().anyMatch(base -> isBelow(base, one)));
        } catch (URISyntaxException unreadable) {
            return Optional.empty();
        }
    }

    private static boolean isPlain(int c) {
        return c > ' ' && c < 0x7f && c != '\\';
    }

    private static boolean isWhole(URI url) {
        return url.getScheme() != null
                && url.getHost() != null
                && url.getRawUserInfo() == null
                && url.getRawFragment() == null
                && url.normalize().equals(url)
                && !url.getRawPath().toLowerCase(Locale.ROOT).matches(".*(%2e|%2f|%5c|//).*");
    }

    private static boolean isBelow(URI base, URI url) {
        String path = base.getRawPath();
        String folder = path.endsWith("/") ? path : path + "/";
        return base.getScheme().equalsIgnoreCase(url.getScheme())
                && base.getHost().equalsIgnoreCase(url.getHost())
                && base.getPort() == url.getPort()
                && (url.getRawPath().equals(path) || url.getRawPath().startsWith(folder));
    }
}

package io.customergraph.address;

import java.net.URI;

/**
 * What browsers and providers know this server as.
 *
 * @param origin without a path: {@code https://api.example.com}
 */
public record PublicUrl(URI origin) {

    public PublicUrl {
        boolean isOrigin =
                origin.isAbsolute()
                        && origin.getHost() != null
                        && origin.getRawUserInfo() == null
                        && origin.getRawQuery() == null
                        && origin.getRawFragment() == null
                        && (origin.getPath().isEmpty() || origin.getPath().equals("/"));
        if (!isOrigin) {
            throw new IllegalArgumentException("An address without a path is wanted");
        }
    }

    /**
     * An address of this server.
     *
     * @param path from the root
     */
    public String address(String path) {
        String text = origin.toString();
        return (text.endsWith("/") ? text.substring(0, text.length() - 1) : text) + path;
    }
}

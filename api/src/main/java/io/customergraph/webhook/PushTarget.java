package io.customergraph.webhook;

import org.jspecify.annotations.Nullable;

import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where records are pushed to: {@code /ingest/{connectionId}}, and in no other form. */
record PushTarget(UUID connection) {

    static final String ROOT = "/ingest";
    static final String SCHEMA = ROOT + "/schema/v1.json";

    private static final Pattern PATH =
            Pattern.compile(ROOT + "/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})");

    /** Null where the path names no connection. */
    static @Nullable PushTarget of(String path) {
        Matcher matcher = PATH.matcher(path);
        return matcher.matches() ? new PushTarget(UUID.fromString(matcher.group(1))) : null;
    }

    static boolean isBelowRoot(String path) {
        return path.equals(ROOT) || path.startsWith(ROOT + "/");
    }

    static String path(UUID connection) {
        return ROOT + "/" + connection;
    }
}

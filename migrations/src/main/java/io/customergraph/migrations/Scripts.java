package io.customergraph.migrations;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The scripts beside the migrations. */
final class Scripts {

    private Scripts() {}

    static String read(String name) throws IOException {
        try (InputStream script = Scripts.class.getResourceAsStream("/db/" + name)) {
            if (script == null) {
                throw new FileNotFoundException("There is no script " + name);
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

package io.customergraph.security;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A client that sends what it is told to, right or wrong. */
record Wire(int port) {

    static final JsonMapper JSON = JsonMapper.builder().build();
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** An answer: its status, its headers, its body as JSON. */
    record Answer(int status, HttpResponse<String> response) {

        JsonNode json() {
            return JSON.readTree(response.body());
        }

        String text() {
            return response.body();
        }

        @Nullable String header(String name) {
            return response.headers().firstValue(name).orElse(null);
        }

        String code() {
            return json().at("/errors/0/extensions/code").asString("");
        }

        String message() {
            return json().at("/errors/0/message").asString("");
        }
    }

    Answer graphql(@Nullable String key, String query) {
        return graphql(key, query, Map.of());
    }

    Answer graphql(@Nullable String key, String query, Map<String, ?> variables) {
        return post(key, JSON.writeValueAsString(Map.of("query", query, "variables", variables)));
    }

    Answer post(@Nullable String key, String body) {
        return send(
                key == null ? request("/graphql") : request("/graphql").header("X-API-Key", key),
                body);
    }

    Answer send(HttpRequest.Builder request, String body) {
        return send(
                request.header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .timeout(Duration.ofSeconds(20));
    }

    Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response =
                    CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response);
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** Sends bytes as they are and reads until the server closes or falls silent. */
    String raw(String head, byte[] body) throws IOException {
        try (Socket socket = new Socket("localhost", port)) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
            try {
                socket.getOutputStream().write(body);
                socket.getOutputStream().flush();
            } catch (IOException closedAlready) {
                // The server may answer and close before it has read all.
            }
            return read(socket.getInputStream());
        }
    }

    /** Sends text after text on one connection, each when the one before was answered by two. */
    List<String> rounds(String... texts) throws IOException {
        List<String> answers = new ArrayList<>();
        try (Socket socket = new Socket("localhost", port)) {
            socket.setSoTimeout(5_000);
            for (String text : texts) {
                socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
                answers.add(read(socket.getInputStream()));
            }
        }
        return answers;
    }

    private static String read(InputStream in) throws IOException {
        StringBuilder text = new StringBuilder();
        byte[] buffer = new byte[8_192];
        try {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                text.append(new String(buffer, 0, n, StandardCharsets.UTF_8));
                if (text.indexOf("}]}") >= 0) {
                    break;
                }
            }
        } catch (IOException silence) {
            // What came so far is what there is.
        }
        return text.toString();
    }
}

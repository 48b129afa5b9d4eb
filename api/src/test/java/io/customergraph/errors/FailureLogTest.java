package io.customergraph.errors;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;

import io.r2dbc.spi.R2dbcDataIntegrityViolationException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.boot.logging.logback.StructuredLogEncoder;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.mock.env.MockEnvironment;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A failure as {@code logging.structured.format.console=ecs} writes it. */
class FailureLogTest {

    private static final String PERSONAL = "sara@example.com";

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
    private final Logger log = (Logger) LoggerFactory.getLogger(FailureLog.class);

    @BeforeEach
    void write_to_memory() {
        LoggerContext context = log.getLoggerContext();
        context.putObject(
                org.springframework.core.env.Environment.class.getName(), new MockEnvironment());
        StructuredLogEncoder encoder = new StructuredLogEncoder();
        encoder.setContext(context);
        encoder.setFormat("ecs");
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.start();
        appender.setContext(context);
        appender.setEncoder(encoder);
        appender.setOutputStream(written);
        appender.start();
        log.addAppender(appender);
    }

    @AfterEach
    void write_no_more() {
        log.detachAppender(appender);
        appender.stop();
    }

    @Test
    void a_failure_is_one_line_of_json_with_the_correlation_id_and_no_value() {
        FailureLog.unexpected(
                "id-1",
                new DataIntegrityViolationException(
                        "INSERT for " + PERSONAL,
                        new R2dbcDataIntegrityViolationException(
                                "Key (email)=(" + PERSONAL + ") exists", "23505")));

        String line = written.toString(StandardCharsets.UTF_8);
        assertThat(line.strip().lines()).hasSize(1);
        assertThat(line).doesNotContain(PERSONAL).doesNotContain("INSERT");
        JsonNode json = JsonMapper.shared().readTree(line);
        assertThat(json.at("/log/level").asString()).isEqualTo("ERROR");
        assertThat(json.at("/correlationId").asString()).isEqualTo("id-1");
        assertThat(json.at("/message").asString()).contains("id-1");
        assertThat(json.at("/error/stack_trace").asString()).contains("23505");
    }

    @Test
    void a_parser_quotes_its_text_and_is_not_quoted() {
        FailureLog.unexpected("id-1", new NumberFormatException("no number: " + PERSONAL));

        assertThat(written.toString(StandardCharsets.UTF_8))
                .contains("NumberFormatException")
                .doesNotContain(PERSONAL);
    }
}

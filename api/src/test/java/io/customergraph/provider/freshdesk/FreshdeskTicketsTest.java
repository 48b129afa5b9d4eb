package io.customergraph.provider.freshdesk;

import static org.assertj.core.api.Assertions.assertThat;

import io.customergraph.delivery.Delivery;
import io.customergraph.delivery.DeliveryOutcome;
import io.customergraph.delivery.DeliveryTranslator.Translation;
import io.customergraph.ingest.ContactPoint;
import io.customergraph.ingest.SourceRecord.SupportTicketRecord;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

class FreshdeskTicketsTest {

    private static final Instant RECEIVED = Instant.parse("2026-03-01T10:00:00Z");

    private static Translation translate(String body) {
        return new FreshdeskTickets()
                .translate(
                        new Delivery(
                                new UUID(0, 1),
                                new UUID(0, 2),
                                "freshdesk",
                                "acme.freshdesk.com",
                                "ticket",
                                Map.of(),
                                body,
                                RECEIVED,
                                null));
    }

    private static SupportTicketRecord ticket(String body) {
        assertThat(translate(body)).isInstanceOf(Translation.Said.class);
        return (SupportTicketRecord) ((Translation.Said) translate(body)).records().getFirst();
    }

    private static DeliveryOutcome.Unusable refusal(String body) {
        assertThat(translate(body)).isInstanceOf(Translation.Nothing.class);
        return (DeliveryOutcome.Unusable) ((Translation.Nothing) translate(body)).outcome();
    }

    @Test
    void a_ticket_is_read_with_its_requester() {
        SupportTicketRecord ticket =
                ticket(
                        """
                        {"ticket_id": 42, "subject": "أين طلبي؟ 📦", "description": "Late",
                         "status": "Waiting on Customer", "priority": "Urgent",
                         "created_at": "2026-02-28T23:30:00+05:30",
                         "updated_at": "2026-03-01T09:00:00Z",
                         "requester": {"id": 7, "name": "سارة علي", "email": "sara@example.com",
                                       "phone": "+966501234567"},
                         "more": [1, {"a": null}]}
                        """);

        assertThat(ticket.origin().sourceType()).isEqualTo("freshdesk");
        assertThat(ticket.origin().account()).isEqualTo("acme.freshdesk.com");
        assertThat(ticket.origin().externalId()).isEqualTo("42");
        assertThat(ticket.origin().createdAt()).isEqualTo("2026-02-28T18:00:00Z");
        assertThat(ticket.origin().updatedAt()).isEqualTo("2026-03-01T09:00:00Z");
        assertThat(ticket.subject()).isEqualTo("أين طلبي؟ 📦");
        assertThat(ticket.status()).isEqualTo("pending");
        assertThat(ticket.priority()).isEqualTo("urgent");
        assertThat(ticket.person().externalId()).isEqualTo("7");
        assertThat(ticket.person().fullName()).isEqualTo("سارة علي");
        assertThat(ticket.person().contactPoints())
                .extracting(ContactPoint::value)
                .containsExactly("sara@example.com", "+966501234567");
    }

    @Test
    void the_id_alone_is_a_ticket_about_nobody_as_new_as_its_delivery() {
        SupportTicketRecord ticket = ticket("{\"ticket_id\": \" 42 \"}");

        assertThat(ticket.origin().updatedAt()).isEqualTo(RECEIVED);
        assertThat(ticket.origin().createdAt()).isEqualTo(RECEIVED);
        assertThat(ticket.status()).isEqualTo("open");
        assertThat(ticket.priority()).isNull();
        assertThat(ticket.person().contactPoints()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"9007199254740993", "\"9007199254740993\""})
    void an_id_over_2_to_the_53_keeps_every_digit(String id) {
        SupportTicketRecord ticket =
                ticket("{\"ticket_id\": %s, \"requester\": {\"id\": %s}}".formatted(id, id));

        assertThat(ticket.origin().externalId()).isEqualTo("9007199254740993");
        assertThat(ticket.person().externalId()).isEqualTo("9007199254740993");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-01T10:00:00Z, 2026-03-01T10:00:00Z",
        "2026-03-01T10:00:00.123456+05:45, 2026-03-01T04:15:00.123456Z",
        "2026-03-01T10:00:00-0930, 2026-03-01T19:30:00Z",
        "2026-03-01 10:00:00 +0300, 2026-03-01T07:00:00Z",
        "2026-03-01T10:00:00+03, 2026-03-01T07:00:00Z",
        "2026-03-01T10:00+14:00, 2026-02-28T20:00:00Z"
    })
    void a_time_of_any_offset_is_read(String text, Instant time) {
        assertThat(
                        ticket("{\"ticket_id\": 1, \"updated_at\": \"%s\"}".formatted(text))
                                .origin()
                                .updatedAt())
                .isEqualTo(time);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"yesterday\"",
                "\"2026-03-01T10:00:00\"",
                "\"2026-02-30T10:00:00Z\"",
                "\"+999999999-01-01T00:00:00Z\"",
                "\"0001-01-01T00:00:00Z\"",
                "\"2026-03-01T10:00:00+25:00\"",
                "1772359200",
                "true",
                "{}"
            })
    void what_is_no_time_is_told_by_the_fields_name_and_not_by_its_value(String time) {
        for (String field : new String[] {"created_at", "updated_at"}) {
            DeliveryOutcome.Unusable refusal =
                    refusal("{\"ticket_id\": 1, \"%s\": %s}".formatted(field, time));

            assertThat(refusal.code()).isEqualTo("INVALID_TIME");
            assertThat(refusal.why()).contains(field).doesNotContain("yesterday");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"ticket_id\": null}",
                "{\"ticket_id\": \"\"}",
                "{\"ticket_id\": \"abc\"}",
                "{\"ticket_id\": 4.5}",
                "{\"ticket_id\": 1e3}",
                "{\"ticket_id\": -4}",
                "{\"ticket_id\": true}",
                "{\"ticket_id\": [1]}",
                "{\"ticket_id\": {\"id\": 1}}"
            })
    void what_is_no_id_is_refused(String body) {
        assertThat(refusal(body).code()).isEqualTo("INVALID_ID");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "null", "[]", "\"a\"", "42", "{", "{\"ticket_id\": 1} x", "<x/>"})
    void what_is_no_json_object_is_refused(String body) {
        assertThat(refusal(body).code()).isEqualTo("NOT_JSON");
    }

    @Test
    void a_body_that_is_nested_without_end_is_refused() {
        String deep = "{\"ticket_id\":".repeat(20_000) + "1" + "}".repeat(20_000);

        assertThat(refusal(deep).code()).isEqualTo("NOT_JSON");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "\"Sara\"", "42", "false"})
    void a_requester_that_is_none_is_nobody(String requester) {
        SupportTicketRecord ticket =
                ticket("{\"ticket_id\": 1, \"requester\": %s}".formatted(requester));

        assertThat(ticket.person().externalId()).isNull();
        assertThat(ticket.person().contactPoints()).isEmpty();
    }

    @Test
    void values_of_wrong_types_are_left_out_and_the_rest_is_kept() {
        SupportTicketRecord ticket =
                ticket(
                        """
                        {"ticket_id": 1, "subject": ["x"], "status": {}, "priority": 2,
                         "requester": {"id": "x", "name": 5, "email": {"a": 1}, "phone": 501234567}}
                        """);

        assertThat(ticket.subject()).isNull();
        assertThat(ticket.status()).isEqualTo("open");
        assertThat(ticket.priority()).isEqualTo("medium");
        assertThat(ticket.person().externalId()).isNull();
        assertThat(ticket.person().contactPoints())
                .extracting(ContactPoint::value)
                .containsExactly("501234567");
    }

    @ParameterizedTest
    @CsvSource({
        "2, open",
        "Open, open",
        "3, pending",
        "4, resolved",
        "RESOLVED, resolved",
        "5, closed",
        "Closed, closed",
        "7, pending",
        "23, open",
        "With our lawyer, open"
    })
    void a_status_is_a_number_or_a_name(String status, String ours) {
        assertThat(ticket("{\"ticket_id\": 1, \"status\": \"%s\"}".formatted(status)).status())
                .isEqualTo(ours);
    }
}

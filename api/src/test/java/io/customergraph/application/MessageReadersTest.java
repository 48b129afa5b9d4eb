package io.customergraph.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.customergraph.delivery.Delivery;
import io.customergraph.delivery.DeliveryOutcome;
import io.customergraph.partner.MessageReader;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What says nothing that is followed, and what is broken, is told apart. */
@CustomerGraphTest
@SuppressWarnings("NullAway.Init") // Spring sets the fields.
class MessageReadersTest {

    @Autowired private List<MessageReader> readers;

    private MessageReader.Read read(String provider, String body) {
        MessageReader reader =
                readers.stream()
                        .filter(one -> one.provider().equals(provider))
                        .findFirst()
                        .orElseThrow();
        return reader.read(
                new Delivery(
                        UUID.randomUUID(),
                        UUID.randomUUID(),
                        provider,
                        "account",
                        "unknown",
                        Map.of(),
                        body,
                        Instant.parse("2026-11-20T10:00:00Z"),
                        null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    twilio   | MessageSid=SM1&MessageStatus=queued&From=%2B1555&To=%2B966501112223
                    twilio   | MessageSid=SM1&SmsStatus=received&From=messenger:1&To=messenger:2
                    twilio   | EventType=onConversationAdded
                    twilio   | %zz=%
                    infobip  | {}
                    infobip  | {"results": [{"messageId": "1", "to": "9665", "status": {"groupName": "ACCEPTED"}}]}
                    infobip  | {"results": "none"}
                    unifonic | {"eventType": "message.daily_limit_hit", "messageId": "1"}
                    unifonic | {"eventType": "message.received", "messageId": "1", "sender": {"channel": "rcs", "contact": "+9665"}}
                    """)
    void what_nobody_follows_is_ignored(String provider, String body) {
        assertThat(read(provider, body))
                .isInstanceOfSatisfying(
                        MessageReader.Read.Nothing.class,
                        nothing ->
                                assertThat(nothing.outcome())
                                        .isInstanceOf(DeliveryOutcome.Ignored.class));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    twilio   | MessageSid=SM1&SmsStatus=received&To=%2B1555
                    infobip  | [1]
                    infobip  | no json
                    infobip  | {"results": [{"receivedAt": "2026-11-19T11:26:57.000+0000", "from": "966501112223"}]}
                    infobip  | {"results": [{"seenAt": 1, "messageId": {}, "to": ["966501112223"]}]}
                    unifonic | {"eventType": "message.received", "sender": {"channel": "whatsapp", "contact": "+9665"}}
                    unifonic | {"eventType": "message.read", "messageId": "1", "recipient": {"channel": "whatsapp"}}
                    unifonic | "text"
                    """)
    void what_is_broken_is_dead_at_once(String provider, String body) {
        assertThat(read(provider, body))
                .isInstanceOfSatisfying(
                        MessageReader.Read.Nothing.class,
                        nothing ->
                                assertThat(nothing.outcome())
                                        .isInstanceOf(DeliveryOutcome.Unusable.class));
    }
}

package io.customergraph.ingest;

import io.customergraph.customer.IdentifierKind;
import io.customergraph.id.Sha256;
import io.customergraph.id.TimeOrderedId;
import io.customergraph.sql.JsonRows;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.time.Instant;

/**
 * Makes of records the JSON that the statements of {@link RecordTable} take: one document a batch,
 * so that a statement has the same text and the same number of parameters whatever the batch.
 */
final class RecordRows {

    private static final JsonMapper MAPPER = JsonRows.MAPPER;

    private RecordRows() {}

    /** A fingerprint of everything that a version says: SHA-256, in hexadecimal digits. */
    static String contentHash(SourceRecord record) {
        return Sha256.hex(MAPPER.writeValueAsBytes(record));
    }

    /** The fingerprint that the same had as the version of another time. */
    static String contentHash(SourceRecord record, Instant updatedAt) {
        ObjectNode version = MAPPER.valueToTree(record);
        ((ObjectNode) version.get("origin")).set("updated_at", MAPPER.valueToTree(updatedAt));
        return Sha256.hex(MAPPER.writeValueAsBytes(version));
    }

    /** The row of an attributed record. */
    static ObjectNode row(Attribution attribution) {
        IncomingRecord incoming = attribution.incoming();
        SourceRecord record = incoming.record();
        ObjectNode row = MAPPER.valueToTree(record);
        row.remove("origin");
        row.remove("person");
        Origin origin = record.origin();
        row.put("id", incoming.id().toString());
        row.put("source_type", origin.sourceType());
        row.put("source_account", JsonRows.clean(origin.account()));
        row.put("external_id", JsonRows.clean(origin.externalId()));
        row.put("created_at", origin.createdAt().toString());
        row.put("updated_at", origin.updatedAt().toString());
        row.put("content_hash", incoming.contentHash());
        row.put("stage", record.stage());
        if (attribution.customer() != null) {
            row.put("customer_id", attribution.customer().toString());
        }
        putPerson(row, record.person(), incoming.evidence());
        putChildIds(row, "items");
        putChildIds(row, "refunds");
        putChildIds(row, "variants");
        putChildIds(row, "messages");
        if (record instanceof SourceRecord.OmniConversationRecord conversation) {
            putMessageTimes(row, conversation);
        }
        return row;
    }

    /** E-mail and phone in their normal form where they have one, else as the source wrote them. */
    private static void putPerson(ObjectNode row, Person person, Evidence evidence) {
        String userId = evidence.firstOf(IdentifierKind.WHATSAPP_USER_ID);
        put(row, "customer_external_id", userId == null ? person.externalId() : userId);
        put(row, "customer_name", evidence.name().display());
        put(row, "first_name", evidence.name().given());
        put(row, "last_name", evidence.name().family());
        String email = evidence.firstOf(IdentifierKind.EMAIL);
        String phone = evidence.firstOf(IdentifierKind.PHONE);
        put(row, "customer_email", email == null ? raw(person, IdentifierKind.EMAIL) : email);
        put(row, "customer_phone", phone == null ? raw(person, IdentifierKind.PHONE) : phone);
    }

    private static void put(ObjectNode row, String column, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            row.put(column, JsonRows.clean(value));
        }
    }

    private static @Nullable String raw(Person person, IdentifierKind kind) {
        for (ContactPoint contact : person.contactPoints()) {
            boolean isEmail = contact.kind() == ContactPoint.Kind.EMAIL;
            boolean isPhone =
                    contact.kind() == ContactPoint.Kind.PHONE
                            || contact.kind() == ContactPoint.Kind.WHATSAPP_ID;
            if (kind == IdentifierKind.EMAIL ? isEmail : isPhone) {
                return contact.value();
            }
        }
        return null;
    }

    private static void putChildIds(ObjectNode row, String field) {
        if (row.get(field) instanceof ArrayNode children) {
            for (int position = 0; position < children.size(); position++) {
                ObjectNode child = (ObjectNode) children.get(position);
                child.put("id", TimeOrderedId.next().toString());
                child.put("position", position);
            }
        }
    }

    private static void putMessageTimes(
            ObjectNode row, SourceRecord.OmniConversationRecord conversation) {
        Instant first = conversation.origin().createdAt();
        Instant last = first;
        for (SourceRecord.OmniConversationRecord.Message message : conversation.messages()) {
            first = message.sentAt().isBefore(first) ? message.sentAt() : first;
            last = message.sentAt().isAfter(last) ? message.sentAt() : last;
        }
        row.put("first_message_at", first.toString());
        row.put("last_message_at", last.toString());
        row.put(
                "message_count",
                conversation.messages().stream()
                        .map(SourceRecord.OmniConversationRecord.Message::externalId)
                        .distinct()
                        .count());
    }
}

package io.customergraph.partner;

import io.customergraph.ingest.ContactPoint;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Who writes or is written to. Since 2026 somebody may be known by a business-scoped user id alone.
 *
 * @param waId digits, E.164 without plus
 * @param userId good within the portfolio
 */
record WhatsAppContact(@Nullable String waId, @Nullable String userId, @Nullable String name) {

    private static final Pattern DIGITS = Pattern.compile("[0-9]{5,20}");
    private static final Pattern USER_ID = Pattern.compile("[A-Z]{2}\\.[A-Za-z0-9._-]{1,140}");

    /** Values that are none are left out; empty where nothing is left to know anybody by. */
    static Optional<WhatsAppContact> of(
            @Nullable String waId, @Nullable String userId, @Nullable String name) {
        String number = isNumber(waId) ? waId : null;
        String user = isUserId(userId) ? userId : null;
        return number == null && user == null
                ? Optional.empty()
                : Optional.of(new WhatsAppContact(number, user, name));
    }

    static boolean isNumber(@Nullable String text) {
        return text != null && DIGITS.matcher(text).matches();
    }

    static boolean isUserId(@Nullable String text) {
        return text != null && USER_ID.matcher(text).matches();
    }

    /** What the conversation on a number is known by: it stays the same as long as the contact. */
    String key() {
        return waId == null ? String.valueOf(userId) : waId;
    }

    List<ContactPoint> points(String portfolio) {
        List<ContactPoint> points = new ArrayList<>(2);
        if (waId != null) {
            points.add(ContactPoint.whatsAppId(waId));
        }
        if (userId != null) {
            points.add(ContactPoint.whatsAppUserId(userId, portfolio));
        }
        return points;
    }
}

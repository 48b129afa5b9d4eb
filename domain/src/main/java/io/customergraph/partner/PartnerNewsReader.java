package io.customergraph.partner;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what programmes tell of accounts, numbers and channels. Pure, and never fails. */
final class PartnerNewsReader {

    private static final Set<String> QUALITIES = Set.of("green", "yellow", "red", "unknown");
    private static final Set<String> LIMITS =
            Set.of("tier_50", "tier_250", "tier_1k", "tier_10k", "tier_100k", "tier_unlimited");
    private static final Map<Long, String> BY_NUMBER =
            Map.of(
                    50L, "tier_50",
                    250L, "tier_250",
                    1000L, "tier_1k",
                    10_000L, "tier_10k",
                    100_000L, "tier_100k",
                    -1L, "tier_unlimited");

    /** Partner events of 360dialog. */
    private static final Map<String, String> CHANNEL_EVENTS =
            Map.of(
                    "channel_created", "created",
                    "channel_submitted", "submitted",
                    "channel_ready", "ready",
                    "channel_running", "running",
                    "channel_live", "live",
                    "cancellation_request", "cancellation_requested",
                    "cancellation_revoke", "running",
                    "cancellation_processed", "cancelled");

    private PartnerNewsReader() {}

    /**
     * What a change of a business account tells; empty where its field is none that is followed.
     */
    static Optional<List<PartnerNews>> read(
            String account, Instant at, String field, JsonNode value) {
        return switch (field) {
            case "phone_number_quality_update" -> Optional.of(quality(at, value));
            case "phone_number_name_update" -> Optional.of(name(at, value));
            case "account_update" -> Optional.of(account(account, accountStatus(value), at));
            case "account_review_update" -> Optional.of(review(account, at, value));
            case "business_capability_update" -> Optional.of(capability(account, at, value));
            default -> Optional.empty();
        };
    }

    /** What an event of 360dialog's partner webhook tells; empty where it is none. */
    static Optional<List<PartnerNews>> channel(JsonNode body, Instant at) {
        String status = CHANNEL_EVENTS.get(body.path("event").asString(""));
        if (status == null) {
            return Optional.empty();
        }
        JsonNode data = body.path("data");
        String id =
                first(
                        data.path("channel_id"),
                        data.at("/channel/id"),
                        body.path("channel_id"),
                        data.path("id"));
        return Optional.of(
                id == null || id.length() > 64
                        ? List.of()
                        : List.of(new PartnerNews.OfChannel(id, new Dated(status, at))));
    }

    private static List<PartnerNews> quality(Instant at, JsonNode value) {
        String event = value.path("event").asString("").toUpperCase(Locale.ROOT);
        String status =
                switch (event) {
                    case "FLAGGED" -> "flagged";
                    case "UNFLAGGED" -> "connected";
                    default -> null;
                };
        String said =
                first(
                        value.path("quality_rating"),
                        value.path("new_quality_score"),
                        value.path("current_quality"));
        String quality = said == null ? "" : said.toLowerCase(Locale.ROOT);
        // A number is flagged because its quality is low, whether the rating is told or not.
        return number(
                value,
                dated(status, at),
                dated(
                        QUALITIES.contains(quality)
                                ? quality
                                : event.equals("FLAGGED") ? "red" : null,
                        at),
                dated(limit(value.path("current_limit")), at),
                null,
                null);
    }

    private static List<PartnerNews> name(Instant at, JsonNode value) {
        String status =
                switch (value.path("decision").asString("").toUpperCase(Locale.ROOT)) {
                    case "APPROVED" -> "approved";
                    case "DECLINED", "REJECTED" -> "declined";
                    case "PENDING", "DEFERRED" -> "pending";
                    default -> null;
                };
        String name = first(value.path("requested_verified_name"));
        return number(
                value,
                null,
                null,
                null,
                dated(status, at),
                name == null || name.length() > 200 ? null : name);
    }

    private static List<PartnerNews> number(
            JsonNode value,
            @Nullable Dated status,
            @Nullable Dated quality,
            @Nullable Dated limit,
            @Nullable Dated nameStatus,
            @Nullable String name) {
        String digits = value.path("display_phone_number").asString("").replaceAll("[^0-9]", "");
        return WhatsAppContact.isNumber(digits)
                ? List.of(
                        new PartnerNews.OfNumber(
                                "+" + digits, status, quality, limit, nameStatus, name))
                : List.of();
    }

    private static @Nullable String accountStatus(JsonNode value) {
        String ban = value.at("/ban_info/waba_ban_state").asString("").toUpperCase(Locale.ROOT);
        return switch (value.path("event").asString("").toUpperCase(Locale.ROOT)) {
            case "DISABLED_UPDATE" ->
                    switch (ban) {
                        case "DISABLE" -> "disabled";
                        case "SCHEDULE_FOR_DISABLE" -> "restricted";
                        case "REINSTATE" -> "active";
                        default -> null;
                    };
            case "ACCOUNT_RESTRICTION" -> "restricted";
            case "ACCOUNT_DELETED", "PARTNER_REMOVED" -> "disabled";
            case "VERIFIED_ACCOUNT", "PARTNER_ADDED" -> "active";
            default -> null;
        };
    }

    private static List<PartnerNews> account(String account, @Nullable String status, Instant at) {
        return status == null
                ? List.of()
                : List.of(new PartnerNews.OfAccount(account, new Dated(status, at), null, null));
    }

    private static List<PartnerNews> review(String account, Instant at, JsonNode value) {
        String decision = value.path("decision").asString("").toLowerCase(Locale.ROOT);
        return Set.of("pending", "approved", "rejected", "deferred").contains(decision)
                ? List.of(new PartnerNews.OfAccount(account, null, new Dated(decision, at), null))
                : List.of();
    }

    private static List<PartnerNews> capability(String account, Instant at, JsonNode value) {
        String limit = limit(value.path("max_daily_conversations_per_business"));
        String older =
                limit == null ? limit(value.path("max_daily_conversation_per_phone")) : limit;
        return older == null
                ? List.of()
                : List.of(new PartnerNews.OfAccount(account, null, null, new Dated(older, at)));
    }

    /** A tier by its name or its number. */
    private static @Nullable String limit(JsonNode node) {
        String text = node.asString("").toLowerCase(Locale.ROOT);
        return LIMITS.contains(text) ? text : BY_NUMBER.get(node.asLong(0));
    }

    private static @Nullable Dated dated(@Nullable String value, Instant at) {
        return value == null ? null : new Dated(value, at);
    }

    private static @Nullable String first(JsonNode... nodes) {
        for (JsonNode node : nodes) {
            String text = node.asString("");
            if (!text.isBlank()) {
                return text;
            }
        }
        return null;
    }
}

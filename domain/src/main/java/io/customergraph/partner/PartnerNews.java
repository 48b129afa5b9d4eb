package io.customergraph.partner;

import org.jspecify.annotations.Nullable;

import java.util.Objects;

/** What a programme tells of the companies and numbers under it; what is null it does not tell. */
sealed interface PartnerNews {

    /** News of the same thing are told as one, the latest of each part. */
    String key();

    /**
     * Of a number.
     *
     * @param phone E.164
     */
    record OfNumber(
            String phone,
            @Nullable Dated status,
            @Nullable Dated quality,
            @Nullable Dated messagingLimit,
            @Nullable Dated nameStatus,
            @Nullable String name)
            implements PartnerNews {

        @Override
        public String key() {
            return phone;
        }

        OfNumber with(OfNumber other) {
            Dated laterName = Dated.later(nameStatus, other.nameStatus);
            return new OfNumber(
                    phone,
                    Dated.later(status, other.status),
                    Dated.later(quality, other.quality),
                    Dated.later(messagingLimit, other.messagingLimit),
                    laterName,
                    Objects.equals(laterName, nameStatus) ? name : other.name);
        }
    }

    /**
     * Of a WhatsApp business account.
     *
     * @param messagingLimit of each of its numbers
     */
    record OfAccount(
            String wabaId,
            @Nullable Dated status,
            @Nullable Dated review,
            @Nullable Dated messagingLimit)
            implements PartnerNews {

        @Override
        public String key() {
            return wabaId;
        }

        OfAccount with(OfAccount other) {
            return new OfAccount(
                    wabaId,
                    Dated.later(status, other.status),
                    Dated.later(review, other.review),
                    Dated.later(messagingLimit, other.messagingLimit));
        }
    }

    /** Of a channel of 360dialog. */
    record OfChannel(String channelId, Dated status) implements PartnerNews {

        @Override
        public String key() {
            return channelId;
        }

        OfChannel with(OfChannel other) {
            return other.status.at().isAfter(status.at()) ? other : this;
        }
    }
}

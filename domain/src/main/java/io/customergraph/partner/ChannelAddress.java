package io.customergraph.partner;

import io.customergraph.customer.Assurance;
import io.customergraph.ingest.ContactPoint;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where one conversation takes place: a person's address on a channel, and ours.
 *
 * @param account our number or name there, without plus
 * @param contact the person's: digits without plus, or the name that a network shows instead
 */
public record ChannelAddress(Channel channel, String account, String contact) {

    private static final Pattern NUMBER = Pattern.compile("\\+?[0-9]{5,20}");
    private static final int LONGEST = 100;

    /** The channels of messages that these providers carry. */
    public enum Channel {
        WHATSAPP("whatsapp"),
        SMS("sms");

        private final String code;

        Channel(String code) {
            this.code = code;
        }
    }

    /**
     * An address of what a provider writes.
     *
     * @param account where ours is not told
     * @return empty where nobody could be known by the person's
     */
    public static Optional<ChannelAddress> of(
            Channel channel, @Nullable String ours, String account, @Nullable String contact) {
        String person = plain(contact);
        String our = plain(ours);
        return person.isEmpty() || person.length() > LONGEST
                ? Optional.empty()
                : Optional.of(
                        new ChannelAddress(
                                channel,
                                our.isEmpty() || our.length() > LONGEST ? account : our,
                                person));
    }

    /** What the conversation is known by on our number. */
    String key() {
        return channel.code + ":" + contact;
    }

    String channelCode() {
        return channel.code;
    }

    /** What a reply goes to. */
    String identity() {
        return channel == Channel.SMS && isNumber() ? "+" + contact : contact;
    }

    /**
     * What the person is known by: the network proves the sender of a message, and not that who it
     * is sent to has the number.
     */
    List<ContactPoint> points(boolean isSender) {
        if (!isNumber()) {
            return List.of();
        }
        return switch (channel) {
            case WHATSAPP -> List.of(ContactPoint.whatsAppId(contact));
            case SMS ->
                    List.of(
                            ContactPoint.phone(
                                    "+" + contact,
                                    isSender ? Assurance.ATTESTED : Assurance.OBSERVED));
        };
    }

    private boolean isNumber() {
        return NUMBER.matcher(contact).matches();
    }

    private static String plain(@Nullable String address) {
        String text = address == null ? "" : address.strip();
        String bare = text.substring(text.indexOf(':') + 1).replace(" ", "");
        return NUMBER.matcher(bare).matches() && bare.startsWith("+") ? bare.substring(1) : bare;
    }
}

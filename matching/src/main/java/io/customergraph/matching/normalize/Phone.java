package io.customergraph.matching.normalize;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;

import org.jspecify.annotations.Nullable;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A telephone number that some network can reach.
 *
 * <p>{@code quality} is {@link Quality#IDENTITY} for mobile, fixed, internet and personal numbers;
 * {@link Quality#WEAK} for numbers that firms share or rent (toll free, premium rate, shared cost,
 * UAN, pager, voice mail) and for a number with an extension, since the number alone is a
 * switchboard's; {@link Quality#UNUSABLE} for one that is all one digit or counts up or down.
 * Numbers that a country keeps for films and examples are numbers like any other here.
 *
 * @param e164 such as +966501234567, without the extension
 * @param region ISO 3166-1 alpha-2, or "" for a number of no country, such as +800
 * @param quality what the number may prove
 */
public record Phone(String e164, String region, Quality quality) {

    private static final Set<String> REGIONS =
            Set.copyOf(PhoneNumberUtil.getInstance().getSupportedRegions());

    /** Whether a text is a country in which numbers are dialled: ISO 3166-1 alpha-2. */
    public static boolean isRegion(String region) {
        return REGIONS.contains(region);
    }

    /**
     * Reads the number in {@code raw} as someone in {@code defaultRegion} writes it; without a
     * region only what starts with {@code +} or {@code 00} is a number.
     *
     * <p>Empty when there is no valid number, or text beside it: letters are read only in a
     * toll-free number (1-800-FLOWERS) and as the mark of an extension.
     */
    public static Optional<Phone> of(@Nullable String raw, @Nullable String defaultRegion) {
        PhoneText text = raw == null ? null : PhoneText.of(raw);
        if (text == null) {
            return Optional.empty();
        }
        DialledNumber number = DialledNumber.of(text, region(defaultRegion));
        if (number == null || spelledOut(number, text)) {
            return Optional.empty();
        }
        return Optional.of(new Phone(number.e164(), number.region(), quality(number)));
    }

    /**
     * Reads the id that WhatsApp gives an account: the number in E.164 without {@code +}, bare or
     * as a JID ({@code 966501234567@s.whatsapp.net}). Empty for groups and for ids that are no
     * numbers.
     */
    public static Optional<Phone> ofWhatsAppId(@Nullable String waId) {
        String digits = waId == null ? null : PhoneText.whatsAppDigits(waId);
        return digits == null ? Optional.empty() : of('+' + digits, null);
    }

    /**
     * Whether there are letters that neither mark an extension nor advertise: a name behind the
     * number, "home".
     */
    private static boolean spelledOut(DialledNumber number, PhoneText text) {
        return text.letters()
                && number.type() != PhoneNumberType.TOLL_FREE
                && (number.extension().isEmpty()
                        || text.digits()
                                < number.national().length() + number.extension().length());
    }

    private static Quality quality(DialledNumber number) {
        if (PhoneText.isPlaceholder(number.national())) {
            return Quality.UNUSABLE;
        }
        return switch (number.type()) {
            case FIXED_LINE, MOBILE, FIXED_LINE_OR_MOBILE, VOIP, PERSONAL_NUMBER ->
                    number.extension().isEmpty() ? Quality.IDENTITY : Quality.WEAK;
            case TOLL_FREE, PREMIUM_RATE, SHARED_COST, UAN, PAGER, VOICEMAIL, UNKNOWN ->
                    Quality.WEAK;
        };
    }

    private static @Nullable String region(@Nullable String region) {
        if (region == null) {
            return null;
        }
        if (REGIONS.contains(region)) {
            return region;
        }
        String upper = region.strip().toUpperCase(Locale.ROOT);
        return REGIONS.contains(upper) ? upper : null;
    }
}

package io.customergraph.matching.normalize;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonemetadata.PhoneMetadata;
import com.google.i18n.phonenumbers.Phonemetadata.PhoneNumberDesc;
import com.google.i18n.phonenumbers.metadata.DefaultMetadataDependenciesProvider;
import com.google.i18n.phonenumbers.metadata.source.MetadataSource;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * One region's numbers, as libphonenumber's metadata describes them.
 *
 * <p>The library keeps a hundred compiled patterns and throws away the rest, which numbers from all
 * over the world go through in no time; here every pattern is compiled once. It answers only the
 * plain cases, exactly as the library would, and leaves the others to it.
 */
final class NumberingPlan {

    private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();
    private static final MetadataSource METADATA =
            DefaultMetadataDependenciesProvider.getInstance().getPhoneNumberMetadataSource();
    private static final Map<Integer, List<NumberingPlan>> BY_CODE = new ConcurrentHashMap<>();
    private static final Map<String, NumberingPlan> BY_REGION = new ConcurrentHashMap<>();

    private final String region;
    private final int countryCode;
    private final String code;
    private final Kind general;
    private final @Nullable Pattern leadingDigits;
    private final @Nullable Pattern trunkPrefix;
    private final boolean plainTrunkPrefix;
    private final @Nullable Pattern abroadPrefix;
    private final boolean mobileLikeFixed;
    private final List<Kind> shared;
    private final Kind fixed;
    private final Kind mobile;

    private NumberingPlan(String region, PhoneMetadata metadata) {
        this.region = region;
        countryCode = metadata.getCountryCode();
        code = Integer.toString(countryCode);
        general = Kind.of(PhoneNumberType.UNKNOWN, metadata.getGeneralDesc());
        leadingDigits = pattern(metadata.getLeadingDigits());
        trunkPrefix = pattern(metadata.getNationalPrefixForParsing());
        plainTrunkPrefix =
                metadata.getNationalPrefixForParsing().chars().allMatch(Character::isDigit)
                        && metadata.getNationalPrefixTransformRule().isEmpty();
        abroadPrefix = pattern(metadata.getInternationalPrefix());
        mobileLikeFixed = metadata.getSameMobileAndFixedLinePattern();
        // The order is the library's: the first kind that fits is the number's.
        shared =
                List.of(
                        Kind.of(PhoneNumberType.PREMIUM_RATE, metadata.getPremiumRate()),
                        Kind.of(PhoneNumberType.TOLL_FREE, metadata.getTollFree()),
                        Kind.of(PhoneNumberType.SHARED_COST, metadata.getSharedCost()),
                        Kind.of(PhoneNumberType.VOIP, metadata.getVoip()),
                        Kind.of(PhoneNumberType.PERSONAL_NUMBER, metadata.getPersonalNumber()),
                        Kind.of(PhoneNumberType.PAGER, metadata.getPager()),
                        Kind.of(PhoneNumberType.UAN, metadata.getUan()),
                        Kind.of(PhoneNumberType.VOICEMAIL, metadata.getVoicemail()));
        fixed = Kind.of(PhoneNumberType.FIXED_LINE, metadata.getFixedLine());
        mobile = Kind.of(PhoneNumberType.MOBILE, metadata.getMobile());
    }

    static List<NumberingPlan> ofCountryCode(int countryCode) {
        return BY_CODE.computeIfAbsent(countryCode, NumberingPlan::load);
    }

    static NumberingPlan ofRegion(String region) {
        return BY_REGION.computeIfAbsent(
                region, r -> new NumberingPlan(r, METADATA.getMetadataForRegion(r)));
    }

    private static List<NumberingPlan> load(int countryCode) {
        List<NumberingPlan> plans = new ArrayList<>();
        for (String region : NUMBERS.getRegionCodesForCountryCode(countryCode)) {
            plans.add(
                    region.equals(PhoneNumberUtil.REGION_CODE_FOR_NON_GEO_ENTITY)
                            ? new NumberingPlan(
                                    "", METADATA.getMetadataForNonGeographicalRegion(countryCode))
                            : ofRegion(region));
        }
        return List.copyOf(plans);
    }

    String region() {
        return region;
    }

    int countryCode() {
        return countryCode;
    }

    /** Whether digits after the country code may start with a prefix that is not theirs. */
    boolean hasTrunkPrefix(String national) {
        return trunkPrefix != null && trunkPrefix.matcher(national).lookingAt();
    }

    /**
     * The national number in what was dialled within the region, or null when that is not plain to
     * see.
     */
    @Nullable String national(String dialled) {
        if (dialled.startsWith(code)
                || (abroadPrefix != null && abroadPrefix.matcher(dialled).lookingAt())) {
            return null;
        }
        if (!hasTrunkPrefix(dialled)) {
            return general.fits(dialled) ? dialled : null;
        }
        if (!plainTrunkPrefix || trunkPrefix == null) {
            return null;
        }
        String national = dialled.substring(trunkPrefix.pattern().length());
        return general.fits(national) ? national : null;
    }

    /** Whether the number, valid within the country code, is this region's. */
    boolean claims(String national) {
        return leadingDigits == null
                ? type(national) != PhoneNumberType.UNKNOWN
                : leadingDigits.matcher(national).lookingAt();
    }

    /** What the number is, or {@code UNKNOWN} when it is none. */
    PhoneNumberType type(String national) {
        if (!general.fits(national)) {
            return PhoneNumberType.UNKNOWN;
        }
        for (Kind kind : shared) {
            if (kind.fits(national)) {
                return kind.type();
            }
        }
        if (fixed.fits(national)) {
            return mobileLikeFixed || mobile.fits(national)
                    ? PhoneNumberType.FIXED_LINE_OR_MOBILE
                    : PhoneNumberType.FIXED_LINE;
        }
        return !mobileLikeFixed && mobile.fits(national)
                ? PhoneNumberType.MOBILE
                : PhoneNumberType.UNKNOWN;
    }

    private static @Nullable Pattern pattern(String regex) {
        return regex.isEmpty() ? null : Pattern.compile(regex);
    }

    /** One kind of number; {@code lengths} has a bit for each number of digits. */
    private record Kind(PhoneNumberType type, int lengths, @Nullable Pattern pattern) {

        static Kind of(PhoneNumberType type, PhoneNumberDesc description) {
            int lengths = 0;
            for (int length : description.getPossibleLengthList()) {
                lengths |= length < 0 ? 0 : 1 << length;
            }
            // No lengths stand for those of numbers in general, which were checked before.
            boolean anyLength = description.getPossibleLengthCount() == 0;
            return new Kind(
                    type,
                    anyLength ? -1 : lengths,
                    NumberingPlan.pattern(description.getNationalNumberPattern()));
        }

        boolean fits(String national) {
            return pattern != null
                    && national.length() < Integer.SIZE - 1
                    && (lengths & 1 << national.length()) != 0
                    && pattern.matcher(national).matches();
        }
    }
}

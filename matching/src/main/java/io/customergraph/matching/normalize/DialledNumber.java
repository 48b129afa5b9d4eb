package io.customergraph.matching.normalize;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A valid number, read from what was dialled.
 *
 * @param national the significant digits after the country code
 * @param region ISO 3166-1 alpha-2, or "" for a number of no country
 * @param extension its digits, or ""
 */
record DialledNumber(
        int countryCode, String national, String region, PhoneNumberType type, String extension) {

    private static final int BRAZIL = 55;
    private static final int MEXICO = 52;

    /**
     * What Mexicans dialled before ten digits until August 2019, and what lists of then still have.
     */
    private static final Pattern MEXICAN_PREFIX = Pattern.compile("0(?:1|4[45])\\D*(?=\\d)");

    private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();
    private static final boolean[] COUNTRY_CODES = new boolean[1000];

    static {
        NUMBERS.getSupportedCallingCodes().forEach(code -> COUNTRY_CODES[code] = true);
    }

    /** The valid number, or null. */
    static @Nullable DialledNumber of(PhoneText text, @Nullable String region) {
        String dialled = text.dialled();
        if (dialled.startsWith("00")) {
            DialledNumber abroad = read(text, '+' + dialled.substring(2), null);
            if (abroad != null) {
                return abroad;
            }
        }
        return region == null && dialled.indexOf('+') < 0 ? null : read(text, dialled, region);
    }

    private static @Nullable DialledNumber read(
            PhoneText text, String dialled, @Nullable String region) {
        DialledNumber plain = text.plain() ? plain(dialled, region) : null;
        return plain != null ? plain : any(dialled, region);
    }

    /** The number when it is plain to see; null says nothing. */
    private static @Nullable DialledNumber plain(String dialled, @Nullable String region) {
        if (dialled.charAt(0) != '+') {
            if (region == null) {
                return null;
            }
            NumberingPlan plan = NumberingPlan.ofRegion(region);
            String national = plan.national(dialled);
            return national == null ? null : plain(plan.countryCode(), national);
        }
        int code = 0;
        for (int i = 1; i < Math.min(4, dialled.length()); i++) {
            code = code * 10 + dialled.charAt(i) - '0';
            if (COUNTRY_CODES[code]) {
                String national = dialled.substring(i + 1);
                List<NumberingPlan> plans = NumberingPlan.ofCountryCode(code);
                return plans.getFirst().hasTrunkPrefix(national) ? null : plain(code, national);
            }
        }
        return null;
    }

    private static @Nullable DialledNumber plain(int code, String national) {
        if (code == MEXICO && national.length() > 10) {
            return null;
        }
        List<NumberingPlan> plans = NumberingPlan.ofCountryCode(code);
        for (NumberingPlan plan : plans) {
            if (plans.size() == 1 || plan.claims(national)) {
                PhoneNumberType type = plan.type(national);
                return type == PhoneNumberType.UNKNOWN
                        ? null
                        : new DialledNumber(code, national, plan.region(), type, "");
            }
        }
        return null;
    }

    /**
     * The number as libphonenumber reads it, with all that people of a region write around and into
     * it.
     */
    static @Nullable DialledNumber any(String dialled, @Nullable String region) {
        DialledNumber number = library(dialled, region);
        if (number == null && "MX".equals(region)) {
            Matcher prefix = MEXICAN_PREFIX.matcher(dialled);
            return prefix.lookingAt() ? library(dialled.substring(prefix.end()), region) : null;
        }
        return number;
    }

    private static @Nullable DialledNumber library(String dialled, @Nullable String region) {
        PhoneNumber number;
        try {
            number = oneForm(NUMBERS.parse(dialled, region));
        } catch (NumberParseException e) {
            return null;
        }
        PhoneNumberType type = NUMBERS.getNumberType(number);
        if (type == PhoneNumberType.UNKNOWN) {
            return null;
        }
        String found = NUMBERS.getRegionCodeForNumber(number);
        boolean country =
                found != null && !found.equals(PhoneNumberUtil.REGION_CODE_FOR_NON_GEO_ENTITY);
        return new DialledNumber(
                number.getCountryCode(),
                NUMBERS.getNationalSignificantNumber(number),
                country ? found : "",
                type,
                number.getExtension());
    }

    /**
     * Mexico dropped the 1 between country code and mobile number in 2019, and Brazil put a 9
     * before its eight-digit mobile numbers from 2012 to 2016; WhatsApp still names accounts by the
     * forms of then. Argentina's 54 9 and its 15 after the area code are one form in the library
     * already.
     */
    private static PhoneNumber oneForm(PhoneNumber number) {
        long national = number.getNationalNumber();
        if (number.getCountryCode() == MEXICO && national / 10_000_000_000L == 1) {
            return number.setNationalNumber(national % 10_000_000_000L);
        }
        long subscriber = national % 100_000_000L;
        long area = national / 100_000_000L;
        if (number.getCountryCode() == BRAZIL
                && area > 9
                && area < 100
                && subscriber >= 60_000_000L
                && !NUMBERS.isValidNumber(number)) {
            return number.setNationalNumber(area * 1_000_000_000L + 900_000_000L + subscriber);
        }
        return number;
    }

    String e164() {
        return "+" + countryCode + national;
    }
}

package io.customergraph.matching.normalize;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import com.google.i18n.phonenumbers.ShortNumberInfo;

import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The example numbers that libphonenumber publishes for every region and kind of number, in all the
 * ways to write them.
 *
 * <p>Here a number has one form more often than there: a Mexican mobile never has the 1 of before
 * 2019, and a Brazilian one always has its ninth digit; see {@link DialledNumber}. Neither is among
 * the examples, so that each keeps the E.164 form that the library gives it.
 */
class ExampleNumbersTest {

    private static final PhoneNumberUtil LIBRARY = PhoneNumberUtil.getInstance();
    private static final Set<PhoneNumberType> OF_ONE_PERSON =
            Set.of(
                    PhoneNumberType.FIXED_LINE,
                    PhoneNumberType.MOBILE,
                    PhoneNumberType.FIXED_LINE_OR_MOBILE,
                    PhoneNumberType.VOIP,
                    PhoneNumberType.PERSONAL_NUMBER);

    /**
     * An example.
     *
     * @param region null for a number of no country
     */
    private record Example(@Nullable String region, PhoneNumber number) {

        String e164() {
            return LIBRARY.format(number, PhoneNumberFormat.E164);
        }

        String written(PhoneNumberFormat format) {
            return LIBRARY.format(number, format);
        }
    }

    private static List<Example> examples() {
        List<Example> examples = new ArrayList<>();
        for (String region : LIBRARY.getSupportedRegions()) {
            for (PhoneNumberType type : PhoneNumberType.values()) {
                PhoneNumber number = LIBRARY.getExampleNumberForType(region, type);
                if (number != null) {
                    examples.add(new Example(region, number));
                }
            }
        }
        for (int code : LIBRARY.getSupportedGlobalNetworkCallingCodes()) {
            examples.add(new Example(null, LIBRARY.getExampleNumberForNonGeoEntity(code)));
        }
        return examples;
    }

    @Test
    void there_are_examples_of_all_the_world() {
        assertThat(LIBRARY.getSupportedRegions()).hasSizeGreaterThan(240);
        assertThat(examples()).hasSizeGreaterThan(1_000);
    }

    @Test
    void an_example_is_one_number_however_it_is_written() {
        SoftAssertions all = new SoftAssertions();
        for (Example example : examples()) {
            String international = example.written(PhoneNumberFormat.INTERNATIONAL);
            List<String> anywhere =
                    List.of(
                            example.e164(),
                            international,
                            "00" + example.e164().substring(1),
                            "00 " + international.substring(1),
                            example.written(PhoneNumberFormat.RFC3966),
                            inDigitsFrom('٠', international),
                            inDigitsFrom('۰', international),
                            inDigitsFrom('０', international));
            for (String written : anywhere) {
                expect(all, example, written, null);
                expect(all, example, written, "SA");
                expect(all, example, written, example.region);
            }
        }
        all.assertAll();
    }

    @Test
    void an_example_is_read_in_its_own_country_as_it_is_written_there() {
        SoftAssertions all = new SoftAssertions();
        for (Example example : examples()) {
            if (example.region != null) {
                String national = example.written(PhoneNumberFormat.NATIONAL);
                expect(all, example, national, example.region);
                expect(all, example, inDigitsFrom('٠', national), example.region);
            }
        }
        all.assertAll();
    }

    @Test
    void a_number_of_one_person_is_identity_and_a_rented_or_shared_one_is_not() {
        SoftAssertions all = new SoftAssertions();
        for (Example example : examples()) {
            PhoneNumberType type = LIBRARY.getNumberType(example.number);
            Quality ofType = OF_ONE_PERSON.contains(type) ? Quality.IDENTITY : Quality.WEAK;
            Quality expected =
                    isMadeUp(LIBRARY.getNationalSignificantNumber(example.number))
                            ? Quality.UNUSABLE
                            : ofType;
            all.assertThat(Phone.of(example.e164(), null).map(Phone::quality))
                    .as("%s of %s, %s", example.e164(), example.region, type)
                    .contains(expected);
        }
        all.assertAll();
    }

    @Test
    void a_number_that_no_network_has_is_none() {
        SoftAssertions all = new SoftAssertions();
        for (String region : LIBRARY.getSupportedRegions()) {
            PhoneNumber number = LIBRARY.getInvalidExampleNumber(region);
            if (number != null) {
                for (PhoneNumberFormat format : PhoneNumberFormat.values()) {
                    String written = LIBRARY.format(number, format);
                    all.assertThat(Phone.of(written, region))
                            .as("%s in %s", written, region)
                            .isEmpty();
                }
            }
        }
        all.assertAll();
    }

    @Test
    void a_short_number_is_nobodys() {
        ShortNumberInfo library = ShortNumberInfo.getInstance();
        SoftAssertions all = new SoftAssertions();
        int shortNumbers = 0;
        for (String region : LIBRARY.getSupportedRegions()) {
            for (int digits = 100; digits < 1_000; digits++) {
                String written = Integer.toString(digits);
                PhoneNumber number = new PhoneNumber().setNationalNumber(digits);
                number.setCountryCode(LIBRARY.getCountryCodeForRegion(region));
                if (library.isValidShortNumberForRegion(number, region)) {
                    shortNumbers++;
                    all.assertThat(Phone.of(written, region))
                            .as("%s in %s", written, region)
                            .isEmpty();
                }
            }
        }
        all.assertThat(shortNumbers).isGreaterThan(2_000);
        all.assertAll();
    }

    @Test
    void an_example_is_one_number_as_a_whatsapp_id() {
        SoftAssertions all = new SoftAssertions();
        for (Example example : examples()) {
            String id = example.e164().substring(1);
            for (String written : List.of(id, id + "@s.whatsapp.net", id + ":7@c.us")) {
                all.assertThat(Phone.ofWhatsAppId(written).map(Phone::e164))
                        .as("%s of %s", written, example.region)
                        .contains(example.e164());
            }
        }
        all.assertAll();
    }

    /** As 123456789 and 90123456 are, which people also type to get past a form. */
    private static boolean isMadeUp(String national) {
        boolean isOfOneDigit = national.chars().skip(1).distinct().count() == 1;
        return national.length() > 5
                && (isOfOneDigit
                        || "01234567890123456789".contains(national)
                        || "98765432109876543210".contains(national));
    }

    private static void expect(
            SoftAssertions all, Example example, String written, @Nullable String region) {
        all.assertThat(Phone.of(written, region).map(Phone::e164))
                .as("%s of %s, written in %s", written, example.region, region)
                .contains(example.e164());
    }

    private static String inDigitsFrom(char zero, String written) {
        return written.codePoints()
                .map(c -> c >= '0' && c <= '9' ? zero + c - '0' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}

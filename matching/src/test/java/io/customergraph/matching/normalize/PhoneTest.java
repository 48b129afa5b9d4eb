package io.customergraph.matching.normalize;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.i18n.phonenumbers.PhoneNumberUtil;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.SplittableRandom;

class PhoneTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "+966501234567              |    | +966501234567",
                "0501234567                 | SA | +966501234567",
                "501234567                  | sa | +966501234567",
                "966501234567               | SA | +966501234567",
                "00966501234567             | SA | +966501234567",
                "00966501234567             |    | +966501234567",
                "00966 50 123 4567          | US | +966501234567",
                "٠٥٠١٢٣٤٥٦٧                 | SA | +966501234567",
                "+٩٦٦٥٠١٢٣٤٥٦٧              |    | +966501234567",
                "۰۵۰۱۲۳۴۵۶۷                 | SA | +966501234567",
                "＋９６６５０１２３４５６７           |    | +966501234567",
                "'\u202A+966 50 123 4567\u202C' |    | +966501234567",
                "+966\u00A050\u00A0123\u00A04567 |    | +966501234567",
                "tel:+966-50-123-4567       |    | +966501234567",
                "tel:0501234567;phone-context=+966 | | +966501234567",
                "whatsapp:+966501234567     |    | +966501234567",
                "(+33) 6 01 02 03 04        |    | +33601020304",
                "06 01 02 03 04             | FR | +33601020304",
                "06.01.02.03.04             | FR | +33601020304",
                "+33 (0)6 01 02 03 04       |    | +33601020304",
                "020 7946 0958              | GB | +442079460958",
                "+44 (0)20 7946 0958        |    | +442079460958",
                "(201) 555-0123             | US | +12015550123",
                "1-201-555-0123             | US | +12015550123",
                "011 44 20 7946 0958        | US | +442079460958",
                "0011 44 20 7946 0958       | AU | +442079460958",
                "06 6982 0001               | IT | +390669820001",
                "+52 1 55 1234 5678         |    | +525512345678",
                "+52 55 1234 5678           |    | +525512345678",
                "1 55 1234 5678             | MX | +525512345678",
                "044 55 1234 5678           | MX | +525512345678",
                "045 55 1234 5678           | MX | +525512345678",
                "01 55 1234 5678            | MX | +525512345678",
                "0155-1234-5678             | MX | +525512345678",
                "+54 9 11 2345 6789         |    | +5491123456789",
                "9 11 2345-6789             | AR | +5491123456789",
                "0351 15-234-5678           | AR | +5493512345678",
                "+54 351 15 234 5678        |    | +5493512345678",
                "+54 351 234 5678           |    | +543512345678",
                "011 15-2345-6789           | AR | +5491123456789",
                "+54 11 15 2345 6789        |    | +5491123456789",
                "+55 11 6123-4567           |    | +5511961234567",
                "+55 11 96123-4567          |    | +5511961234567",
                "(11) 6123-4567             | BR | +5511961234567",
                "0 41 11 96123-4567         | BR | +5511961234567",
                "(11) 2123-4567             | BR | +551121234567",
                "8 (912) 345-67-89          | RU | +79123456789",
                "810 966 50 123 4567        | RU | +966501234567",
                "+966 050 123 4567          |    | +966501234567",
                "+20 0100 123 4567          |    | +201001234567",
                "1-800-FLOWERS              | US | +18003569377",
            })
    void a_number_is_one_however_it_is_written(String raw, @Nullable String region, String e164) {
        assertThat(Phone.of(raw.replace("'", ""), region))
                .get()
                .extracting(Phone::e164)
                .isEqualTo(e164);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "+",
                "++",
                "00",
                "n/a",
                "none",
                "0501234567 home",
                "044 55 1234 5678",
                "0501234567 x",
                "home 0501234567",
                "هاتف 0501234567",
                "ann@shop.example",
                "123",
                "999",
                "05012345678901234",
                "0501234567\0",
                "0501234567\uD800",
                "+999 123 456 789",
                "+966 1",
                "2024-01-31",
                "www.shop.example",
            })
    void what_is_no_valid_number_is_empty(String raw) {
        assertThat(Phone.of(raw, "SA")).isEmpty();
    }

    @Test
    void a_national_number_needs_a_region() {
        assertThat(Phone.of("0501234567", null)).isEmpty();
        assertThat(Phone.of("966501234567", null)).isEmpty();
        assertThat(Phone.of("0501234567", "ZZ")).isEmpty();
        assertThat(Phone.of("0501234567", "")).isEmpty();
        assertThat(Phone.of(null, "SA")).isEmpty();
        assertThat(Phone.of("5".repeat(10_000_000), "SA")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "+966501234567,        SA, IDENTITY",
        "+33601020304,         FR, IDENTITY",
        "+12015550123,         US, IDENTITY",
        "+442079460958,        GB, IDENTITY",
        "+14165550123,         CA, IDENTITY",
        "+966501234567 ext. 5, SA, WEAK",
        "+966501234567 x5,     SA, WEAK",
        "+966501234567;ext=5,  SA, WEAK",
        "+18005550199,         US, WEAK",
        "+80011122334,         '', WEAK",
        "+33899123456,         FR, WEAK",
        "+966555555555,        SA, UNUSABLE",
        "+33600000000,         FR, UNUSABLE",
    })
    void quality_says_what_a_number_may_prove(String raw, String region, Quality quality) {
        assertThat(Phone.of(raw, null))
                .get()
                .satisfies(phone -> assertThat(phone.region()).isEqualTo(region))
                .extracting(Phone::quality)
                .isEqualTo(quality);
    }

    @ParameterizedTest
    @CsvSource({
        "966501234567,                     +966501234567",
        "+966501234567,                    +966501234567",
        "966501234567@s.whatsapp.net,      +966501234567",
        "966501234567:12@s.whatsapp.net,   +966501234567",
        "966501234567@c.us,                +966501234567",
        "5215512345678,                    +525512345678",
        "5491123456789,                    +5491123456789",
        "551161234567,                     +5511961234567",
        "551121234567,                     +551121234567",
        "33601020304,                      +33601020304",
        "201001234567,                     +201001234567",
        "12015550123,                      +12015550123",
        "' 966501234567 ',                 +966501234567",
        "5511961234567,                    +5511961234567",
    })
    void a_whatsapp_id_is_a_number_without_plus(String waId, String e164) {
        assertThat(Phone.ofWhatsAppId(waId)).get().extracting(Phone::e164).isEqualTo(e164);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0501234567",
                "US.13491208655302741918",
                "966501234567-1600000000@g.us",
                "120363012345678901@g.us",
                "123456789012345@lid",
                "status@broadcast",
                "９６６５０１２３４５６７",
                "9665012345671234",
                "966 50 123 4567",
                "++966501234567",
                "00966501234567",
                "@s.whatsapp.net",
                "966501234567@",
                "966501234567@g.us",
                "0@s.whatsapp.net",
            })
    void a_whatsapp_id_that_is_no_number_is_empty(String waId) {
        assertThat(Phone.ofWhatsAppId(waId)).isEmpty();
        assertThat(Phone.ofWhatsAppId(null)).isEmpty();
    }

    @Test
    void the_short_way_answers_as_the_library_does() {
        SplittableRandom random = new SplittableRandom(20);
        PhoneNumberUtil library = PhoneNumberUtil.getInstance();
        String[] regions = library.getSupportedRegions().stream().sorted().toArray(String[]::new);
        for (int i = 0; i < 60_000; i++) {
            String region = regions[random.nextInt(regions.length)];
            String national = national(library, region, random);
            String dialled =
                    switch (random.nextInt(4)) {
                        case 0 -> "+" + library.getCountryCodeForRegion(region) + national;
                        case 1 -> national;
                        case 2 -> "0" + national;
                        default -> random.nextInt(100) + national;
                    };
            PhoneText text = PhoneText.of(dialled);
            assertThat(
                            text == null || dialled.startsWith("00")
                                    ? null
                                    : DialledNumber.of(text, region))
                    .as("%s in %s", dialled, region)
                    .isEqualTo(
                            dialled.startsWith("00") ? null : DialledNumber.any(dialled, region));
        }
    }

    /** An example number of the region with its last digits changed, or any digits. */
    private static String national(
            PhoneNumberUtil library, String region, SplittableRandom random) {
        PhoneNumberUtil.PhoneNumberType[] types = PhoneNumberUtil.PhoneNumberType.values();
        var example = library.getExampleNumberForType(region, types[random.nextInt(types.length)]);
        String digits = example == null ? "5" : library.getNationalSignificantNumber(example);
        int kept = random.nextInt(digits.length() + 1);
        StringBuilder national = new StringBuilder(digits.substring(0, kept));
        while (national.length() < digits.length() + random.nextInt(2)) {
            national.append(random.nextInt(10));
        }
        return national.toString();
    }
}

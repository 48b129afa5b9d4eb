package io.customergraph.matching.normalize;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.SplittableRandom;
import java.util.function.Consumer;

/** What holds for any string at all. */
class NormalizingLawsTest {

    private static final int STRINGS = 40_000;

    @Test
    void normalising_an_email_again_changes_nothing() {
        forAnyString(
                new String[] {
                    "@",
                    ".",
                    "ann",
                    "gmail.com",
                    "\"",
                    "\\",
                    "<",
                    ">",
                    "mailto:",
                    "%2B",
                    "%C3",
                    "%A9",
                    "“",
                    "”",
                    "'",
                    "\u200D",
                    "\uFE0F",
                    "\u0307",
                    "xn--",
                    "+",
                    "-",
                    "é",
                    "ß",
                    "İ",
                    "Σ",
                    "..",
                    "example",
                    " "
                },
                raw ->
                        Email.of(raw)
                                .ifPresent(
                                        email -> {
                                            assertThat(Email.of(email.normalized()))
                                                    .as(raw)
                                                    .contains(email);
                                            Email canonical =
                                                    Email.of(email.canonical()).orElseThrow();
                                            assertThat(canonical.canonical())
                                                    .as(raw)
                                                    .isEqualTo(email.canonical());
                                        }));
    }

    @Test
    void normalising_a_phone_again_changes_nothing() {
        forAnyString(
                new String[] {
                    "+",
                    "00",
                    "0",
                    "5",
                    "966",
                    "501234567",
                    "33",
                    "52",
                    "1",
                    "55",
                    "549",
                    "x",
                    "ext",
                    ";ext=",
                    "tel:",
                    "-",
                    "(",
                    ")",
                    "٥",
                    "#",
                    ",",
                    " "
                },
                raw -> {
                    Phone.ofWhatsAppId(raw);
                    Phone.of(raw, raw);
                    Phone.of(raw, "SA")
                            .ifPresent(
                                    phone ->
                                            assertThat(Phone.of(phone.e164(), null))
                                                    .as(raw)
                                                    .map(Phone::e164)
                                                    .contains(phone.e164()));
                    Phone.of(raw, "US")
                            .ifPresent(phone -> assertThat(phone.e164()).matches("\\+[0-9]{4,15}"));
                });
    }

    @Test
    void normalising_a_name_again_changes_nothing() {
        forAnyString(
                new String[] {
                    "al", "-", " ", "Dr.", "بن", "ال", "عبد", "محمد", "é", "İ", "ß", "Abdul", "din",
                    "'", ",", ".", "van", "ß", "Ж", "漢", "abu", "ben", "um", "sayed", "ام", "ابن",
                    "edine"
                },
                raw -> {
                    PersonName full = PersonName.ofFull(raw);
                    PersonName again = PersonName.of(full.given(), full.family());
                    assertThat(again.key()).as(raw).isEqualTo(full.key());
                    assertThat(again.display()).as(raw).isEqualTo(full.display());
                    assertThat(full.tokens()).as(raw).noneMatch(String::isEmpty);
                    assertThat(full.skeletons()).hasSameSizeAs(full.tokens());
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "5",
                "@",
                ".",
                "\"",
                "\\",
                "<",
                "<a@",
                "%41",
                "a@",
                "+",
                "0",
                " ",
                "-",
                "\u0301",
                "ا",
                "عبد ",
                "al-",
                "bin ",
                "\uD800",
                "\uDC00",
                "\u200D",
                "ﷺ",
                "漢",
                "\uD83D\uDE00",
                "x5",
                "\"\\",
                "=?",
                "xn--",
                "，",
                "İ",
                "'"
            })
    @Timeout(30)
    void the_same_again_and_again_ends_soon_at_any_length(String piece) {
        for (int length : new int[] {99, 100, 101, 299, 300, 301, 999, 1000, 1001, 1 << 20}) {
            String text = piece.repeat(length / piece.length() + 1).substring(0, length);
            for (String raw :
                    new String[] {text, text + "@shop.example", "ann@" + text, "+" + text}) {
                Email.of(raw);
                Phone.of(raw, "SA");
                Phone.ofWhatsAppId(raw);
                PersonName.ofFull(raw);
                PersonName name = PersonName.of(raw, raw);
                assertThat(name.skeletons()).hasSameSizeAs(name.tokens());
            }
        }
    }

    private static void forAnyString(String[] pieces, Consumer<String> law) {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < STRINGS; i++) {
            StringBuilder text = new StringBuilder();
            int length = random.nextInt(12);
            for (int j = 0; j < length; j++) {
                switch (random.nextInt(8)) {
                    case 0 -> text.append((char) random.nextInt(0x10000));
                    case 1 -> text.appendCodePoint(random.nextInt(Character.MAX_CODE_POINT + 1));
                    case 2 -> text.append((char) random.nextInt(0x80));
                    case 3 -> text.append((char) random.nextInt(0x600, 0x700));
                    default -> text.append(pieces[random.nextInt(pieces.length)]);
                }
            }
            law.accept(text.toString());
        }
    }
}

package io.customergraph.matching.normalize;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

class PersonNameTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "محمد,مُحَمَّد,محـمد,Mohamed,Mohammed,Muhammad,Mohammad,Mohamad,Muhammed,MOHAMED",
                "أحمد,احمد,Ahmed,Ahmad,Ahmet",
                "فاطمة,فاطمه,Fatima,Fatma,Fatimah,Fatema,Fátima",
                "يوسف,Youssef,Yusuf,Yousef,Yousuf,Yusef,Youcef",
                "خالد,Khaled,Khalid",
                "علي,على,Ali,Aly",
                "حسين,Hussein,Hussain,Husain,Houssein,Hussayn",
                "عمر,Omar,Umar,Omer",
                "عثمان,Othman,Osman,Uthman",
                "مصطفى,Mostafa,Mustafa,Moustafa,Mustapha",
                "إبراهيم,ابراهيم,Ibrahim,Ebrahim,Brahim",
                "عائشة,Aisha,Aicha,Aysha",
                "سليمان,Suleiman,Soliman,Sulaiman,Slimane",
                "عبد الرحمن,عبدالرحمن,Abdul Rahman,Abdulrahman,Abdel-Rahman,Abderrahmane,Abd"
                        + " al-Rahman",
                "عبد الله,عبدالله,Abdullah,Abdallah,Abdulla",
                "عبد العزيز,عبدالعزيز,Abdulaziz,Abdelaziz,Abdul Aziz",
                "نور الدين,نورالدين,Noureddine,Nour El Din,Nooruddin,Nur-ed-Din",
                "أبو بكر,ابوبكر,Abu Bakr,Aboubakr,Abou Bakr",
                "السيد,El-Sayed,Al-Sayed",
                "José,Jose,JOSE\u0301,jose",
                "Œuvrard,Oeuvrard",
                "Groß,Gross,GROSS",
                "O'Neil,O’Neil,ONeil",
                "Иванов,Ivanov",
            })
    void spellings_of_one_name_have_one_key(String spellings) {
        assertThat(List.of(spellings.split(",", -1)))
                .extracting(spelling -> PersonName.of("Zz", spelling).key())
                .allSatisfy(key -> assertThat(key).contains(" "))
                .containsOnly(
                        PersonName.of("Zz", spellings.substring(0, spellings.indexOf(','))).key());
    }

    @ParameterizedTest
    @CsvSource({
        "John, Jean",
        "Jon, Jan",
        "Maria, Mario",
        "Ellen, Alan",
        "أحمد, حامد",
        "Ahmed, Hamid",
        "Salem, Salim",
        "Ali, Alaa",
        "Rami, Rémi",
        "Amin, Amina",
        "سعيد, سعد",
    })
    void different_names_have_different_keys(String one, String other) {
        assertThat(PersonName.of(one, null).key()).isNotEqualTo(PersonName.of(other, null).key());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Dr. Mohamed Al-Ali         | Mohamed      | Al-Ali        | ali mohamed",
                "Mohamed Al Ali             | Mohamed      | Al Ali        | ali mohamed",
                "Al-Ali, Mohamed            | Mohamed      | Al-Ali        | ali mohamed",
                "د. محمد العلي              | محمد         | العلي         | ali mohamed",
                "م/ محمد علي                | محمد         | علي           | ali mohamed",
                "السيد محمد علي             | محمد         | علي           | ali mohamed",
                "Mr. John Smith Jr.         | John         | Smith         | john smith",
                "John Smith, MD             | John         | Smith         | john smith",
                "Mme Élodie Dupont          | Élodie       | Dupont        | dupont elodie",
                "Eng. Khaled bin Saad       | Khaled       | bin Saad      | khaled saad",
                "خالد بن سعد                | خالد         | بن سعد        | khaled saad",
                "Ludwig van Beethoven       | Ludwig       | van Beethoven | beethoven ludwig van",
                "Jean-Pierre Martin         | Jean-Pierre  | Martin        | jean martin pierre",
                "J.R. Example               | J. R.        | Example       | example j r",
                "Ann                        | Ann          | ''            | ann",
                "Ben Smith                  | Ben          | Smith         | ben smith",
                "Al Gore                    | Al           | Gore          | al gore",
                "'  Ann \u200F  (work) 😀 Lee ' | Ann work   | Lee           | ann lee work",
            })
    void a_full_name_is_taken_apart(String full, String given, String family, String key) {
        PersonName name = PersonName.ofFull(full);
        assertThat(name.given()).isEqualTo(given);
        assertThat(name.family()).isEqualTo(family);
        assertThat(name.display()).isEqualTo((given + " " + family).strip());
        assertThat(name.key()).isEqualTo(key);
    }

    @Test
    void the_order_of_words_does_not_matter() {
        assertThat(PersonName.of("Lee", "Ann").key()).isEqualTo(PersonName.of("Ann", "Lee").key());
        assertThat(PersonName.of("Lee", "Ann").tokens()).containsExactly("lee", "ann");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "-",
                "...",
                "N/A",
                "n/a",
                "null",
                "Unknown",
                "No name",
                "123",
                "😀",
                "Dr.",
                "ann@shop.example",
                "غير معروف",
                "\0",
                "\uD800",
            })
    void what_is_no_name_is_empty(String raw) {
        assertThat(PersonName.ofFull(raw).isEmpty()).isTrue();
        assertThat(PersonName.of(raw, raw).key()).isEmpty();
    }

    @Test
    void an_absent_or_endless_name_is_empty() {
        @Nullable String absent = null;
        assertThat(PersonName.ofFull(absent).isEmpty()).isTrue();
        assertThat(PersonName.of(absent, absent).tokens()).isEmpty();
        assertThat(PersonName.ofFull("a".repeat(1_000_000)).isEmpty()).isTrue();
    }

    @Test
    void skeletons_compare_unlisted_names_across_scripts() {
        assertThat(PersonName.of("شكشوكي", null).skeletons())
                .isEqualTo(PersonName.of("Chakchouki", null).skeletons())
                .isEqualTo(PersonName.of("Shakshuki", null).skeletons());
    }
}

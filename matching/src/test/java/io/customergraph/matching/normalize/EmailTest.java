package io.customergraph.matching.normalize;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "ann@shop.example                        | ann@shop.example",
                "Ann.Lee@Shop.Example                    | ann.lee@shop.example",
                "ann@shop.example.                       | ann@shop.example",
                "ann@shop.example;                       | ann@shop.example",
                "<ann@shop.example>                      | ann@shop.example",
                "Ann Lee <Ann@Shop.example>              | ann@shop.example",
                "\"Lee, Ann <x>\" <ann@shop.example>     | ann@shop.example",
                "mailto:ann@shop.example?subject=hi      | ann@shop.example",
                "MAILTO:ann%2Bnews@shop.example          | ann+news@shop.example",
                "<mailto:ann@shop.example>               | ann@shop.example",
                "ａｎｎ＠ｓｈｏｐ．ｅｘａｍｐｌｅ                | ann@shop.example",
                "ann@bücher.example                      | ann@xn--bcher-kva.example",
                "ann@BÜCHER.example                      | ann@xn--bcher-kva.example",
                "ann@xn--bcher-kva.example               | ann@xn--bcher-kva.example",
                "ann@faß.example                         | ann@xn--fa-hia.example",
                "ann@shop。example                        | ann@shop.example",
                "ann@مثال.إختبار                          | ann@xn--mgbh0fb.xn--kgbechtv",
                "\"ann\"@shop.example                     | ann@shop.example",
                "\"ann lee\"@shop.example                 | \"ann lee\"@shop.example",
                "\"a@b\"@shop.example                     | \"a@b\"@shop.example",
                "\"a\\\"b\"@shop.example                  | \"a\\\"b\"@shop.example",
                "\"a\\n\"@shop.example                    | an@shop.example",
                "José@shop.example                       | josé@shop.example",
                "用户@shop.example                        | 用户@shop.example",
                "!#$%&'*+-/=?^_`{}@shop.example          | !#$%&'*+-/=?^_`{}@shop.example",
                "a@1.example                             | a@1.example",
            })
    void an_address_is_one_however_it_is_written(String raw, String normalized) {
        assertThat(Email.of(raw)).get().extracting(Email::normalized).isEqualTo(normalized);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "@",
                "ann",
                "ann@",
                "@shop.example",
                "ann@shop",
                "ann@localhost",
                "ann@@shop.example",
                "ann@shop..example",
                "ann@.shop.example",
                "ann@-shop.example",
                "ann@shop-.example",
                "ann@sh_op.example",
                "ann@sh op.example",
                "an n@shop.example",
                ".ann@shop.example",
                "ann.@shop.example",
                "an..n@shop.example",
                "ann@192.0.2.1",
                "ann@[192.0.2.1]",
                "a\"b@shop.example",
                "\"\"@shop.example",
                "\"ann\\\"@shop.example",
                "ann@shop.example, bob@shop.example",
                "ann@shop.example bob@shop.example",
                "ann\0@shop.example",
                "ann@sh\u0007op.example",
                "ann\uD800@shop.example",
                "ann@xn--99999999999.example",
                "ann@xn--.example",
                "ann(comment)@shop.example",
                "https://shop.example/@ann",
                "966501234567",
            })
    void what_is_no_address_is_empty(String raw) {
        assertThat(Email.of(raw)).isEmpty();
    }

    @Test
    void lengths_are_those_of_rfc_5321() {
        String domain = ("d".repeat(61) + ".").repeat(3) + "example";
        assertThat(Email.of("a".repeat(64) + "@shop.example")).isPresent();
        assertThat(Email.of("a".repeat(65) + "@shop.example")).isEmpty();
        assertThat(Email.of("a".repeat(253 - domain.length()) + "@" + domain)).isPresent();
        assertThat(Email.of("a".repeat(254 - domain.length()) + "@" + domain)).isEmpty();
        assertThat(Email.of("é".repeat(32) + "@shop.example")).isPresent();
        assertThat(Email.of("é".repeat(33) + "@shop.example")).isEmpty();
        assertThat(Email.of("a@" + "d".repeat(64) + ".example")).isEmpty();
        assertThat(Email.of("a".repeat(10_000_000) + "@shop.example")).isEmpty();
        assertThat(Email.of(null)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "a.nn.lee+news@gmail.com,          annlee@gmail.com",
        "Ann.Lee@GoogleMail.com,           annlee@gmail.com",
        "+news@gmail.com,                  +news@gmail.com",
        "ann.lee+news@outlook.com,         ann.lee@outlook.com",
        "ann+news@hotmail.fr,              ann@hotmail.fr",
        "ann+news@live.com,                ann@live.com",
        "ann+news@msn.com,                 ann@msn.com",
        "ann+news@icloud.com,              ann@icloud.com",
        "ann+news@me.com,                  ann@me.com",
        "ann-news@yahoo.com,               ann@yahoo.com",
        "ann+news@yahoo.com,               ann+news@yahoo.com",
        "ann+news@fastmail.com,            ann@fastmail.com",
        "news@ann.fastmail.com,            ann@fastmail.com",
        "a.n-n_lee+news@proton.me,         annlee@proton.me",
        "ann.lee@pm.me,                    annlee@pm.me",
        "-_-@proton.me,                    -_-@proton.me",
        "ann-lee+news@ya.ru,               ann.lee@yandex.ru",
        "ann.lee@yandex.com,               ann.lee@yandex.ru",
        "ann+news@zoho.com,                ann@zoho.com",
        "ann+news@shop.example,            ann+news@shop.example",
        "a.nn-lee@shop.example,            a.nn-lee@shop.example",
        "a.nn@gmail.com.shop.example,      a.nn@gmail.com.shop.example",
    })
    void the_canonical_form_follows_the_provider(String raw, String canonical) {
        assertThat(Email.of(raw)).get().extracting(Email::canonical).isEqualTo(canonical);
    }

    @Test
    void a_gmail_tag_and_dots_are_one_mailbox() {
        Email tagged = Email.of("A.nn.Lee+shop@gmail.com").orElseThrow();
        Email plain = Email.of("annlee@googlemail.com").orElseThrow();
        assertThat(tagged.canonical()).isEqualTo(plain.canonical());
        assertThat(tagged.normalized()).isEqualTo("a.nn.lee+shop@gmail.com");
        assertThat(tagged.domain()).isEqualTo("gmail.com");
    }

    @Test
    void a_quoted_local_part_is_nobodys_tag() {
        assertThat(Email.of("\"ann @ lee+news\"@gmail.com"))
                .get()
                .satisfies(email -> assertThat(email.canonical()).isEqualTo(email.normalized()))
                .extracting(Email::domain)
                .isEqualTo("gmail.com");
    }

    @ParameterizedTest
    @CsvSource({
        "ann@shop.example,                 IDENTITY",
        "ann@example.com,                  IDENTITY",
        "test@example.org,                 IDENTITY",
        "informatica@shop.example,         IDENTITY",
        "ann@bücher.example,               IDENTITY",
        "ann@пример.испытание,             IDENTITY",
        "info@shop.example,                WEAK",
        "info+orders@shop.example,         WEAK",
        "No-Reply@shop.example,            WEAK",
        "customer.service@shop.example,    WEAK",
        "accueil@shop.example,             WEAK",
        "contacto@shop.example,            WEAK",
        "commercial@shop.example,          WEAK",
        "ann@mailinator.com,               WEAK",
        "ann@eu.mailinator.com,            WEAK",
        "ann-shop@yahoo.com,               WEAK",
        "ann@раура1.example,               WEAK",
        "ann@раypal.example,               WEAK",
        "none@shop.example,                UNUSABLE",
        "no-email@shop.example,            UNUSABLE",
        "test@test.com,                    UNUSABLE",
        "test@test.co.uk,                  UNUSABLE",
        "no@no.com,                        UNUSABLE",
        "a@a.a,                            UNUSABLE",
        "aaa@aaa.com,                      UNUSABLE",
    })
    void quality_says_what_an_address_may_prove(String raw, Quality quality) {
        assertThat(Email.of(raw)).get().extracting(Email::quality).isEqualTo(quality);
    }
}

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
                "“ann@shop.example”                      | ann@shop.example",
                "«ann@shop.example»                      | ann@shop.example",
                "'ann@shop.example'                      | ann@shop.example",
                "ann@shop.example <ann@shop.example>     | ann@shop.example",
                "\"bob@x.example\" <ann@shop.example>    | ann@shop.example",
                "Friends: Ann Lee <ann@shop.example>;    | ann@shop.example",
                "=?utf-8?q?Ann?= <ann@shop.example>      | ann@shop.example",
                "mailto:a%25b@shop.example               | a%b@shop.example",
                "mailto:a%3Fb@shop.example?blat=foop     | a?b@shop.example",
                "mailto:%22a%40b%22@shop.example         | \"a@b\"@shop.example",
                "mailto:Ann@b%C3%BCcher.example          | ann@xn--bcher-kva.example",
                "mailto:%C3%89va@shop.example            | éva@shop.example",
                "mailto:50%off@shop.example              | 50%off@shop.example",
                "'an\u200Dn\uFE0F@shop.example'          | ann@shop.example",
                "\u0130nci@shop.example                  | inci@shop.example",
                "inci@shop.example                       | inci@shop.example",
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
                "(comment)ann@shop.example",
                "ann@shop.example(comment)",
                "ann@(comment)shop.example",
                "Ann (at home) <ann(home)@shop.example>",
                "ann . lee@shop.example",
                "ann@shop . example",
                "ann\\@lee@shop.example",
                "ann\"lee\"@shop.example",
                "ann@lee@shop.example",
                "@relay.example:ann@shop.example",
                "<@relay.example,@other.example:ann@shop.example>",
                "Ann <ann@shop.example>, Bob <bob@shop.example>",
                "ann@shop.example, Bob <bob@shop.example>",
                "<ann@shop.example>, \"B. \\\"Bob\\\" Lee\" <bob@shop.example>",
                "Undisclosed recipients:;",
                "ann@[IPv6:2001:db8::1]",
                "ann@shop.example”",
                "ann@192.0.2.1.",
                "ann(at)shop.example",
                "mailto:ann%00@shop.example",
                "mailto:ann%FF@shop.example",
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
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "\"ann..lee\"@shop.example             | \"ann..lee\"@shop.example",
                "\" \"@shop.example                    | \" \"@shop.example",
                "\"a.(),:;<>[]\\\"b\"@shop.example     | \"a.(),:;<>[]\\\"b\"@shop.example",
                "\"ann\\ lee\"@shop.example            | \"ann lee\"@shop.example",
                "\"ann.lee\"@shop.example              | ann.lee@shop.example",
                "host!user%other@shop.example         | host!user%other@shop.example",
                "dept/office=paris@shop.example       | dept/office=paris@shop.example",
                "$A1_2@shop.example                   | $a1_2@shop.example",
                "ann-@shop.example                    | ann-@shop.example",
                "δοκιμή@παράδειγμα.δοκιμή             | δοκιμή@xn--hxajbheg2az3al.xn--jxalpdlp",
                "ماجد@مثال.إختبار                      | ماجد@xn--mgbh0fb.xn--kgbechtv",
                "संपर्क@उदाहरण.परीक्षा                       |"
                        + " संपर्क@xn--p1b6ci4b4b3a.xn--11b5bs3a9aj6g",
                "почта@пример.испытание               | почта@xn--e1afmkfd.xn--80akhbyknj4f",
                "i❤\uFE0Fu@shop.example                | i❤\uFE0Fu@shop.example",
            })
    void the_forms_of_rfc_5321_and_6531_are_addresses(String raw, String normalized) {
        assertThat(Email.of(raw)).get().extracting(Email::normalized).isEqualTo(normalized);
    }

    @ParameterizedTest
    @CsvSource({
        "faß.example,         xn--fa-hia.example",
        "FASS.example,        fass.example",
        "ΒΌΛΟΣ.example,       xn--nxasmq6b.example",
        "βόλος.example,       xn--nxasmm1c.example",
        "βόλοσ.example,       xn--nxasmq6b.example",
        "نامه\u200Cای.example, xn--mgba3gch31f060k.example",
        "ශ්\u200Dරී.example,   xn--10cl1a0b660p.example",
        "a\u0301.example,     xn--1ca.example",
        "á.example,           xn--1ca.example",
        "日本語。example,       xn--wgv71a119e.example",
        "☃.example,           xn--n3h.example",
        "XN--N3H.example,     xn--n3h.example",
        "①.example,           1.example",
    })
    void a_domain_is_in_ascii_as_uts_46_has_it(String domain, String ascii) {
        assertThat(Email.of("ann@" + domain)).get().extracting(Email::domain).isEqualTo(ascii);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x\u200Dy.example",
                "\u200Cx.example",
                "אabc.example",
                "1אב.example",
                "\u0301a.example",
                "xn--strasse-x.example",
                "xn--a.example",
                "a_b.example",
                "a\u3002\u3002example",
            })
    void a_domain_that_uts_46_refuses_is_none(String domain) {
        assertThat(Email.of("ann@" + domain)).isEmpty();
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
        "ann.lee@zoho.com,                 ann.lee@zoho.com",
        "ann+a+b@gmail.com,                ann@gmail.com",
        "ann+@gmail.com,                   ann@gmail.com",
        "a-n_n@gmail.com,                  a-n_n@gmail.com",
        "ann.lee@outlook.com,              ann.lee@outlook.com",
        "ann_lee+news@hotmail.co.uk,       ann_lee@hotmail.co.uk",
        "ann.lee+news@icloud.com,          ann.lee@icloud.com",
        "ann-a-b@ymail.com,                ann@ymail.com",
        "ann.lee@yahoo.com,                ann.lee@yahoo.com",
        "ann.lee+news@fastmail.com,        ann.lee@fastmail.com",
        "a+b@ann.fastmail.com,             ann@fastmail.com",
        "news@ann.gmail.com,               news@ann.gmail.com",
        "ann+news@protonmail.com,          ann@protonmail.com",
        "ann.lee@yandex.com.tr,            ann.lee@yandex.ru",
        "ann+news@yandex.ru,               ann@yandex.ru",
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
        "ann@аррӏе.example,                WEAK",
        "ann@ελabc.example,                WEAK",
        "ann@日本語abc.example,              IDENTITY",
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

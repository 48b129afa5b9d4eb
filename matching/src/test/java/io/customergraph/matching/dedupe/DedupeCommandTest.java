package io.customergraph.matching.dedupe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

class DedupeCommandTest {

    private static final Pattern FIRST_THRESHOLD =
            Pattern.compile("0\\.5 +([\\d,]+) +([\\d.]+) +([\\d.]+) +([\\d.]+)");

    @TempDir private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int dedupe(Path file, String... options) {
        return new CommandLine(new DedupeCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(
                        Stream.concat(Stream.of(file.toString()), Stream.of(options))
                                .toArray(String[]::new));
    }

    private Path madeUp(int seed, int records) {
        Path file = directory.resolve("people.csv");
        int exit =
                new CommandLine(new MadeUpPeopleCommand())
                        .execute(file.toString(), "--seed=" + seed, "--records=" + records);
        assertThat(exit).isZero();
        return file;
    }

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("file.csv"), text);
    }

    @Test
    void people_are_found_without_labels() {
        Path file = madeUp(1, 12_000);

        assertThat(dedupe(file)).isZero();

        Matcher quality = FIRST_THRESHOLD.matcher(out.toString());
        assertThat(quality.find()).as(out.toString()).isTrue();
        assertThat(Double.parseDouble(quality.group(2))).as("precision").isGreaterThan(0.97);
        assertThat(Double.parseDouble(quality.group(3))).as("recall").isGreaterThan(0.95);
        assertThat(out.toString()).contains("converged").contains("B-cubed");
    }

    @Test
    void the_same_file_gives_the_same_people_and_every_record_one() throws IOException {
        Path file = madeUp(2, 6_000);
        Path once = directory.resolve("once.csv");
        Path again = directory.resolve("again.csv");

        assertThat(dedupe(file, "--out", once.toString())).isZero();
        assertThat(dedupe(file, "--out", again.toString())).isZero();

        assertThat(Files.readString(again)).isEqualTo(Files.readString(once));
        assertThat(Files.readAllLines(once)).hasSameSizeAs(Files.readAllLines(file));
    }

    @Test
    void columns_are_known_by_their_names_or_as_said() throws IOException {
        Path file =
                file(
                        """
                        id;Vorname;Familienname;Geboren;Beruf
                        1;Anna;Meier;1970-01-02;Maurerin
                        2;Anna;Meyer;1970-01-02;Maurerin
                        3;Otto;Schulz;1980-05-06;Bäcker
                        """);

        int exit =
                dedupe(
                        file,
                        "--delimiter=;",
                        "--map=first_name=Vorname,surname=Familienname,dob=Geboren",
                        "--text=Beruf");

        assertThat(exit).isZero();
        assertThat(out.toString())
                .contains("Vorname as first name: 3 values, 2 distinct")
                .contains("Beruf as text")
                .contains("2 at threshold");
    }

    @Test
    void a_full_name_is_taken_apart() throws IOException {
        Path file =
                file(
                        """
                        full_name,dob
                        "Haddad, Sara",1990-01-01
                        Sara Haddad,1990-01-01
                        """);

        assertThat(dedupe(file)).isZero();

        assertThat(out.toString()).contains("full_name as last name: 2 values, 1 distinct");
    }

    @Test
    void what_is_wrong_with_lines_is_counted_and_the_rest_proceeds() throws IOException {
        String more =
                """
                too,few
                900,a,b,c,d,e,f,g,h,i,j
                0,Sara,Haddad,1990-01-01,Jeddah,,,,7
                ,Sara,Haddad,1990-01-01,Jeddah,,,,7
                901,,,,,,,,8
                902,Sara,Haddad,2090-01-01,Jeddah,,,,9
                """;
        Path file = madeUp(3, 60);
        Files.writeString(
                file,
                more + "903," + "x".repeat(100_000) + ",\u0000\u0001,,,,,,9\n",
                StandardOpenOption.APPEND);

        assertThat(dedupe(file)).isZero();

        assertThat(out.toString())
                .contains("1 line with fewer fields")
                .contains("1 line with more fields")
                .contains("1 line with the id of an earlier line")
                .contains("1 line without an id")
                .contains("1 line with nothing of a person")
                .contains("1 unusable");
    }

    @Test
    void another_encoding_is_told_by_line() throws IOException {
        Path file = directory.resolve("latin.csv");
        Files.write(
                file,
                "unique_id,first_name,surname\n1,André,Müller\n2,Andre,Muller\n"
                        .getBytes(StandardCharsets.ISO_8859_1));

        assertThat(dedupe(file)).isZero();
        assertThat(out.toString()).contains("not in the encoding").contains("(line 2)");

        out.getBuffer().setLength(0);
        assertThat(dedupe(file, "--encoding=ISO-8859-1")).isZero();
        assertThat(out.toString()).doesNotContain("not in the encoding");
    }

    @Test
    void a_file_that_is_no_table_of_people_is_refused_with_what_to_do() throws IOException {
        for (List<String> refused :
                List.of(
                        List.of("", "empty"),
                        List.of("a,b\n1,2\n", "--map"),
                        List.of("first_name\nx\n", "no column wages", "--text=wages"),
                        List.of("first_name\nx\n", "Nothing is called", "--map=wages=first_name"),
                        List.of("first_name\nx\n", "no encoding", "--encoding=klingon"))) {
            err.getBuffer().setLength(0);
            Path file = file(refused.getFirst());
            String[] options = refused.stream().skip(2).toArray(String[]::new);

            assertThat(dedupe(file, options)).as(refused.toString()).isNotZero();

            assertThat(err.toString()).contains(refused.get(1)).doesNotContain("\tat ");
        }
        assertThat(dedupe(directory.resolve("nowhere.csv"))).isEqualTo(2);
        assertThat(dedupe(file("first_name\nx\n"), "--threshold=2")).isEqualTo(2);
    }

    @Test
    void a_table_of_one_or_none_has_nothing_to_compare() throws IOException {
        assertThat(dedupe(file("unique_id,first_name\n"))).isZero();
        assertThat(dedupe(file("unique_id,first_name\n1,Sara\n"))).isZero();
        assertThat(out.toString()).contains("nothing to compare");
    }
}

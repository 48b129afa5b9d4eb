package io.customergraph.matching.dedupe;

import io.customergraph.matching.compare.FieldKind;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** {@code dedupe people.csv}: finds the people in a table. */
@Command(
        name = "dedupe",
        description = {
            "Finds which records of a CSV file are one person's, without labels, and writes them"
                    + " with",
            "the number of the person. Where a column says who is who it prints how well that"
                    + " went.",
            "",
            "Columns are known by their usual names (first_name, surname, dob, city, postcode,"
                    + " email,",
            "phone, unique_id, cluster …); others are named by --map, --text or --category."
        })
@SuppressWarnings("NullAway.Init")
public final class DedupeCommand implements Callable<Integer> {

    private static final int UNUSABLE = 1;

    @Spec private CommandSpec command;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "shows this")
    @SuppressWarnings("UnusedVariable") // picocli asks for it by the annotation.
    private boolean isHelp;

    @Parameters(paramLabel = "<file>", description = "the table, with a header line")
    private Path file;

    @Option(
            names = "--map",
            split = ",",
            paramLabel = "<role>=<column>",
            description =
                    "what a column means, such as first_name=vorname; roles are unique_id, cluster,"
                            + " name, first_name, last_name, birth_date, city, postcode, address,"
                            + " email, phone, company, external_id")
    private Map<String, String> mapped = Map.of();

    @Option(
            names = "--text",
            split = ",",
            paramLabel = "<column>",
            description = "further columns to compare as text of a few words")
    private List<String> texts = List.of();

    @Option(
            names = "--category",
            split = ",",
            paramLabel = "<column>",
            description = "further columns to compare as one of a few values")
    private List<String> categories = List.of();

    @Option(
            names = "--threshold",
            defaultValue = "0.5",
            description =
                    "the least probability of a pair to begin with (default: ${DEFAULT-VALUE})")
    private double threshold;

    @Option(
            names = "--region",
            paramLabel = "<country>",
            description = "where national phone numbers are read, such as SA")
    private @Nullable String region;

    @Option(names = "--delimiter", defaultValue = ",", description = "default: a comma")
    private char delimiter;

    @Option(names = "--encoding", defaultValue = "UTF-8", description = "default: UTF-8")
    private String encoding;

    @Option(
            names = "--out",
            paramLabel = "<file>",
            description = "where to write id and person; nothing is written without it")
    private @Nullable Path out;

    @Option(names = "--model", description = "prints what each agreement turned out to be worth")
    private boolean isModelShown;

    @Override
    public Integer call() throws IOException {
        if (!(threshold > 0 && threshold < 1)) {
            throw new ParameterException(
                    command.commandLine(), "A threshold lies between 0 and 1: " + threshold);
        }
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new ParameterException(
                    command.commandLine(), "There is no file to read at " + file);
        }
        try {
            TableReader.Format format =
                    new TableReader.Format(encoding(), delimiter, mapped, texts, categories);
            FieldKind.Reading reading =
                    new FieldKind.Reading(region, LocalDate.now(Clock.systemUTC()));
            new Dedupe(command.commandLine().getOut(), threshold, isModelShown)
                    .run(file, format, reading, out);
            return 0;
        } catch (Unusable unusable) {
            command.commandLine().getErr().println(unusable.getMessage());
            return UNUSABLE;
        }
    }

    private Charset encoding() {
        try {
            return encoding.equals("UTF-8") ? StandardCharsets.UTF_8 : Charset.forName(encoding);
        } catch (IllegalArgumentException unknown) {
            throw new Unusable("There is no encoding " + encoding + "; UTF-8 is one");
        }
    }
}

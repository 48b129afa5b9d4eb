package io.customergraph.matching.dedupe;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/** {@code made-up-people people.csv}: writes a table to try {@code dedupe} with. */
@Command(
        name = "made-up-people",
        description = "Writes a CSV file of people who do not exist, to try `dedupe` with.")
@SuppressWarnings("NullAway.Init")
public final class MadeUpPeopleCommand implements Callable<Integer> {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "shows this")
    @SuppressWarnings("UnusedVariable") // picocli asks for it by the annotation.
    private boolean isHelp;

    @Parameters(paramLabel = "<file>", description = "is written anew")
    private Path file;

    @Option(
            names = "--records",
            defaultValue = "100000",
            description = "how many (default: ${DEFAULT-VALUE})")
    private int records;

    @Option(names = "--seed", defaultValue = "1", description = "of all chance (default: 1)")
    private long seed;

    @Override
    public Integer call() throws IOException {
        try (Writer out = Files.newBufferedWriter(file)) {
            new MadeUpPeople(seed).write(out, records);
        }
        return 0;
    }
}

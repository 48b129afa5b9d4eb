package io.customergraph.matching.dedupe;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;

import io.customergraph.matching.compare.FieldKind;
import io.customergraph.matching.normalize.PersonName;
import io.customergraph.matching.population.PopulationBuilder;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads a table in chunks: what is wrong with a line is counted, and the rest proceeds. */
final class TableReader {

    private static final int CHUNK = 20_000;
    private static final char UNREADABLE = '\uFFFD';
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final ColumnRoles roles;
    private final int columns;
    private final PopulationBuilder people;
    private final List<@Nullable String[]> chunk = new ArrayList<>(CHUNK);
    private final List<String> ids = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();
    private final Map<String, Integer> persons = new HashMap<>();
    private final Problems problems = new Problems();
    private int[] truth = new int[CHUNK];

    private TableReader(ColumnRoles roles, int columns, FieldKind.Reading reading) {
        this.roles = roles;
        this.columns = columns;
        this.people =
                new PopulationBuilder(
                        roles.fields().stream().map(ColumnRoles.Field::name).toList(),
                        roles.fields().stream().map(ColumnRoles.Field::kind).toList(),
                        reading);
    }

    /** How a file is written and what its columns mean. */
    record Format(
            Charset encoding,
            char delimiter,
            Map<String, String> mapped,
            List<String> texts,
            List<String> categories) {}

    /**
     * Reads a file.
     *
     * @throws Unusable where it cannot be read as a table of people at all
     */
    static Table read(Path file, Format format, FieldKind.Reading reading) throws IOException {
        try (Reader text =
                        new InputStreamReader(
                                Files.newInputStream(file),
                                format.encoding()
                                        .newDecoder()
                                        .onMalformedInput(CodingErrorAction.REPLACE)
                                        .onUnmappableCharacter(CodingErrorAction.REPLACE));
                CsvReader<CsvRecord> lines =
                        CsvReader.builder()
                                .fieldSeparator(format.delimiter())
                                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                                .ofCsvRecord(text)) {
            Iterator<CsvRecord> records = lines.iterator();
            if (!records.hasNext()) {
                throw new Unusable("The file is empty");
            }
            List<String> header = header(records.next());
            ColumnRoles roles =
                    ColumnRoles.of(header, format.mapped(), format.texts(), format.categories());
            TableReader reader = new TableReader(roles, header.size(), reading);
            while (records.hasNext()) {
                reader.add(records.next());
            }
            return reader.table();
        } catch (CsvParseException broken) {
            throw new Unusable(
                    "A field is longer than any text: is a quotation mark left open? "
                            + broken.getMessage());
        }
    }

    private static List<String> header(CsvRecord first) {
        List<String> header = new ArrayList<>(first.getFields());
        if (!header.getFirst().isEmpty() && header.getFirst().charAt(0) == BYTE_ORDER_MARK) {
            header.set(0, header.getFirst().substring(1));
        }
        return header.stream().map(String::strip).toList();
    }

    private void add(CsvRecord line) {
        long number = line.getStartingLineNumber();
        if (line.getFieldCount() != columns) {
            problems.add(
                    line.getFieldCount() < columns
                            ? Problems.Kind.TOO_FEW_FIELDS
                            : Problems.Kind.TOO_MANY_FIELDS,
                    number);
            return;
        }
        String id = roles.id() == null ? Long.toString(number) : line.getField(roles.id()).strip();
        if (id.isEmpty()) {
            problems.add(Problems.Kind.WITHOUT_ID, number);
            return;
        }
        if (roles.id() != null && !seen.add(id)) {
            problems.add(Problems.Kind.DUPLICATE_ID, number);
            return;
        }
        if (roles.truth() != null) {
            truth = ids.size() < truth.length ? truth : Arrays.copyOf(truth, truth.length * 2);
            String person = line.getField(roles.truth()).strip();
            // Who has no person is a person of its own.
            String key = person.isEmpty() ? "line " + number : person;
            truth[ids.size()] = persons.computeIfAbsent(key, first -> persons.size());
        }
        ids.add(id);
        chunk.add(values(line, number));
        if (chunk.size() == CHUNK) {
            flush();
        }
    }

    private @Nullable String[] values(CsvRecord line, long number) {
        @Nullable String[] values = new String[roles.fields().size()];
        boolean isEmpty = true;
        boolean isUnreadable = false;
        for (int n = 0; n < values.length; n++) {
            ColumnRoles.Field field = roles.fields().get(n);
            String text = line.getField(field.column()).strip();
            isEmpty &= text.isEmpty();
            isUnreadable |= text.indexOf(UNREADABLE) >= 0;
            values[n] = text.isEmpty() ? null : part(field, text);
        }
        if (isEmpty) {
            problems.add(Problems.Kind.EMPTY, number);
        }
        if (isUnreadable) {
            problems.add(Problems.Kind.NOT_IN_ENCODING, number);
        }
        return values;
    }

    private static String part(ColumnRoles.Field field, String text) {
        return switch (field.part()) {
            case ALL -> text;
            case GIVEN -> PersonName.ofFull(text).given();
            case FAMILY -> PersonName.ofFull(text).family();
        };
    }

    private void flush() {
        people.add(chunk);
        chunk.clear();
    }

    private Table table() {
        flush();
        return new Table(
                roles,
                people.build(),
                ids,
                roles.truth() == null ? null : record -> truth[record],
                problems,
                people.unusable());
    }
}

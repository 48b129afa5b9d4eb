package io.customergraph.matching.dedupe;

import io.customergraph.matching.compare.FieldKind;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Which column of a file means what: as the caller says, else by its name.
 *
 * @param id the column that names a record; null where lines are numbered
 * @param truth the column that names the person; null where nobody knows
 * @param fields what is compared, in the order of the file
 * @param ignored columns that nothing is known of
 */
record ColumnRoles(
        @Nullable Integer id, @Nullable Integer truth, List<Field> fields, List<String> ignored) {

    /** The part of a full name that a field takes. */
    enum NamePart {
        ALL,
        GIVEN,
        FAMILY
    }

    /** A field and the column that it is read from. */
    record Field(FieldKind kind, String name, int column, NamePart part) {}

    private static final String ID = "unique_id";
    private static final String TRUTH = "cluster";
    private static final String NAME = "name";

    private static final Map<String, FieldKind> KINDS =
            Map.ofEntries(
                    Map.entry("email", FieldKind.EMAIL),
                    Map.entry("phone", FieldKind.PHONE),
                    Map.entry("first_name", FieldKind.FIRST_NAME),
                    Map.entry("last_name", FieldKind.LAST_NAME),
                    Map.entry("birth_date", FieldKind.BIRTH_DATE),
                    Map.entry("city", FieldKind.CITY),
                    Map.entry("postcode", FieldKind.POSTCODE),
                    Map.entry("address", FieldKind.ADDRESS),
                    Map.entry("company", FieldKind.COMPANY),
                    Map.entry("external_id", FieldKind.EXTERNAL_ID));

    private static final Map<String, List<String>> OTHER_NAMES =
            Map.ofEntries(
                    Map.entry(ID, List.of("id", "rec_id", "record_id", "uid")),
                    Map.entry(TRUTH, List.of("cluster_id", "true_id", "person_id", "entity_id")),
                    Map.entry(NAME, List.of("full_name", "customer_name")),
                    Map.entry("email", List.of("e_mail", "email_address", "mail")),
                    Map.entry(
                            "phone",
                            List.of("phone_number", "telephone", "mobile", "msisdn", "tel")),
                    Map.entry(
                            "first_name", List.of("given_name", "forename", "firstname", "fname")),
                    Map.entry(
                            "last_name",
                            List.of("surname", "family_name", "lastname", "sname", "lname")),
                    Map.entry(
                            "birth_date",
                            List.of("dob", "date_of_birth", "birthdate", "birthday", "bday")),
                    Map.entry("city", List.of("town", "suburb", "birth_place", "locality")),
                    Map.entry("postcode", List.of("postal_code", "zip", "zip_code", "post_code")),
                    Map.entry("address", List.of("street", "address_1", "street_address")),
                    Map.entry("company", List.of("organisation", "organization", "employer")),
                    Map.entry(
                            "external_id", List.of("national_id", "ssn", "soc_sec_id", "tax_id")));

    /** What a caller may name: roles to map columns to. */
    static List<String> roles() {
        List<String> roles = new ArrayList<>(KINDS.keySet());
        roles.addAll(List.of(ID, TRUTH, NAME));
        return roles.stream().sorted().toList();
    }

    /**
     * Finds the columns.
     *
     * @param header the file's
     * @param mapped role to column, as the caller says
     * @param texts columns to compare as text
     * @param categories columns to compare as one of a few values
     * @throws Unusable where a column is not in the file, or there is nothing to compare
     */
    static ColumnRoles of(
            List<String> header,
            Map<String, String> mapped,
            List<String> texts,
            List<String> categories) {
        Finder finder = new Finder(header, mapped);
        Integer id = finder.find(ID);
        Integer truth = finder.find(TRUTH);
        List<Field> fields = new ArrayList<>();
        for (Map.Entry<String, FieldKind> role : KINDS.entrySet()) {
            Integer column = finder.find(role.getKey());
            if (column != null) {
                fields.add(new Field(role.getValue(), header.get(column), column, NamePart.ALL));
            }
        }
        addFullName(finder, header, fields);
        texts.forEach(name -> fields.add(finder.named(name, FieldKind.TEXT)));
        categories.forEach(name -> fields.add(finder.named(name, FieldKind.CATEGORY)));
        if (fields.isEmpty()) {
            throw new Unusable(
                    "No column says anything of a person that compares; the file has "
                            + header
                            + ". Say which is what: --map first_name=<column>, or --text <column>");
        }
        fields.sort(
                (a, b) ->
                        a.kind() == b.kind()
                                ? a.column() - b.column()
                                : a.kind().compareTo(b.kind()));
        return new ColumnRoles(id, truth, List.copyOf(fields), finder.unused());
    }

    private static void addFullName(Finder finder, List<String> header, List<Field> fields) {
        Set<FieldKind> known = new HashSet<>();
        fields.forEach(field -> known.add(field.kind()));
        if (known.contains(FieldKind.FIRST_NAME) || known.contains(FieldKind.LAST_NAME)) {
            return;
        }
        Integer column = finder.find(NAME);
        if (column != null) {
            String name = header.get(column);
            fields.add(new Field(FieldKind.FIRST_NAME, name, column, NamePart.GIVEN));
            fields.add(new Field(FieldKind.LAST_NAME, name, column, NamePart.FAMILY));
        }
    }

    private static final class Finder {

        private final List<String> header;
        private final List<String> plain;
        private final Map<String, String> mapped;
        private final Set<Integer> used = new HashSet<>();

        Finder(List<String> header, Map<String, String> mapped) {
            this.header = header;
            this.plain = header.stream().map(Finder::plain).toList();
            this.mapped = new HashMap<>();
            mapped.forEach(
                    (role, column) -> {
                        this.mapped.put(role(role), column);
                        used.add(index(column));
                    });
        }

        /** A role by any of its names. */
        private static String role(String name) {
            String plain = plain(name);
            if (roles().contains(plain)) {
                return plain;
            }
            return OTHER_NAMES.entrySet().stream()
                    .filter(role -> role.getValue().contains(plain))
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElseThrow(
                            () ->
                                    new Unusable(
                                            "Nothing is called "
                                                    + name
                                                    + "; there are "
                                                    + roles()));
        }

        private static String plain(String name) {
            return name.strip().toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", "_");
        }

        private int index(String column) {
            int index = header.indexOf(column);
            index = index >= 0 ? index : plain.indexOf(plain(column));
            if (index < 0) {
                throw new Unusable("The file has no column " + column + "; it has " + header);
            }
            return index;
        }

        @Nullable Integer find(String role) {
            String said = mapped.get(role);
            if (said != null) {
                return index(said);
            }
            List<String> names = new ArrayList<>(List.of(role));
            names.addAll(OTHER_NAMES.getOrDefault(role, List.of()));
            for (String name : names) {
                int index = plain.indexOf(name);
                if (index >= 0 && used.add(index)) {
                    return index;
                }
            }
            return null;
        }

        Field named(String column, FieldKind kind) {
            int index = index(column);
            used.add(index);
            return new Field(kind, header.get(index), index, NamePart.ALL);
        }

        List<String> unused() {
            List<String> unused = new ArrayList<>();
            for (int index = 0; index < header.size(); index++) {
                if (!used.contains(index)) {
                    unused.add(header.get(index));
                }
            }
            return unused;
        }
    }
}

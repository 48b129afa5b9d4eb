package io.customergraph.matching.block;

import io.customergraph.matching.compare.FieldKind;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Records that agree on all of its parts are compared.
 *
 * @param isUnordered whether the values may stand in each other's fields, as names do
 */
public record BlockingRule(List<Part> parts, boolean isUnordered) {

    public BlockingRule {
        parts = List.copyOf(parts);
    }

    /** A field and what of it. */
    record Part(FieldKind kind, KeyPart part) {

        @Override
        public String toString() {
            return part == KeyPart.WHOLE
                    ? kind.words()
                    : part.name().toLowerCase(java.util.Locale.ROOT) + " of " + kind.words();
        }
    }

    private static final List<BlockingRule> OF_PEOPLE =
            List.of(
                    rule(whole(FieldKind.EMAIL)),
                    rule(whole(FieldKind.PHONE)),
                    rule(whole(FieldKind.EXTERNAL_ID)),
                    names(whole(FieldKind.FIRST_NAME), whole(FieldKind.LAST_NAME)),
                    rule(part(FieldKind.EMAIL, KeyPart.START)),
                    rule(part(FieldKind.PHONE, KeyPart.CORE)),
                    rule(whole(FieldKind.BIRTH_DATE), part(FieldKind.LAST_NAME, KeyPart.START)),
                    rule(whole(FieldKind.BIRTH_DATE), part(FieldKind.FIRST_NAME, KeyPart.START)),
                    rule(whole(FieldKind.BIRTH_DATE), part(FieldKind.POSTCODE, KeyPart.START)),
                    rule(whole(FieldKind.BIRTH_DATE), whole(FieldKind.CITY)),
                    rule(whole(FieldKind.POSTCODE), part(FieldKind.LAST_NAME, KeyPart.START)),
                    rule(whole(FieldKind.POSTCODE), part(FieldKind.FIRST_NAME, KeyPart.CORE)),
                    rule(whole(FieldKind.POSTCODE), part(FieldKind.BIRTH_DATE, KeyPart.YEAR)),
                    rule(
                            part(FieldKind.LAST_NAME, KeyPart.CORE),
                            part(FieldKind.FIRST_NAME, KeyPart.CORE)),
                    rule(
                            part(FieldKind.LAST_NAME, KeyPart.CORE),
                            part(FieldKind.BIRTH_DATE, KeyPart.YEAR)),
                    rule(
                            part(FieldKind.LAST_NAME, KeyPart.CORE),
                            part(FieldKind.BIRTH_DATE, KeyPart.DAY)),
                    rule(
                            part(FieldKind.FIRST_NAME, KeyPart.CORE),
                            part(FieldKind.BIRTH_DATE, KeyPart.YEAR),
                            whole(FieldKind.CITY)),
                    rule(whole(FieldKind.LAST_NAME), whole(FieldKind.CITY)),
                    rule(whole(FieldKind.ADDRESS), part(FieldKind.FIRST_NAME, KeyPart.START)),
                    rule(whole(FieldKind.ADDRESS), part(FieldKind.LAST_NAME, KeyPart.START)),
                    rule(whole(FieldKind.COMPANY), part(FieldKind.LAST_NAME, KeyPart.CORE)));

    /** The rules that the fields at hand can serve; any two fields where there are none. */
    public static List<BlockingRule> of(Set<FieldKind> kinds) {
        List<BlockingRule> rules = new ArrayList<>();
        for (BlockingRule rule : OF_PEOPLE) {
            if (rule.parts.stream().allMatch(part -> kinds.contains(part.kind()))) {
                rules.add(rule);
            }
        }
        if (rules.size() < 2) {
            List<FieldKind> all = kinds.stream().sorted().toList();
            for (int i = 0; i < all.size(); i++) {
                for (int j = i + 1; j < all.size(); j++) {
                    rules.add(rule(whole(all.get(i)), whole(all.get(j))));
                }
            }
        }
        if (rules.isEmpty()) {
            kinds.forEach(kind -> rules.add(rule(whole(kind))));
        }
        return rules;
    }

    private static BlockingRule rule(Part... parts) {
        return new BlockingRule(Arrays.asList(parts), false);
    }

    private static BlockingRule names(Part... parts) {
        return new BlockingRule(Arrays.asList(parts), true);
    }

    private static Part whole(FieldKind kind) {
        return part(kind, KeyPart.WHOLE);
    }

    private static Part part(FieldKind kind, KeyPart part) {
        return new Part(kind, part);
    }

    @Override
    public String toString() {
        return parts.stream().map(Part::toString).collect(Collectors.joining(" + "));
    }
}

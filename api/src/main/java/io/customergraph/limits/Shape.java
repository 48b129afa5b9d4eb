package io.customergraph.limits;

/**
 * The measures of a selection, fragments expanded.
 *
 * @param depth fields within fields
 * @param topFields fields of the selection itself
 * @param fields fields of the selection and all below
 */
record Shape(int depth, long topFields, long fields, long aliases, long directives) {

    static final Shape EMPTY = new Shape(0, 0, 0, 0, 0);

    /** Fragments that double each other pass any number; beyond this one it no longer matters. */
    private static final long COUNTLESS = 1_000_000_000L;

    Shape {
        topFields = Math.min(topFields, COUNTLESS);
        fields = Math.min(fields, COUNTLESS);
        aliases = Math.min(aliases, COUNTLESS);
        directives = Math.min(directives, COUNTLESS);
    }

    Shape beside(Shape other) {
        return new Shape(
                Math.max(depth, other.depth),
                topFields + other.topFields,
                fields + other.fields,
                aliases + other.aliases,
                directives + other.directives);
    }

    /** The shape of a field that has this one below. */
    Shape withinField(boolean hasAlias, int ownDirectives) {
        return new Shape(
                depth + 1, 1, fields + 1, aliases + (hasAlias ? 1 : 0), directives + ownDirectives);
    }

    Shape withDirectives(int more) {
        return more == 0 ? this : new Shape(depth, topFields, fields, aliases, directives + more);
    }
}

package io.customergraph.limits;

import graphql.language.Argument;
import graphql.language.ArrayValue;
import graphql.language.Field;
import graphql.language.IntValue;
import graphql.language.NullValue;
import graphql.language.ObjectField;
import graphql.language.ObjectValue;
import graphql.language.OperationDefinition;
import graphql.language.Value;
import graphql.language.VariableDefinition;
import graphql.language.VariableReference;
import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLFieldDefinition;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How many objects a list field gives at most: what {@code first}, {@code last} or {@code ids} say,
 * in the document or by variables. What makes no sense (a negative number, text) counts as not
 * said; the field's resolver refuses it.
 *
 * @param said by the document itself; null where it says nothing
 * @param variables that have a say
 * @param unsaid what counts where nobody says
 * @param most what it is reckoned as at most; the resolver refuses the rest
 */
record PageSize(@Nullable Integer said, List<SizeVariable> variables, int unsaid, int most) {

    private static final Set<String> SIZES = Set.of("first", "last", "ids");

    /** What a mutation that takes many at once calls them in its input. */
    private static final String BATCH = "records";

    /**
     * A variable that has a say.
     *
     * @param fallback the operation's default for it
     */
    record SizeVariable(String name, @Nullable Integer fallback) {}

    static PageSize of(
            Field field,
            GraphQLFieldDefinition definition,
            OperationDefinition operation,
            int unsaid) {
        Integer said = null;
        List<SizeVariable> variables = new ArrayList<>(1);
        for (Argument argument : field.getArguments()) {
            if (!SIZES.contains(argument.getName())) {
                continue;
            }
            if (argument.getValue() instanceof VariableReference reference) {
                variables.add(variable(reference.getName(), operation));
            } else {
                said = larger(said, sizeOf(argument.getValue()));
            }
        }
        return new PageSize(
                said, List.copyOf(variables), bySchema(definition, unsaid), Limits.LARGEST_PAGE);
    }

    /** How many records a mutation brings in its {@code input}: it answers with as many results. */
    static PageSize ofBatch(Field field, OperationDefinition operation) {
        Integer said = null;
        List<SizeVariable> variables = new ArrayList<>(1);
        for (Argument argument : field.getArguments()) {
            Value<?> records = argument.getValue();
            if (records instanceof ObjectValue input) {
                records =
                        input.getObjectFields().stream()
                                .filter(one -> one.getName().equals(BATCH))
                                .<Value<?>>map(ObjectField::getValue)
                                .findFirst()
                                .orElse(NullValue.of());
            }
            if (records instanceof VariableReference reference) {
                variables.add(variable(reference.getName(), operation));
            } else {
                said = larger(said, sizeOf(records));
            }
        }
        return new PageSize(said, List.copyOf(variables), 1, Limits.LARGEST_BATCH);
    }

    /** Whether the size is the same for all variables. */
    boolean isFixed() {
        return variables.isEmpty();
    }

    int with(Map<String, ? extends @Nullable Object> values) {
        Integer size = said;
        for (SizeVariable variable : variables) {
            Integer given =
                    values.containsKey(variable.name())
                            ? sizeOf(values.get(variable.name()))
                            : variable.fallback();
            size = larger(size, given);
        }
        return Math.min(size == null ? unsaid : size, most);
    }

    private static SizeVariable variable(String name, OperationDefinition operation) {
        for (VariableDefinition definition : operation.getVariableDefinitions()) {
            if (definition.getName().equals(name)) {
                return new SizeVariable(name, sizeOf(definition.getDefaultValue()));
            }
        }
        return new SizeVariable(name, null);
    }

    private static int bySchema(GraphQLFieldDefinition definition, int unsaid) {
        GraphQLArgument first = definition.getArgument("first");
        if (first == null || !first.hasSetDefaultValue()) {
            return unsaid;
        }
        Integer byDefault = sizeOf(first.getArgumentDefaultValue().getValue());
        return byDefault == null ? unsaid : byDefault;
    }

    private static @Nullable Integer sizeOf(@Nullable Object value) {
        return switch (value) {
            case IntValue literal -> size(literal.getValue().longValue());
            case ArrayValue list -> list.getValues().size();
            case Integer number -> size(number);
            case Long number -> size(number);
            case Collection<?> list -> list.size();
            case Map<?, ?> input -> sizeOf(input.get(BATCH));
            case null, default -> null;
        };
    }

    private static @Nullable Integer sizeOf(@Nullable Value<?> value) {
        return sizeOf((Object) value);
    }

    private static @Nullable Integer size(long number) {
        return number < 0 ? null : (int) Math.min(number, Limits.LARGEST_PAGE);
    }

    private static @Nullable Integer larger(@Nullable Integer one, @Nullable Integer other) {
        if (one == null) {
            return other;
        }
        return other == null ? one : Integer.valueOf(Math.max(one, other));
    }
}

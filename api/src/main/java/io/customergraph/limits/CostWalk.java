package io.customergraph.limits;

import graphql.language.Document;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.OperationDefinition;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import graphql.language.TypeName;
import graphql.schema.GraphQLCompositeType;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLFieldsContainer;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLOutputType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLTypeUtil;
import graphql.schema.GraphQLUnmodifiedType;

import io.customergraph.tenant.Scope;

import org.jspecify.annotations.Nullable;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the scopes and the cost of a valid operation from the schema. The shape was bounded before,
 * so fragments are simply walked wherever they are spread.
 *
 * <p>Every field counts one. A list counts what it holds as often as its page is large; {@code
 * nodes}, {@code edges}, {@code node} and {@code pageInfo} count nothing, being paper around the
 * objects. Introspection counts nothing either: graphql-java bounds it by rules of its own.
 */
final class CostWalk {

    /** A mutation that takes many at once answers with one of these for each. */
    private static final String RESULTS = "results";

    private final OperationDefinition operation;
    private final MeasuredSchema schema;
    private final Map<String, FragmentDefinition> fragments = new HashMap<>();
    private final Map<Scope, String> scopes = new EnumMap<>(Scope.class);

    CostWalk(OperationDefinition operation, Document document, MeasuredSchema schema) {
        this.operation = operation;
        this.schema = schema;
        for (FragmentDefinition fragment :
                document.getDefinitionsOfType(FragmentDefinition.class)) {
            fragments.put(fragment.getName(), fragment);
        }
    }

    OperationRules walk() {
        GraphQLObjectType root = root(schema.schema());
        Cost.Sum sum = new Cost.Sum();
        if (root != null) {
            add(operation.getSelectionSet(), root, null, sum);
        }
        return new OperationRules(scopes, sum.total());
    }

    private @Nullable GraphQLObjectType root(GraphQLSchema of) {
        return switch (operation.getOperation()) {
            case QUERY -> of.getQueryType();
            case MUTATION -> of.getMutationType();
            case SUBSCRIPTION -> of.getSubscriptionType();
        };
    }

    /**
     * @param page the size of the connection whose fields are selected here; null elsewhere
     */
    private void add(
            @Nullable SelectionSet selections,
            GraphQLCompositeType type,
            @Nullable PageSize page,
            Cost.Sum sum) {
        if (selections == null) {
            return;
        }
        for (Selection<?> selection : selections.getSelections()) {
            switch (selection) {
                case Field field -> add(field, type, page, sum);
                case InlineFragment inline ->
                        add(
                                inline.getSelectionSet(),
                                narrowed(type, inline.getTypeCondition()),
                                page,
                                sum);
                case FragmentSpread spread -> {
                    FragmentDefinition fragment = fragments.get(spread.getName());
                    if (fragment != null) {
                        add(
                                fragment.getSelectionSet(),
                                narrowed(type, fragment.getTypeCondition()),
                                page,
                                sum);
                    }
                }
                default -> {}
            }
        }
    }

    private void add(
            Field field, GraphQLCompositeType type, @Nullable PageSize page, Cost.Sum sum) {
        GraphQLFieldDefinition definition = definitionOf(type, field.getName());
        if (definition == null) {
            sum.add(field.getSelectionSet() == null ? 1 : 0);
            return;
        }
        for (Scope scope : schema.scopes().of(type.getName(), field.getName())) {
            scopes.putIfAbsent(scope, type.getName() + "." + field.getName());
        }
        GraphQLUnmodifiedType below = GraphQLTypeUtil.unwrapAll(definition.getType());
        if (!(below instanceof GraphQLCompositeType objects)) {
            sum.add(1);
        } else if (below.getName().equals("PageInfo")) {
            return;
        } else if (page != null && isPaper(field.getName())) {
            sum.add(page, costOf(field, objects));
        } else if (type.getName().endsWith("Edge") && field.getName().equals("node")) {
            add(field.getSelectionSet(), objects, null, sum);
        } else {
            addObjects(field, definition, objects, sum);
        }
    }

    private void addObjects(
            Field field,
            GraphQLFieldDefinition definition,
            GraphQLCompositeType objects,
            Cost.Sum sum) {
        sum.add(1);
        if (objects.getName().endsWith("Connection")) {
            add(field.getSelectionSet(), objects, pageOf(field, definition), sum);
        } else if (isList(definition.getType())) {
            sum.add(pageOf(field, definition), costOf(field, objects));
        } else if (objects instanceof GraphQLObjectType payload
                && payload.getFieldDefinition(RESULTS) != null) {
            PageSize batch = PageSize.ofBatch(field, operation);
            sum.add(batch, new Cost(1, List.of()));
            add(field.getSelectionSet(), objects, batch, sum);
        } else {
            add(field.getSelectionSet(), objects, null, sum);
        }
    }

    private Cost costOf(Field field, GraphQLCompositeType objects) {
        Cost.Sum each = new Cost.Sum();
        add(field.getSelectionSet(), objects, null, each);
        return each.total();
    }

    private PageSize pageOf(Field field, GraphQLFieldDefinition definition) {
        return PageSize.of(field, definition, operation, schema.pageSize());
    }

    private GraphQLCompositeType narrowed(GraphQLCompositeType type, @Nullable TypeName condition) {
        return condition != null
                        && schema.schema().getType(condition.getName())
                                instanceof GraphQLCompositeType narrower
                ? narrower
                : type;
    }

    private static boolean isPaper(String field) {
        return field.equals("nodes") || field.equals("edges") || field.equals(RESULTS);
    }

    private static boolean isList(GraphQLOutputType type) {
        return GraphQLTypeUtil.isList(GraphQLTypeUtil.unwrapNonNull(type));
    }

    /** None for introspection and for {@code __typename}. */
    private static @Nullable GraphQLFieldDefinition definitionOf(
            GraphQLCompositeType type, String field) {
        return type instanceof GraphQLFieldsContainer container && !field.startsWith("__")
                ? container.getFieldDefinition(field)
                : null;
    }
}

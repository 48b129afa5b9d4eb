package io.customergraph.limits;

import graphql.language.Argument;
import graphql.language.ArrayValue;
import graphql.language.Directive;
import graphql.language.Document;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.ObjectField;
import graphql.language.ObjectValue;
import graphql.language.OperationDefinition;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.language.VariableDefinition;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Measures a document that nobody has validated yet. Each definition is walked once, whatever
 * spreads it, so a document whose fragments expand to billions of fields costs no more than its
 * text; fragments that spread themselves count nothing the second time.
 */
final class ShapeWalk {

    /**
     * What came out.
     *
     * @param shape of all operations, and of fragments that none of them uses
     * @param rootFields of the operation with the most
     */
    record Outcome(Shape shape, long rootFields, boolean introspects, boolean hasUnstorableText) {}

    private final Map<String, FragmentDefinition> fragments = new HashMap<>();
    private final Map<String, Shape> measured = new HashMap<>();
    private final Set<String> underWay = new HashSet<>();
    private boolean introspects;
    private boolean hasUnstorableText;

    private ShapeWalk() {}

    static Outcome over(Document document) {
        return new ShapeWalk().walk(document);
    }

    private Outcome walk(Document document) {
        List<FragmentDefinition> defined = document.getDefinitionsOfType(FragmentDefinition.class);
        defined.forEach(fragment -> fragments.putIfAbsent(fragment.getName(), fragment));
        Shape all = Shape.EMPTY;
        long rootFields = 0;
        for (OperationDefinition operation :
                document.getDefinitionsOfType(OperationDefinition.class)) {
            inspectVariables(operation);
            Shape shape =
                    shapeOf(operation.getSelectionSet())
                            .withDirectives(directivesOf(operation.getDirectives()));
            all = all.beside(shape);
            rootFields = Math.max(rootFields, shape.topFields());
        }
        for (FragmentDefinition fragment : defined) {
            boolean isReached = measured.containsKey(fragment.getName());
            if (!isReached || fragments.get(fragment.getName()) != fragment) {
                all = all.beside(shapeOf(fragment.getSelectionSet()));
            }
        }
        return new Outcome(all, rootFields, introspects, hasUnstorableText);
    }

    private Shape shapeOf(@Nullable SelectionSet selections) {
        Shape all = Shape.EMPTY;
        if (selections != null) {
            for (Selection<?> selection : selections.getSelections()) {
                all = all.beside(shapeOf(selection));
            }
        }
        return all;
    }

    private Shape shapeOf(Selection<?> selection) {
        return switch (selection) {
            case Field field -> shapeOf(field);
            case InlineFragment inline ->
                    shapeOf(inline.getSelectionSet())
                            .withDirectives(directivesOf(inline.getDirectives()));
            case FragmentSpread spread ->
                    shapeOfFragment(spread.getName())
                            .withDirectives(directivesOf(spread.getDirectives()));
            default -> Shape.EMPTY;
        };
    }

    private Shape shapeOf(Field field) {
        String name = field.getName();
        introspects |= name.equals("__schema") || name.equals("__type");
        inspectArguments(field.getArguments());
        return shapeOf(field.getSelectionSet())
                .withinField(field.getAlias() != null, directivesOf(field.getDirectives()));
    }

    private Shape shapeOfFragment(String name) {
        Shape known = measured.get(name);
        if (known != null) {
            return known;
        }
        FragmentDefinition fragment = fragments.get(name);
        if (fragment == null || !underWay.add(name)) {
            return Shape.EMPTY;
        }
        Shape shape =
                shapeOf(fragment.getSelectionSet())
                        .withDirectives(directivesOf(fragment.getDirectives()));
        underWay.remove(name);
        measured.put(name, shape);
        return shape;
    }

    private int directivesOf(List<Directive> directives) {
        for (Directive directive : directives) {
            inspectArguments(directive.getArguments());
        }
        return directives.size();
    }

    private void inspectVariables(OperationDefinition operation) {
        for (VariableDefinition variable : operation.getVariableDefinitions()) {
            inspect(variable.getDefaultValue());
            directivesOf(variable.getDirectives());
        }
    }

    private void inspectArguments(List<Argument> arguments) {
        for (Argument argument : arguments) {
            inspect(argument.getValue());
        }
    }

    private void inspect(@Nullable Value<?> value) {
        switch (value) {
            case null -> {}
            case StringValue text -> hasUnstorableText |= !StorableText.isAllOf(text.getValue());
            case ArrayValue list -> list.getValues().forEach(this::inspect);
            case ObjectValue object -> {
                for (ObjectField field : object.getObjectFields()) {
                    inspect(field.getValue());
                }
            }
            default -> {}
        }
    }
}

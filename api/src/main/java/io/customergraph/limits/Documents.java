package io.customergraph.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import graphql.ExecutionInput;
import graphql.GraphQLError;
import graphql.ParseAndValidate;
import graphql.execution.preparsed.PreparsedDocumentEntry;
import graphql.execution.preparsed.PreparsedDocumentProvider;
import graphql.language.Document;
import graphql.language.OperationDefinition;
import graphql.parser.InvalidSyntaxException;
import graphql.parser.Parser;
import graphql.parser.ParserEnvironment;
import graphql.parser.ParserOptions;
import graphql.schema.GraphQLSchema;
import graphql.validation.ValidationError;

import io.customergraph.errors.ApiError;
import io.customergraph.errors.ErrorCode;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The documents that clients send, each parsed, measured and validated once, in this order: the
 * engine's validation takes time in the square of what it compares, so only a document of bounded
 * shape gets that far. Admitted documents are kept, as many as fit a bounded amount of text.
 */
final class Documents implements PreparsedDocumentProvider {

    /** Characters of all kept documents together; parsed, they take about fifty bytes for each. */
    private static final long KEPT_TEXT = 1_000_000;

    /** Of the grammar, about three to a level: enough to tell a client how deep it went. */
    private static final int RULE_DEPTH = 1_000;

    private final Limits limits;
    private final boolean isIntrospectionOn;
    private final Supplier<GraphQLSchema> schema;
    private final ParserOptions parserOptions;
    private final Cache<String, Admission.Admitted> admitted =
            Caffeine.newBuilder()
                    .maximumWeight(KEPT_TEXT)
                    .weigher((String text, Admission.Admitted _) -> text.length() + 100)
                    .build();
    private volatile @Nullable MeasuredSchema measured;

    /**
     * @param schema asked for with the first document, as the schema is built after this object
     */
    Documents(Limits limits, boolean isIntrospectionOn, Supplier<GraphQLSchema> schema) {
        this.limits = limits;
        this.isIntrospectionOn = isIntrospectionOn;
        this.schema = schema;
        this.parserOptions =
                ParserOptions.newParserOptions()
                        .captureIgnoredChars(false)
                        .captureLineComments(false)
                        .captureSourceLocation(true)
                        .maxTokens(limits.tokens())
                        .maxWhitespaceTokens(ParserOptions.MAX_WHITESPACE_TOKENS)
                        .maxCharacters(ParserOptions.MAX_QUERY_CHARACTERS)
                        .maxRuleDepth(RULE_DEPTH)
                        .build();
    }

    Admission admit(String text) {
        Admission.Admitted known = admitted.getIfPresent(text);
        if (known != null) {
            return known;
        }
        Admission admission = examine(text);
        if (admission instanceof Admission.Admitted fresh) {
            admitted.put(text, fresh);
        }
        return admission;
    }

    /** For the engine, which asks again for what was admitted a moment before. */
    @Override
    public CompletableFuture<PreparsedDocumentEntry> getDocumentAsync(
            ExecutionInput input,
            Function<ExecutionInput, PreparsedDocumentEntry> parseAndValidate) {
        return CompletableFuture.completedFuture(
                switch (admit(input.getQuery())) {
                    case Admission.Admitted(Document document, var _) ->
                            new PreparsedDocumentEntry(document);
                    case Admission.Refused(List<GraphQLError> errors) ->
                            new PreparsedDocumentEntry(errors);
                });
    }

    private Admission examine(String text) {
        if (LongNumbers.in(text)) {
            return Admission.Refused.because(
                    ApiError.of(
                            ErrorCode.BAD_USER_INPUT,
                            "A number in the document has more than %d digits"
                                    .formatted(LongNumbers.MOST_DIGITS)));
        }
        Document document;
        try {
            document = parsed(text);
        } catch (InvalidSyntaxException failure) {
            return Admission.Refused.because(ShapeLimits.fault(failure, limits));
        }
        List<GraphQLError> faults =
                ShapeLimits.faults(ShapeWalk.over(document), limits, isIntrospectionOn);
        if (!faults.isEmpty()) {
            return new Admission.Refused(faults);
        }
        return validated(document);
    }

    private Document parsed(String text) {
        return new Parser()
                .parseDocument(
                        ParserEnvironment.newParserEnvironment()
                                .document(text)
                                .parserOptions(parserOptions)
                                .locale(Locale.ENGLISH)
                                .build());
    }

    private Admission validated(Document document) {
        MeasuredSchema against = measuredSchema();
        List<ValidationError> invalid =
                ParseAndValidate.validate(against.schema(), document, Locale.ENGLISH);
        if (!invalid.isEmpty()) {
            return new Admission.Refused(List.copyOf(invalid));
        }
        Map<String, OperationRules> operations = new HashMap<>();
        for (OperationDefinition operation :
                document.getDefinitionsOfType(OperationDefinition.class)) {
            operations.put(
                    Objects.requireNonNullElse(operation.getName(), ""),
                    OperationRules.of(operation, document, against));
        }
        return new Admission.Admitted(document, Map.copyOf(operations));
    }

    /** Threads that come at the same time build the same twice, once in the life of the server. */
    private MeasuredSchema measuredSchema() {
        MeasuredSchema ready = measured;
        if (ready == null) {
            ready = MeasuredSchema.of(schema.get(), limits.pageSize());
            measured = ready;
        }
        return ready;
    }
}

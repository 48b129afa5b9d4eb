package io.customergraph.graphql;

import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.schema.Coercing;
import graphql.schema.CoercingParseLiteralException;
import graphql.schema.CoercingParseValueException;
import graphql.schema.CoercingSerializeException;
import graphql.schema.GraphQLScalarType;

import io.customergraph.money.Money;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** The scalars of the schema. Each travels as a string. */
final class Scalars {

    private static final int MAX_LENGTH = 1_000;
    private static final Instant FIRST_MOMENT = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST_MOMENT = Instant.parse("9999-12-31T23:59:59.999999Z");

    static final List<GraphQLScalarType> ALL =
            List.of(
                    scalar(
                            "DateTime",
                            Scalars::dateTime,
                            Scalars::writeDateTime,
                            "a moment such as 2026-03-01T10:00:00Z"),
                    scalar(
                            "Decimal",
                            BigDecimal::new,
                            Scalars::writeDecimal,
                            "a decimal number such as \"12.50\""),
                    scalar(
                            "CurrencyCode",
                            Scalars::currency,
                            Object::toString,
                            "an ISO 4217 code such as SAR"),
                    scalar(
                            "EmailAddress",
                            text -> text,
                            Object::toString,
                            "text of at most 1,000 characters"),
                    scalar(
                            "PhoneNumber",
                            text -> text,
                            Object::toString,
                            "text of at most 1,000 characters"),
                    scalar(
                            "Locale",
                            Scalars::locale,
                            Object::toString,
                            "a BCP 47 tag such as ar or en-GB"));

    private Scalars() {}

    private static Instant dateTime(String text) {
        Instant moment = OffsetDateTime.parse(text).toInstant();
        if (moment.isBefore(FIRST_MOMENT) || moment.isAfter(LAST_MOMENT)) {
            throw new DateTimeException("PostgreSQL and RFC 3339 know no such year");
        }
        return moment;
    }

    private static String writeDateTime(Object value) {
        return value instanceof Instant moment ? Rfc3339.write(moment) : value.toString();
    }

    private static String writeDecimal(Object value) {
        return value instanceof BigDecimal number ? number.toPlainString() : value.toString();
    }

    private static String currency(String text) {
        return new Money(BigDecimal.ZERO, text).currency();
    }

    private static String locale(String text) {
        return new Locale.Builder().setLanguageTag(text).build().toLanguageTag();
    }

    private static GraphQLScalarType scalar(
            String name,
            Function<String, Object> parse,
            Function<Object, String> write,
            String expected) {
        return GraphQLScalarType.newScalar()
                .name(name)
                .coercing(new TextCoercing(name, parse, write, expected))
                .build();
    }

    private record TextCoercing(
            String name,
            Function<String, Object> parse,
            Function<Object, String> write,
            String expected)
            implements Coercing<Object, String> {

        @Override
        public String serialize(Object value, GraphQLContext context, Locale locale) {
            try {
                return write.apply(value);
            } catch (RuntimeException failure) {
                throw new CoercingSerializeException("Not a " + name, failure);
            }
        }

        @Override
        public Object parseValue(Object input, GraphQLContext context, Locale locale) {
            if (input instanceof String text) {
                try {
                    return read(text);
                } catch (IllegalArgumentException
                        | DateTimeException
                        | IllformedLocaleException notOne) {
                    throw new CoercingParseValueException(message());
                }
            }
            throw new CoercingParseValueException(message());
        }

        @Override
        public Object parseLiteral(
                Value<?> input, CoercedVariables variables, GraphQLContext context, Locale locale) {
            if (input instanceof StringValue literal && literal.getValue() != null) {
                try {
                    return read(literal.getValue());
                } catch (IllegalArgumentException
                        | DateTimeException
                        | IllformedLocaleException notOne) {
                    throw new CoercingParseLiteralException(message());
                }
            }
            throw new CoercingParseLiteralException(message());
        }

        @Override
        public Value<?> valueToLiteral(Object input, GraphQLContext context, Locale locale) {
            return StringValue.of(input.toString());
        }

        private Object read(String text) {
            if (text.length() > MAX_LENGTH) {
                throw new IllegalArgumentException("too long");
            }
            return parse.apply(text);
        }

        /** Says what is expected and not what was sent, which may be a person's. */
        private String message() {
            return "A " + name + " is " + expected;
        }
    }
}

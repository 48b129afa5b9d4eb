package io.customergraph.graphql;

import graphql.schema.DataFetcher;
import graphql.schema.PropertyDataFetcher;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.TypeRuntimeWiring;

import io.customergraph.money.Money;

import org.jspecify.annotations.Nullable;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/**
 * Collects the fetchers of one GraphQL type and adds them to the wiring at once. Fields that are
 * components of a record are read by its accessors, found once at the start.
 */
public final class Fields {

    private static final MethodHandles.Lookup LOOKUP = MethodHandles.publicLookup();

    private final String type;
    private final Map<String, DataFetcher<?>> fetchers = new HashMap<>();

    private Fields(String type) {
        this.type = type;
    }

    public static Fields of(String type) {
        return new Fields(type);
    }

    /** The fields of a type that a record of the same name stands for, with its global id. */
    public static <R extends Record> Fields ofNode(
            NodeType type, Class<R> record, Function<R, UUID> id) {
        return of(type.typeName())
                .components(record)
                .value("id", (R node) -> NodeId.encode(type, id.apply(node)));
    }

    /** A field for each component of a record. */
    public Fields components(Class<? extends Record> record) {
        for (RecordComponent component : record.getRecordComponents()) {
            fetchers.put(component.getName(), accessor(component));
        }
        return this;
    }

    public Fields fetcher(String field, DataFetcher<?> fetcher) {
        fetchers.put(field, fetcher);
        return this;
    }

    public <S> Fields value(String field, Function<S, @Nullable Object> read) {
        return fetcher(field, Graph.value(read));
    }

    /** An amount that is null where there is none. */
    public <S> Fields money(
            String field,
            Function<S, @Nullable BigDecimal> amount,
            Function<S, @Nullable String> currency) {
        return this.<S>value(
                field,
                source -> {
                    BigDecimal number = amount.apply(source);
                    String code = currency.apply(source);
                    return number == null || code == null ? null : new Money(number, code);
                });
    }

    public void addTo(RuntimeWiring.Builder wiring) {
        TypeRuntimeWiring.Builder typeWiring = TypeRuntimeWiring.newTypeWiring(type);
        fetchers.forEach(typeWiring::dataFetcher);
        wiring.type(typeWiring);
    }

    /** Enums whose values are the lower-case names in the database. */
    public static void addEnums(RuntimeWiring.Builder wiring, String... enums) {
        for (String name : enums) {
            wiring.type(
                    TypeRuntimeWiring.newTypeWiring(name)
                            .enumValues(value -> value.toLowerCase(Locale.ROOT))
                            .build());
        }
    }

    /** The types of a connection and its edge. */
    public static void addConnections(RuntimeWiring.Builder wiring, String... nodes) {
        for (String node : nodes) {
            of(node + "Connection")
                    .value("edges", ConnectionPage::edges)
                    .value("nodes", ConnectionPage::nodes)
                    .value("pageInfo", page -> page)
                    .fetcher("totalCount", Graph.loading(ConnectionPage::totalCount))
                    .addTo(wiring);
            of(node + "Edge").components(ConnectionPage.Edge.class).addTo(wiring);
        }
    }

    private static DataFetcher<?> accessor(RecordComponent component) {
        try {
            MethodHandle accessor =
                    LOOKUP.unreflect(component.getAccessor())
                            .asType(MethodType.methodType(Object.class, Object.class));
            return PropertyDataFetcher.fetching(source -> read(accessor, source));
        } catch (IllegalAccessException notPublic) {
            throw new IllegalStateException("Not readable: " + component.getAccessor(), notPublic);
        }
    }

    private static @Nullable Object read(MethodHandle accessor, Object source) {
        try {
            return (Object) accessor.invokeExact(source);
        } catch (RuntimeException | Error failure) {
            throw failure;
        } catch (Throwable checked) {
            throw new IllegalStateException(checked);
        }
    }
}

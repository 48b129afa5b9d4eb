package io.customergraph.application;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** What a shop has of one sort, in the order in which it changed. */
public interface ShopifyShelf {

    /**
     * One of them, as both of Shopify's APIs show it; connections are plain lists. What nobody asks
     * for is not made.
     */
    record Item(long id, Instant updatedAt, Supplier<JsonNode> asNode, Supplier<JsonNode> asRest) {

        JsonNode node() {
            return asNode.get();
        }

        JsonNode rest() {
            return asRest.get();
        }

        Key key() {
            return new Key(updatedAt, id);
        }
    }

    /** Where an item stands among the others. */
    record Key(Instant updatedAt, long id) implements Comparable<Key> {

        private static final Comparator<Key> ORDER =
                Comparator.comparing(Key::updatedAt).thenComparing(Key::id);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    /** Those after a key that changed at a time or later. */
    Stream<Item> after(@Nullable Key key, Instant since);

    /** The one with an id. */
    @Nullable Item find(long id);

    /** One that is filled by hand. */
    final class Kept implements ShopifyShelf {

        private final Map<Long, Item> items = new ConcurrentHashMap<>();

        void put(Item item) {
            items.put(item.id(), item);
        }

        void take(long id) {
            items.remove(id);
        }

        @Override
        public Stream<Item> after(@Nullable Key key, Instant since) {
            List<Item> sorted =
                    items.values().stream().sorted(Comparator.comparing(Item::key)).toList();
            return sorted.stream()
                    .filter(item -> !item.updatedAt().isBefore(since))
                    .filter(item -> key == null || item.key().compareTo(key) > 0);
        }

        @Override
        public @Nullable Item find(long id) {
            return items.get(id);
        }
    }

    /** One of any size: the items from 1 on, each a second after the one before. */
    final class Made implements ShopifyShelf {

        private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");

        private final long size;
        private final LongFunction<Item> item;

        public Made(long size, LongFunction<Item> item) {
            this.size = size;
            this.item = item;
        }

        /** When the item of a number changed. */
        public static Instant changed(long number) {
            return FIRST.plusSeconds(number);
        }

        @Override
        public Stream<Item> after(@Nullable Key key, Instant since) {
            long from = key == null ? 1 : key.id() + 1;
            long first =
                    since.isAfter(FIRST)
                            ? Math.max(from, since.getEpochSecond() - FIRST.getEpochSecond())
                            : from;
            return LongStream.rangeClosed(first, size).mapToObj(item);
        }

        @Override
        public @Nullable Item find(long id) {
            return id > 0 && id <= size ? item.apply(id) : null;
        }
    }
}

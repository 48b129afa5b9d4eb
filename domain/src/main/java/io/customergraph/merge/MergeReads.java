package io.customergraph.merge;

import static io.customergraph.merge.MergeBlocker.Code.ALREADY_MERGED;
import static io.customergraph.merge.MergeBlocker.Code.BANNED;
import static io.customergraph.merge.MergeBlocker.Code.NOT_FOUND;
import static io.customergraph.merge.MergeBlocker.Code.SAME_CUSTOMER;
import static io.customergraph.merge.MergeBlocker.Code.TWO_IDS_IN_ONE_ACCOUNT;

import io.customergraph.customer.FieldValue;
import io.customergraph.customer.ProfileRebuild;
import io.customergraph.money.Money;
import io.customergraph.tenant.TenantId;

import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;

import reactor.core.publisher.Mono;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/** Reads what a merge would do: a constant number of statements. */
final class MergeReads {

    private final DatabaseClient database;
    private final ProfileRebuild rebuild;

    MergeReads(DatabaseClient database, ProfileRebuild rebuild) {
        this.database = database;
        this.rebuild = rebuild;
    }

    private record Side(
            UUID id, String status, long version, int identifiers, String lifetimeValues) {}

    private record Records(String type, UUID customer, int count) {}

    /** What was read, one statement after the other: in a transaction there is one connection. */
    private record Seen(
            List<Side> sides,
            List<Records> records,
            List<MergePreview.ConsentChange> consents,
            Set<UUID> banned,
            Set<UUID> twoIds) {

        Seen(List<Side> sides) {
            this(sides, List.of(), List.of(), Set.of(), Set.of());
        }

        Seen withRecords(List<Records> found) {
            return new Seen(sides, found, consents, banned, twoIds);
        }

        Seen withConsents(List<MergePreview.ConsentChange> found) {
            return new Seen(sides, records, found, banned, twoIds);
        }

        Seen withBanned(Set<UUID> found) {
            return new Seen(sides, records, consents, found, twoIds);
        }

        Seen withTwoIds(Set<UUID> found) {
            return new Seen(sides, records, consents, banned, found);
        }
    }

    /**
     * Reads it.
     *
     * @param absorbed no id twice
     */
    Mono<MergePreview> preview(TenantId tenant, UUID survivor, List<UUID> absorbed) {
        UUID[] ids = Stream.concat(Stream.of(survivor), absorbed.stream()).toArray(UUID[]::new);
        return sides(tenant, ids)
                .map(Seen::new)
                .flatMap(seen -> records(tenant, ids).map(seen::withRecords))
                .flatMap(seen -> consents(tenant, survivor, ids).map(seen::withConsents))
                .flatMap(
                        seen ->
                                customers(MergeSql.BANNED, tenant, survivor, ids)
                                        .map(seen::withBanned))
                .flatMap(
                        seen ->
                                customers(MergeSql.TWO_IDS, tenant, survivor, ids)
                                        .map(seen::withTwoIds))
                .flatMap(
                        seen ->
                                rebuild.fields(tenant, List.of(ids))
                                        .map(fields -> preview(survivor, absorbed, seen, fields)));
    }

    private Mono<List<Side>> sides(TenantId tenant, UUID[] ids) {
        return at(MergeSql.CUSTOMERS, tenant, ids)
                .map(
                        row ->
                                new Side(
                                        required(row.get("id", UUID.class)),
                                        required(row.get("status", String.class)),
                                        required(row.get("version", Long.class)),
                                        required(row.get("identifiers", Integer.class)),
                                        required(row.get("lifetime_values", String.class))))
                .all()
                .collectList();
    }

    private Mono<List<Records>> records(TenantId tenant, UUID[] ids) {
        return at(MergeSql.RECORDS, tenant, ids)
                .map(
                        row ->
                                new Records(
                                        required(row.get(0, String.class)),
                                        required(row.get(1, UUID.class)),
                                        required(row.get(2, Integer.class))))
                .all()
                .collectList();
    }

    private Mono<List<MergePreview.ConsentChange>> consents(
            TenantId tenant, UUID survivor, UUID[] ids) {
        return at(MergeSql.CONSENTS, tenant, ids)
                .bind("survivor", survivor)
                .map(
                        row ->
                                new MergePreview.ConsentChange(
                                        required(row.get(0, String.class)),
                                        required(row.get(1, String.class)),
                                        row.get(2, String.class),
                                        required(row.get(3, String.class))))
                .all()
                .collectList();
    }

    /** What the customers say in the fields of their profiles, by customer and field. */
    Mono<Map<UUID, Map<String, String>>> profiles(TenantId tenant, Collection<UUID> customers) {
        return at(MergeSql.PROFILES, tenant, customers.toArray(UUID[]::new))
                .map(
                        row -> {
                            Map<String, String> profile = new HashMap<>();
                            for (String field : ProfileRebuild.FIELDS) {
                                String value = row.get(field, String.class);
                                if (value != null) {
                                    profile.put(field, value);
                                }
                            }
                            return Map.entry(required(row.get("id", UUID.class)), profile);
                        })
                .all()
                .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    private Mono<Set<UUID>> customers(String sql, TenantId tenant, UUID survivor, UUID[] ids) {
        return at(sql, tenant, ids)
                .bind("survivor", survivor)
                .map(row -> required(row.get(0, UUID.class)))
                .all()
                .collect(HashSet::new, Set::add);
    }

    private GenericExecuteSpec at(String sql, TenantId tenant, UUID[] ids) {
        return database.sql(sql).bind("tenant", tenant.value()).bind("ids", ids);
    }

    private static <T> T required(@Nullable T value) {
        return Objects.requireNonNull(value);
    }

    private static List<MergeBlocker> blockers(UUID survivor, List<UUID> absorbed, Seen seen) {
        List<MergeBlocker> blockers = new ArrayList<>();
        if (absorbed.contains(survivor)) {
            add(blockers, SAME_CUSTOMER, survivor, "A customer is not merged with itself");
        }
        for (UUID id : Stream.concat(Stream.of(survivor), absorbed.stream()).distinct().toList()) {
            seen.sides.stream()
                    .filter(side -> side.id.equals(id))
                    .findFirst()
                    .ifPresentOrElse(
                            side -> addStatus(blockers, side),
                            () -> add(blockers, NOT_FOUND, id, "There is no such customer"));
        }
        for (UUID id : seen.banned) {
            add(blockers, BANNED, id, "A person decided that they are two people");
        }
        for (UUID id : seen.twoIds) {
            add(
                    blockers,
                    TWO_IDS_IN_ONE_ACCOUNT,
                    id,
                    "Each has an id of its own in one shop or account");
        }
        return blockers;
    }

    private static void add(
            List<MergeBlocker> blockers, MergeBlocker.Code code, UUID customer, String message) {
        blockers.add(new MergeBlocker(code, customer, message));
    }

    private static void addStatus(List<MergeBlocker> blockers, Side side) {
        if (side.status.equals("merged")) {
            add(blockers, ALREADY_MERGED, side.id, "The customer is merged into another already");
        } else if (side.status.equals("erased")) {
            add(blockers, NOT_FOUND, side.id, "The customer was erased");
        }
    }

    private static MergePreview preview(
            UUID survivor, List<UUID> absorbed, Seen seen, Map<String, FieldValue> fields) {
        List<MergeBlocker> blockers = blockers(survivor, absorbed, seen);
        boolean isPossible = blockers.stream().allMatch(blocker -> blocker.code().isOverridable());
        Map<String, Integer> moves = new TreeMap<>();
        seen.records.stream()
                .filter(of -> !of.customer.equals(survivor))
                .forEach(of -> moves.merge(of.type, of.count, Integer::sum));
        return new MergePreview(
                survivor,
                absorbed,
                isPossible ? token(survivor, seen, blockers) : null,
                blockers,
                fields.values().stream().sorted(Comparator.comparing(FieldValue::field)).toList(),
                moves.entrySet().stream()
                        .map(move -> new MergePreview.Move(move.getKey(), move.getValue()))
                        .toList(),
                seen.sides.stream()
                        .filter(side -> !side.id.equals(survivor))
                        .mapToInt(Side::identifiers)
                        .sum(),
                seen.consents.stream()
                        .filter(consent -> !consent.after().equals(consent.before()))
                        .toList(),
                lifetimeValue(seen.sides));
    }

    private static List<Money> lifetimeValue(List<Side> sides) {
        Map<String, BigDecimal> byCurrency = new TreeMap<>();
        for (Side side : sides) {
            if (!side.lifetimeValues.isEmpty()) {
                for (String amount : side.lifetimeValues.split(",", -1)) {
                    byCurrency.merge(
                            amount.substring(0, 3),
                            new BigDecimal(amount.substring(4)),
                            BigDecimal::add);
                }
            }
        }
        return byCurrency.entrySet().stream()
                .map(amount -> new Money(amount.getValue(), amount.getKey()))
                .toList();
    }

    /** No secret: a merge reads all of it again under lock, and compares. */
    private static String token(UUID survivor, Seen seen, List<MergeBlocker> blockers) {
        List<String> forbids =
                blockers.stream()
                        .map(blocker -> blocker.code() + " " + blocker.customer())
                        .sorted()
                        .toList();
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(
                                    String.join(
                                                    "\n",
                                                    survivor.toString(),
                                                    seen.sides.toString(),
                                                    seen.records.toString(),
                                                    seen.consents.toString(),
                                                    forbids.toString())
                                            .getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("Every Java has SHA-256", missing);
        }
    }
}

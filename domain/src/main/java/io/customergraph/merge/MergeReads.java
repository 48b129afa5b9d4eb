package io.customergraph.merge;

import io.customergraph.customer.FieldValue;
import io.customergraph.link.ProfileRebuild;
import io.customergraph.money.Money;
import io.customergraph.tenant.TenantId;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;

import reactor.core.publisher.Mono;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
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
            UUID id,
            String status,
            long version,
            int identifiers,
            int consents,
            String lifetimeValues) {}

    private record Records(String type, UUID customer, int count) {}

    Mono<MergePreview> preview(TenantId tenant, UUID survivor, List<UUID> absorbed) {
        List<UUID> distinct = absorbed.stream().distinct().toList();
        UUID[] ids = Stream.concat(Stream.of(survivor), distinct.stream()).toArray(UUID[]::new);
        Mono<List<Side>> sides =
                at(MergeSql.CUSTOMERS, tenant, ids)
                        .map(
                                row ->
                                        new Side(
                                                required(row.get("id", UUID.class)),
                                                required(row.get("status", String.class)),
                                                required(row.get("version", Long.class)),
                                                required(row.get("identifiers", Integer.class)),
                                                required(row.get("consents", Integer.class)),
                                                required(row.get("lifetime_values", String.class))))
                        .all()
                        .collectList();
        Mono<List<Records>> records =
                at(MergeSql.RECORDS, tenant, ids)
                        .map(
                                row ->
                                        new Records(
                                                required(row.get(0, String.class)),
                                                required(row.get(1, UUID.class)),
                                                required(row.get(2, Integer.class))))
                        .all()
                        .collectList();
        Mono<Set<UUID>> banned = customers(MergeSql.BANNED, tenant, survivor, ids);
        Mono<Set<UUID>> twoIds = customers(MergeSql.TWO_IDS, tenant, survivor, ids);
        Mono<Map<String, FieldValue>> fields = rebuild.fields(tenant, List.of(ids));
        // One after the other: within a transaction there is one connection.
        return sides.flatMap(
                ofSides ->
                        records.flatMap(
                                ofRecords ->
                                        banned.flatMap(
                                                ofBanned ->
                                                        twoIds.flatMap(
                                                                ofTwoIds ->
                                                                        fields.map(
                                                                                ofFields ->
                                                                                        preview(
                                                                                                survivor,
                                                                                                distinct,
                                                                                                ofSides,
                                                                                                ofRecords,
                                                                                                blockers(
                                                                                                        survivor,
                                                                                                        distinct,
                                                                                                        ofSides,
                                                                                                        ofBanned,
                                                                                                        ofTwoIds),
                                                                                                ofFields))))));
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

    private static <T> T required(@org.jspecify.annotations.Nullable T value) {
        return Objects.requireNonNull(value);
    }

    private static List<MergeBlocker> blockers(
            UUID survivor,
            List<UUID> absorbed,
            List<Side> sides,
            Set<UUID> banned,
            Set<UUID> twoIds) {
        List<MergeBlocker> blockers = new ArrayList<>();
        if (absorbed.contains(survivor)) {
            blockers.add(
                    new MergeBlocker(
                            MergeBlocker.Code.SAME_CUSTOMER,
                            survivor,
                            "A customer is not merged with itself"));
        }
        Stream.concat(Stream.of(survivor), absorbed.stream())
                .distinct()
                .forEach(
                        id ->
                                sides.stream()
                                        .filter(side -> side.id.equals(id))
                                        .findFirst()
                                        .ifPresentOrElse(
                                                side -> addStatus(blockers, side),
                                                () ->
                                                        blockers.add(
                                                                new MergeBlocker(
                                                                        MergeBlocker.Code.NOT_FOUND,
                                                                        id,
                                                                        "There is no such"
                                                                                + " customer"))));
        banned.forEach(
                id ->
                        blockers.add(
                                new MergeBlocker(
                                        MergeBlocker.Code.BANNED,
                                        id,
                                        "A person decided that they are two people")));
        twoIds.forEach(
                id ->
                        blockers.add(
                                new MergeBlocker(
                                        MergeBlocker.Code.TWO_IDS_IN_ONE_ACCOUNT,
                                        id,
                                        "Each has an id of its own in one shop or account")));
        return blockers;
    }

    private static void addStatus(List<MergeBlocker> blockers, Side side) {
        if (side.status.equals("merged")) {
            blockers.add(
                    new MergeBlocker(
                            MergeBlocker.Code.ALREADY_MERGED,
                            side.id,
                            "The customer is merged into another already"));
        } else if (side.status.equals("erased")) {
            blockers.add(
                    new MergeBlocker(
                            MergeBlocker.Code.NOT_FOUND, side.id, "The customer was erased"));
        }
    }

    private static MergePreview preview(
            UUID survivor,
            List<UUID> absorbed,
            List<Side> sides,
            List<Records> records,
            List<MergeBlocker> blockers,
            Map<String, FieldValue> fields) {
        boolean isPossible = blockers.stream().allMatch(blocker -> blocker.code().isOverridable());
        Map<String, Integer> moves = new TreeMap<>();
        records.stream()
                .filter(of -> !of.customer.equals(survivor))
                .forEach(of -> moves.merge(of.type, of.count, Integer::sum));
        List<Side> going = sides.stream().filter(side -> !side.id.equals(survivor)).toList();
        return new MergePreview(
                survivor,
                absorbed,
                isPossible ? token(survivor, sides, records, blockers) : null,
                blockers,
                fields.values().stream().sorted(Comparator.comparing(FieldValue::field)).toList(),
                moves.entrySet().stream()
                        .map(move -> new MergePreview.Move(move.getKey(), move.getValue()))
                        .toList(),
                going.stream().mapToInt(Side::identifiers).sum(),
                going.stream().mapToInt(Side::consents).sum(),
                lifetimeValue(sides));
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
    private static String token(
            UUID survivor, List<Side> sides, List<Records> records, List<MergeBlocker> blockers) {
        List<String> seen =
                blockers.stream()
                        .map(blocker -> blocker.code() + " " + blocker.customer())
                        .sorted()
                        .toList();
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(
                                    (survivor + "\n" + sides + "\n" + records + "\n" + seen)
                                            .getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("Every Java has SHA-256", missing);
        }
    }
}

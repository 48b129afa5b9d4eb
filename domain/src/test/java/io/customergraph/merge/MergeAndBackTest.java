package io.customergraph.merge;

import static io.customergraph.testing.Records.START;

import static org.assertj.core.api.Assertions.assertThat;

import io.customergraph.customer.Assurance;
import io.customergraph.ingest.Origin;
import io.customergraph.ingest.Person;
import io.customergraph.ingest.SourceRecord;
import io.customergraph.testing.Records;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Merged, written to at random and unmerged, customers are what they would be had they never been
 * merged: two tenants get the same records and entries, and only one of them the merges. Left out
 * is what cannot be equal: a person's decision about a record of a merged customer, which is made
 * about the survivor.
 */
class MergeAndBackTest {

    private static final int PEOPLE = 6;
    private static final int WRITES = 25;

    static IntStream seeds() {
        return IntStream.range(0, Integer.getInteger("customergraph.test.merges", 20));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void merging_random_writes_and_unmerging_equals_never_merging(int seed) {
        Random random = new Random(seed);
        People merged = new People();
        People never = new People();
        List<UUID> inMerged = new ArrayList<>();
        List<UUID> inNever = new ArrayList<>();
        for (int n = 0; n < PEOPLE; n++) {
            SourceRecord first = record(1_000 + n, 0);
            inMerged.add(merged.ingest(first));
            inNever.add(never.ingest(first));
        }
        List<Integer> living = new ArrayList<>(IntStream.range(0, PEOPLE).boxed().toList());
        List<Integer> absorbed = new ArrayList<>();
        for (int n = 0; n < WRITES; n++) {
            if (random.nextInt(5) == 0 && living.size() > 2) {
                Integer other = living.remove(random.nextInt(living.size()));
                int survivor = living.get(random.nextInt(living.size()));
                if (merged.merge(inMerged.get(survivor), inMerged.get(other))
                        instanceof MergeOutcome.Done) {
                    absorbed.add(other);
                } else {
                    living.add(other);
                }
            } else if (random.nextInt(5) == 0) {
                int one = living.get(random.nextInt(living.size()));
                merged.rename(inMerged.get(one), "Renamed" + n);
                never.rename(inNever.get(one), "Renamed" + n);
            } else {
                SourceRecord record = record(2_000 + random.nextInt(40), n);
                merged.ingest(record);
                never.ingest(record);
            }
        }
        Collections.shuffle(absorbed, random);
        for (int one : absorbed) {
            assertThat(merged.unmerge(inMerged.get(one))).isInstanceOf(MergeOutcome.Done.class);
        }

        assertThat(merged.everything())
                .as("seed " + seed)
                .containsExactlyInAnyOrderElementsOf(never.everything());
    }

    /** A version of a ticket: of one person for good, by one or both of two identifiers. */
    private static SourceRecord record(int id, int version) {
        Random of = new Random(id);
        int person = id < 2_000 ? id - 1_000 : of.nextInt(PEOPLE + 2);
        boolean isBoth = of.nextInt(3) == 0;
        boolean isEmail = id < 2_000 || isBoth || of.nextBoolean();
        Origin origin =
                new Origin("freshdesk", "acme", "t" + id, START, START.plusSeconds(version * 60L));
        return Records.ticket(
                origin,
                Person.of(
                        of.nextInt(4) == 0 ? "x" + person : null,
                        "Name" + person + " Family" + (person % 3),
                        isEmail ? "p" + person + "@x.example" : null,
                        isBoth || !isEmail ? "+96650222000" + person : null,
                        Assurance.OBSERVED));
    }
}

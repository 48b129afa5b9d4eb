package io.customergraph.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.customergraph.ingest.ContactPoint;
import io.customergraph.ingest.Origin;
import io.customergraph.ingest.SourceRecord;
import io.customergraph.matching.normalize.Email;
import io.customergraph.matching.normalize.Phone;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

class DemoRecordsTest {

    private static final DemoTenant TENANT = DemoTenant.ALL.getFirst();
    private static final int PEOPLE = 3_000;

    private static List<DemoRecord> generate(int people) {
        return new DemoRecords(TENANT, 1, 1).of(people).toList();
    }

    @Test
    void the_same_seed_gives_the_same_records() {
        assertThat(generate(200)).isEqualTo(generate(200));
        assertThat(new DemoRecords(TENANT, 2, 1).of(200).toList()).isNotEqualTo(generate(200));
    }

    @Test
    void a_larger_demo_begins_with_the_smaller_one() {
        List<DemoRecord> small = generate(100);

        assertThat(generate(300).subList(0, small.size())).isEqualTo(small);
    }

    @Test
    void no_two_records_of_a_kind_have_one_id() {
        Set<Object> keys = new HashSet<>();
        for (DemoRecord record : generate(PEOPLE)) {
            Origin origin = record.record().origin();
            assertThat(
                            keys.add(
                                    List.of(
                                            record.record().type(),
                                            origin.sourceType(),
                                            origin.account(),
                                            origin.externalId())))
                    .isTrue();
        }
    }

    @Test
    void nothing_was_recorded_after_the_end() {
        assertThat(generate(PEOPLE))
                .allMatch(
                        record -> !record.record().origin().updatedAt().isAfter(DemoRecords.AS_OF));
    }

    @Test
    void every_person_has_about_five_records_and_nobody_has_none() {
        Map<Long, Integer> counts = new HashMap<>();
        generate(PEOPLE).forEach(record -> counts.merge(record.person(), 1, Integer::sum));
        counts.remove(DemoRecord.NOBODY);

        assertThat(counts).hasSize(PEOPLE);
        assertThat(counts.values().stream().mapToInt(Integer::intValue).average().orElseThrow())
                .isBetween(4.5, 6.0);
    }

    @Test
    void phones_and_addresses_can_be_read_whatever_the_noise() {
        List<String> unread = new ArrayList<>();
        for (ContactPoint contact : contacts()) {
            boolean isRead =
                    switch (contact.kind()) {
                        case EMAIL -> Email.of(contact.value()).isPresent();
                        case PHONE -> Phone.of(contact.value(), TENANT.region()).isPresent();
                        case WHATSAPP_ID -> Phone.ofWhatsAppId(contact.value()).isPresent();
                        case WHATSAPP_USER_ID -> true;
                    };
            if (!isRead) {
                unread.add(contact.kind() + " " + contact.value());
            }
        }
        assertThat(unread).isEmpty();
    }

    @Test
    void the_noise_of_real_life_is_in_it() {
        List<String> values = contacts().stream().map(ContactPoint::value).toList();
        List<String> names =
                generate(PEOPLE).stream()
                        .map(record -> record.record().person().firstName())
                        .filter(name -> name != null)
                        .toList();

        assertThat(values).anyMatch(value -> value.contains("+shop"));
        assertThat(values).anyMatch(value -> value.startsWith("00"));
        assertThat(values).anyMatch(value -> value.chars().anyMatch(c -> c >= 0x660 && c <= 0x669));
        assertThat(values).anyMatch(value -> value.startsWith("info@"));
        assertThat(values)
                .anyMatch(
                        value ->
                                value.equals(value.strip().toUpperCase(Locale.ROOT))
                                        && value.contains("@"));
        assertThat(names).anyMatch(name -> name.chars().anyMatch(c -> c >= 0x621 && c <= 0x64A));
        assertThat(names).anyMatch(name -> name.endsWith("."));
        assertThat(sharedPhones()).isGreaterThan(50);
        assertThat(currencies()).contains("SAR", "KWD", "AED", "USD", "EGP");
    }

    @Test
    void the_tenants_share_addresses_and_raw_ids() {
        Set<String> ours = new HashSet<>();
        generate(100).forEach(record -> ours.add(record.record().origin().externalId()));

        assertThat(new DemoRecords(DemoTenant.ALL.getLast(), 1, 1).of(100).toList())
                .anyMatch(record -> ours.contains(record.record().origin().externalId()));
    }

    private static List<ContactPoint> contacts() {
        return generate(PEOPLE).stream()
                .flatMap(record -> record.record().person().contactPoints().stream())
                .toList();
    }

    private static long sharedPhones() {
        Map<String, Set<Long>> owners = new HashMap<>();
        for (long number = 0; number < PEOPLE; number++) {
            DemoPerson person = DemoPerson.of(TENANT, 1, number);
            for (String phone : person.phones()) {
                owners.computeIfAbsent(phone, without -> new HashSet<>()).add(number);
            }
        }
        return owners.values().stream().filter(people -> people.size() > 1).count();
    }

    private static Set<String> currencies() {
        Set<String> currencies = new HashSet<>();
        for (DemoRecord record : generate(PEOPLE)) {
            if (record.record() instanceof SourceRecord.TransactionRecord payment) {
                currencies.add(payment.amount().currency());
            }
        }
        return currencies;
    }
}

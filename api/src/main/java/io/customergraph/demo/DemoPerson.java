package io.customergraph.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * An invented person. The same number is the same person whatever the size of the demo.
 *
 * @param emails the one used most first; may be empty
 * @param phones E.164, the one used most first; of a family the first is shared; may be empty
 * @param region where the phones are from
 */
record DemoPerson(
        long number,
        DemoNames.Name given,
        DemoNames.Name family,
        List<String> emails,
        List<String> phones,
        String region) {

    private static final int FAMILY_SIZE = 4;
    private static final List<String> DOMAINS =
            List.of("example.com", "example.net", "example.org", "mail.example", "post.example");
    private static final int MAX_NUMBER = 10_000_000;

    static DemoPerson of(DemoTenant tenant, long seed, long number) {
        SplittableRandom random = new SplittableRandom(seed * 31 + number * 1_000_003);
        long head = number - number % FAMILY_SIZE;
        boolean isFamily = new SplittableRandom(seed * 37 + head).nextDouble() < 0.12;
        String culture = tenant.cultures().get(random.nextInt(tenant.cultures().size()));
        DemoNames.Name given = DemoNames.pick(true, culture, random);
        DemoNames.Name family = DemoNames.pick(false, culture, random);
        String region = random.nextDouble() < 0.75 ? tenant.region() : foreign(random);
        List<String> emails = emails(given, family, number, random);
        List<String> phones = new ArrayList<>(3);
        if (isFamily) {
            phones.add(phone(tenant.region(), head, 9));
        }
        if (random.nextDouble() < 0.9) {
            phones.add(phone(region, number, 0));
        }
        if (random.nextDouble() < 0.12) {
            phones.add(phone(region, number, 5));
        }
        if (emails.isEmpty() && phones.isEmpty()) {
            phones.add(phone(region, number, 0));
        }
        return new DemoPerson(
                number, given, family, emails, phones, isFamily ? tenant.region() : region);
    }

    private static List<String> emails(
            DemoNames.Name given, DemoNames.Name family, long number, SplittableRandom random) {
        List<String> emails = new ArrayList<>(2);
        String local =
                (given.latin().getFirst() + "." + family.latin().getFirst())
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z.]", "");
        if (random.nextDouble() < 0.92) {
            emails.add(
                    random.nextDouble() < 0.35
                            ? "cg.demo." + local + number + "@gmail.com"
                            : local + number + "@" + DOMAINS.get(random.nextInt(DOMAINS.size())));
        }
        if (random.nextDouble() < 0.15) {
            emails.add("work." + local + number + "@company.example");
        }
        return emails;
    }

    private static String foreign(SplittableRandom random) {
        return List.of("AE", "EG", "MA", "FR", "GB").get(random.nextInt(5));
    }

    /** A mobile number that is valid in its region, from a block of its own for each variant. */
    private static String phone(String region, long number, int variant) {
        long digits = (number * 7_919 + variant * 1_234_567L) % MAX_NUMBER;
        String seven = String.format(Locale.ROOT, "%07d", digits);
        int block = (int) ((number + variant) % 4);
        return switch (region) {
            case "SA" -> "+966" + List.of("50", "53", "54", "55").get(block) + seven;
            case "AE" -> "+971" + List.of("50", "52", "54", "55").get(block) + seven;
            case "EG" -> "+20" + List.of("100", "101", "102", "106").get(block) + seven;
            case "MA" -> "+212" + List.of("61", "66", "67", "65").get(block) + seven;
            case "FR" -> "+33" + List.of("61", "62", "66", "67").get(block) + seven;
            case "GB" -> "+44" + List.of("740", "750", "790", "780").get(block) + seven;
            default -> throw new IllegalArgumentException("No numbers for " + region);
        };
    }
}

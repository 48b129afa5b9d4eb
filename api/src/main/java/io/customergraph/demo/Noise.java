package io.customergraph.demo;

import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;

/** How people and systems write what they know: with mistakes, and each in their own way. */
final class Noise {

    private final SplittableRandom random;

    Noise(SplittableRandom random) {
        this.random = random;
    }

    boolean chance(double share) {
        return random.nextDouble() < share;
    }

    /** A typing error in some: a letter dropped, doubled or swapped with its neighbour. */
    String typo(String text) {
        if (text.length() < 4 || !chance(0.06)) {
            return text;
        }
        int at = 1 + random.nextInt(text.length() - 2);
        return switch (random.nextInt(3)) {
            case 0 -> text.substring(0, at) + text.substring(at + 1);
            case 1 -> text.substring(0, at) + text.charAt(at) + text.substring(at);
            default ->
                    text.substring(0, at)
                            + text.charAt(at + 1)
                            + text.charAt(at)
                            + text.substring(at + 2);
        };
    }

    /** The same mailbox: in capitals, with blanks around, with Gmail's dots and tags. */
    String email(String email) {
        String written = email;
        if (email.endsWith("@gmail.com") && chance(0.12)) {
            int at = email.indexOf('@');
            written =
                    chance(0.5)
                            ? email.substring(0, at) + "+shop" + email.substring(at)
                            : email.substring(0, at).replaceFirst("cg\\.demo\\.", "cgdemo.")
                                    + email.substring(at);
        }
        if (chance(0.08)) {
            written = written.toUpperCase(Locale.ROOT);
        }
        return chance(0.04) ? " " + written + " " : written;
    }

    /** The same number: international, national where that is understood, with other digits. */
    String phone(String e164, String home) {
        String national = national(e164, home).orElse(e164);
        return switch (random.nextInt(national.equals(e164) ? 3 : 6)) {
            case 0 -> e164;
            case 1 -> "00" + e164.substring(1);
            case 2 -> e164.substring(0, 4) + " " + e164.substring(4, 7) + "-" + e164.substring(7);
            case 3 -> arabicDigits(national);
            default -> national;
        };
    }

    private static Optional<String> national(String e164, String home) {
        String code =
                switch (home) {
                    case "SA" -> "+966";
                    case "FR" -> "+33";
                    default -> "none";
                };
        return e164.startsWith(code)
                ? Optional.of("0" + e164.substring(code.length()))
                : Optional.empty();
    }

    private static String arabicDigits(String digits) {
        StringBuilder text = new StringBuilder();
        digits.chars().forEach(digit -> text.append((char) ('\u0660' + (digit - '0'))));
        return text.toString();
    }
}

package io.customergraph.privacy;

import io.customergraph.ingest.Erasure.SourceId;
import io.customergraph.ingest.Erasure.Traces;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells whether a text of a source names a person. It would rather find too much: what it finds is
 * a copy of something that is applied already.
 */
final class TraceFinder {

    /** So many last digits name a phone, however it is written. */
    private static final int DIGITS_OF_PHONE = 8;

    /** A shorter id is looked for only where the text says that it is an id. */
    private static final int LENGTH_OF_OWN = 6;

    private static final Pattern ESCAPED = Pattern.compile("\\\\u([0-9a-fA-F]{4})");

    private final List<String> texts = new ArrayList<>();
    private final List<String> phones = new ArrayList<>();
    private final Map<String, List<Pattern>> ids = new HashMap<>();

    TraceFinder(Traces traces) {
        for (String email : traces.emails()) {
            texts.add(email);
            texts.add(URLEncoder.encode(email, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT));
        }
        for (String phone : traces.phones()) {
            String digits = digitsOf(phone).replace("|", "");
            if (digits.length() >= DIGITS_OF_PHONE) {
                phones.add(digits.substring(digits.length() - DIGITS_OF_PHONE));
            }
        }
        for (SourceId id : traces.ids()) {
            ids.computeIfAbsent(id.account(), _ -> new ArrayList<>()).add(pattern(id.id()));
        }
    }

    private static Pattern pattern(String id) {
        String quoted = Pattern.quote(id);
        return Pattern.compile(
                id.length() >= LENGTH_OF_OWN
                        ? "(?<![\\p{Alnum}])" + quoted + "(?![\\p{Alnum}])"
                        : "[iI][dD]\"?\\s*[:=]\\s*\"?" + quoted + "(?![\\p{Alnum}])");
    }

    /**
     * Whether it does.
     *
     * @param account whose text it is: an id means somebody within its account only
     */
    boolean isIn(String account, String written) {
        String text = unescaped(written);
        String lower = text.toLowerCase(Locale.ROOT);
        if (texts.stream().anyMatch(lower::contains)) {
            return true;
        }
        if (!phones.isEmpty()) {
            String digits = digitsOf(text);
            if (phones.stream().anyMatch(digits::contains)) {
                return true;
            }
        }
        return ids.getOrDefault(account, List.of()).stream()
                .anyMatch(id -> id.matcher(text).find());
    }

    /** JSON may write any character by its number. */
    private static String unescaped(String text) {
        return text.contains("\\u")
                ? ESCAPED.matcher(text)
                        .replaceAll(
                                found ->
                                        Matcher.quoteReplacement(
                                                String.valueOf(
                                                        (char)
                                                                Integer.parseInt(
                                                                        found.group(1), 16))))
                : text;
    }

    /** Digits of any script, with what is written between the digits of one phone left out. */
    private static String digitsOf(String text) {
        StringBuilder digits = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int digit = Character.digit(c, 10);
            if (digit >= 0) {
                digits.append((char) ('0' + digit));
            } else if (" ()-./+\u00a0".indexOf(c) < 0) {
                digits.append('|');
            }
        }
        return digits.toString();
    }
}

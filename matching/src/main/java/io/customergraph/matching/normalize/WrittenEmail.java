package io.customergraph.matching.normalize;

import com.ibm.icu.text.Normalizer2;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The long way: an address as people and programs write it. Display names and angle brackets (RFC
 * 5322), {@code mailto:} (RFC 6068), quoted local parts (RFC 5321, 4.1.2), letters beyond ASCII
 * (RFC 6531), domains in any script.
 */
final class WrittenEmail {

    private static final Normalizer2 NFKC = Normalizer2.getNFKCInstance();
    private static final String MAILTO = "mailto:";

    /** Marks around a whole address, each over the one that ends it. */
    private static final String QUOTES = "'\u2018\u201C\u00AB\u201E";

    private static final String UNQUOTES = "'\u2019\u201D\u00BB\u201C";

    /** A quoted string of RFC 5322, as a display name or a part of one. */
    private static final Pattern QUOTED = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*+\"");

    /** What the capital of a Turkish i is in lower case outside Turkey. */
    private static final String DOTTED_I = "i\u0307";

    private WrittenEmail() {}

    static @Nullable EmailParts parse(String raw) {
        if (raw.length() > EmailParts.MAX_INPUT) {
            return null;
        }
        String text = TextCleaning.visible(raw);
        if (text == null) {
            return null;
        }
        text = bare(lowerCase(text));
        if (text == null) {
            return null;
        }
        int at = text.lastIndexOf('@');
        if (at < 1 || at == text.length() - 1) {
            return null;
        }
        String local = local(text.substring(0, at));
        InternetDomain domain = InternetDomain.of(text.substring(at + 1));
        if (local == null || domain == null) {
            return null;
        }
        String address = local + '@' + domain.ascii();
        if (octets(local) > EmailParts.MAX_LOCAL || octets(address) > EmailParts.MAX_ADDRESS) {
            return null;
        }
        return new EmailParts(address, local.length(), domain.suspicious());
    }

    /**
     * Lower case can bring letters that NFKC would compose, so that it comes last as well as first.
     */
    private static String lowerCase(String text) {
        return NFKC.normalize(NFKC.normalize(text).toLowerCase(Locale.ROOT));
    }

    /** Takes off what stands around an address; null where it is not the only one. */
    private static @Nullable String bare(String text) {
        String bare = withoutQuotes(withoutTrailing(text.strip()));
        if (bare.endsWith(">")) {
            int open = bare.startsWith("<") ? 0 : bare.lastIndexOf('<');
            if (open >= 0) {
                String address = bare.substring(open + 1, bare.length() - 1).strip();
                if (namesAnother(bare.substring(0, open), address)) {
                    return null;
                }
                bare = address;
            }
        }
        if (bare.startsWith(MAILTO)) {
            int query = bare.indexOf('?');
            bare = bare.substring(MAILTO.length(), query < 0 ? bare.length() : query);
            String decoded = TextCleaning.visible(TextCleaning.percentDecoded(bare));
            if (decoded == null) {
                return null;
            }
            bare = lowerCase(decoded);
        }
        return withoutTrailing(bare.strip());
    }

    /** Whether a display name is more than a name: the rest of a list of addresses. */
    private static boolean namesAnother(String display, String address) {
        String name = QUOTED.matcher(display).replaceAll("").strip();
        return name.indexOf('<') >= 0 || (name.indexOf('@') >= 0 && !name.equals(address));
    }

    private static String withoutQuotes(String text) {
        int last = text.length() - 1;
        int quote = last < 1 ? -1 : QUOTES.indexOf(text.charAt(0));
        return quote >= 0 && UNQUOTES.indexOf(text.charAt(last), quote) == quote
                ? text.substring(1, last).strip()
                : text;
    }

    private static String withoutTrailing(String text) {
        int to = text.length();
        while (to > 0 && ",;.".indexOf(text.charAt(to - 1)) >= 0) {
            to--;
        }
        return text.substring(0, to);
    }

    /**
     * The local part, in quotes only where it needs them: RFC 5321 asks that {@code "a"@x} and
     * {@code a@x} be one.
     */
    private static @Nullable String local(String written) {
        String local = TextCleaning.withoutUnseen(written.replace(DOTTED_I, "i"));
        boolean quoted = local.length() > 1 && local.startsWith("\"") && local.endsWith("\"");
        String content = quoted ? unquoted(local) : local;
        if (content == null || content.isEmpty()) {
            return null;
        }
        if (AsciiEmail.isDotString(content) && !TextCleaning.hasSpace(content)) {
            return content;
        }
        return quoted ? '"' + content.replace("\\", "\\\\").replace("\"", "\\\"") + '"' : null;
    }

    private static @Nullable String unquoted(String quoted) {
        StringBuilder content = new StringBuilder(quoted.length());
        for (int i = 1; i < quoted.length() - 1; i++) {
            char c = quoted.charAt(i);
            if (c == '"') {
                return null;
            }
            if (c == '\\') {
                i++;
                if (i == quoted.length() - 1) {
                    return null;
                }
                c = quoted.charAt(i);
            }
            content.append(c);
        }
        return content.toString();
    }

    private static int octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}

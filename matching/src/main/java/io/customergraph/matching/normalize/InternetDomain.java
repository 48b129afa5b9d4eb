package io.customergraph.matching.normalize;

import com.ibm.icu.text.IDNA;
import com.ibm.icu.text.SpoofChecker;

import org.jspecify.annotations.Nullable;

import java.util.Locale;

/**
 * A domain in any script, as Unicode Technical Standard 46 (non-transitional) writes it in ASCII.
 *
 * @param suspicious mixes scripts beyond what UTS 39 calls highly restrictive, or reads as ASCII
 *     letters without being any
 */
record InternetDomain(String ascii, boolean suspicious) {

    private static final IDNA UTS46 =
            IDNA.getUTS46Instance(
                    IDNA.NONTRANSITIONAL_TO_ASCII
                            | IDNA.NONTRANSITIONAL_TO_UNICODE
                            | IDNA.CHECK_BIDI
                            | IDNA.CHECK_CONTEXTJ
                            | IDNA.USE_STD3_RULES);

    private static final SpoofChecker SCRIPTS =
            new SpoofChecker.Builder()
                    .setChecks(SpoofChecker.RESTRICTION_LEVEL)
                    .setRestrictionLevel(SpoofChecker.RestrictionLevel.HIGHLY_RESTRICTIVE)
                    .build();

    static @Nullable InternetDomain of(String written) {
        if (written.length() > EmailParts.MAX_ADDRESS || hasQuote(written)) {
            return null;
        }
        if (AsciiEmail.isHost(written, 0, written.length())) {
            return new InternetDomain(written.toLowerCase(Locale.ROOT), false);
        }
        IDNA.Info info = new IDNA.Info();
        StringBuilder text = new StringBuilder();
        UTS46.nameToASCII(written, text, info);
        String ascii = text.toString();
        if (info.hasErrors() || ascii.indexOf('.') < 1 || endsInDigitOrDot(ascii)) {
            return null;
        }
        text.setLength(0);
        UTS46.nameToUnicode(ascii, text, new IDNA.Info());
        return new InternetDomain(ascii, looksLikeAnother(text.toString()));
    }

    /** UTS 46 lets typographic quotes through, which stood around the address and not in it. */
    private static boolean hasQuote(String written) {
        return written.chars()
                .map(Character::getType)
                .anyMatch(
                        type ->
                                type == Character.INITIAL_QUOTE_PUNCTUATION
                                        || type == Character.FINAL_QUOTE_PUNCTUATION);
    }

    private static boolean endsInDigitOrDot(String ascii) {
        int top = ascii.lastIndexOf('.') + 1;
        return top == ascii.length() || Character.isDigit(ascii.charAt(top));
    }

    private static boolean looksLikeAnother(String unicode) {
        String[] labels = unicode.split("\\.", -1);
        boolean asciiTop = isAscii(labels[labels.length - 1]);
        for (String label : labels) {
            if (isAscii(label)) {
                continue;
            }
            if (SCRIPTS.failsChecks(label) || (asciiTop && isAscii(SCRIPTS.getSkeleton(label)))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 128);
    }
}

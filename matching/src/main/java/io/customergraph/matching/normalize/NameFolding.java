package io.customergraph.matching.normalize;

import com.ibm.icu.text.Normalizer2;
import com.ibm.icu.text.Transliterator;

import java.util.Locale;

/**
 * Lower case without accents, dots and apostrophes; Arabic letters in one form each, other scripts
 * in Latin.
 */
final class NameFolding {

    static final int TATWEEL = 0x0640;

    private static final Normalizer2 NFKD = Normalizer2.getNFKDInstance();

    private NameFolding() {}

    /** Letters only, Latin or Arabic. Folding twice changes nothing. */
    static String fold(String word) {
        if (isPlain(word)) {
            return word;
        }
        String decomposed = NFKD.normalize(word.toLowerCase(Locale.ROOT));
        StringBuilder folded = new StringBuilder(decomposed.length());
        boolean other = append(decomposed, folded);
        if (other) {
            String latin =
                    NFKD.normalize(OtherScripts.latin(folded.toString()).toLowerCase(Locale.ROOT));
            folded.setLength(0);
            append(latin, folded);
        }
        return folded.toString();
    }

    /** Appends letters; says whether some are neither Latin nor Arabic. */
    private static boolean append(String decomposed, StringBuilder folded) {
        boolean other = false;
        for (int i = 0; i < decomposed.length(); ) {
            int c = decomposed.codePointAt(i);
            i += Character.charCount(c);
            if (c >= 'a' && c <= 'z') {
                folded.append((char) c);
            } else if (c >= 128 && Character.isLetter(c) && c != TATWEEL) {
                other |= letter(c, folded);
            }
        }
        return other;
    }

    private static boolean letter(int c, StringBuilder folded) {
        switch (c) {
            case 'ß', 'ẞ' -> folded.append("ss");
            case 'æ' -> folded.append("ae");
            case 'œ' -> folded.append("oe");
            case 'ø' -> folded.append('o');
            case 'ł' -> folded.append('l');
            case 'đ', 'ð' -> folded.append('d');
            case 'ħ' -> folded.append('h');
            case 'þ' -> folded.append("th");
            case 'ı' -> folded.append('i');
            case 'ŋ' -> folded.append('n');
            case 'ء', 'ʻ', 'ʼ', 'ʾ', 'ʿ', 'ʹ' -> {}
            case 'ٱ' -> folded.append('ا');
            case 'ى', 'ی', 'ې', 'ے' -> folded.append('ي');
            case 'ة', 'ہ', 'ھ', 'ە', 'ۃ', 'ۀ' -> folded.append('ه');
            case 'ک', 'ڪ' -> folded.append('ك');
            default -> {
                folded.appendCodePoint(c);
                return !isArabic(c);
            }
        }
        return false;
    }

    static boolean isArabic(int c) {
        return c >= 0x0620 && c <= 0x06FF;
    }

    static boolean isMark(int c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK
                || type == Character.ENCLOSING_MARK;
    }

    /** What people type for an apostrophe, a hamza or an ayn. */
    static boolean isApostrophe(int c) {
        return switch (c) {
            case '\'',
                    '`',
                    0xB4,
                    0x2018,
                    0x2019,
                    0x201B,
                    0x2BB,
                    0x2BC,
                    0x2BE,
                    0x2BF,
                    0x2B9,
                    0x2032 ->
                    true;
            default -> false;
        };
    }

    private static boolean isPlain(String word) {
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (c < 'a' || c > 'z') {
                return false;
            }
        }
        return true;
    }

    /** Loaded when the first such name comes: the rules are large and most tables need none. */
    private static final class OtherScripts {
        private static final Transliterator LATIN =
                Transliterator.getInstance("Any-Latin; Latin-ASCII");

        static String latin(String word) {
            return LATIN.transliterate(word);
        }
    }
}

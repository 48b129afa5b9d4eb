package io.customergraph.matching.normalize;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * A person's name: as people read it, and as it compares.
 *
 * <p>{@code tokens} are the words of the name, folded to lower-case Latin without accents, in
 * reading order; honorifics, articles ({@code al-}) and particles of descent ({@code bin}) are not
 * among them, and the many romanisations of one Arabic name are one token, the same that the Arabic
 * spelling gives. {@code key} is the same for the same tokens in any order.
 *
 * @param given cleaned, in the script it came in; may be empty
 * @param family cleaned, in the script it came in; may be empty
 * @param display both, for people to read
 * @param key equal for equal names whatever the order, script and accents; "" when there is nothing
 *     usable
 * @param tokens the folded words; empty when there is nothing usable
 */
public record PersonName(
        String given, String family, String display, String key, List<String> tokens) {

    public PersonName {
        tokens = List.copyOf(tokens);
    }

    /** A name whose parts are known. */
    public static PersonName of(@Nullable String given, @Nullable String family) {
        return of(NameWords.of(given), NameWords.of(family));
    }

    /**
     * A name in one string: {@code Dr. Mohamed Al-Ali}, {@code Al-Ali, Mohamed}. The last word is
     * the family's, with the particles before it; a single word is a given name.
     */
    public static PersonName ofFull(@Nullable String full) {
        NameWords words = NameWords.of(full);
        int comma = words.comma();
        if (comma > 0) {
            return of(words.from(comma + 1), words.to(comma));
        }
        int family = words.familyStart();
        return of(words.to(family), words.from(family));
    }

    /** Whether there is nothing in the name to compare. */
    public boolean isEmpty() {
        return key.isEmpty();
    }

    /**
     * The tokens by their consonants alone, to compare a name that is in no list across scripts:
     * Arabic writes no short vowels. Too coarse for anything else; John and Jean have one.
     */
    public List<String> skeletons() {
        return tokens.stream().map(NameSkeleton::of).toList();
    }

    /**
     * Whether every token stands for the known spellings of an Arabic name. Two such names that
     * differ are two people's, however alike they are: Samir and Samira, Said and Saad.
     */
    public boolean isListed() {
        return !tokens.isEmpty() && tokens.stream().allMatch(ArabicNames::isListed);
    }

    private static PersonName of(NameWords given, NameWords family) {
        List<String> tokens = NameTokens.of(given, family);
        String display = (given.display() + ' ' + family.display()).strip();
        String key = String.join(" ", tokens.stream().sorted().toList());
        return new PersonName(given.display(), family.display(), display, key, tokens);
    }
}

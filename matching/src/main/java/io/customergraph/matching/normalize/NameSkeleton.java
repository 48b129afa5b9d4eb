package io.customergraph.matching.normalize;

/**
 * The consonants of a folded Latin token, one letter for each sound that romanisations write in
 * several ways.
 */
final class NameSkeleton {

    private NameSkeleton() {}

    static String of(String token) {
        StringBuilder skeleton = new StringBuilder(token.length());
        for (int i = 0; i < token.length(); i++) {
            char c = token.charAt(i);
            boolean aspirated = i + 1 < token.length() && token.charAt(i + 1) == 'h';
            char sound =
                    switch (c) {
                        case 'a', 'e', 'i', 'o', 'u', 'y', 'w' -> i == 0 ? 'a' : 0;
                        case 'h' -> i == token.length() - 1 ? 0 : 'h';
                        case 's', 'c' -> aspirated ? 'x' : c == 's' ? 's' : 'k';
                        case 'p' -> aspirated ? 'f' : 'p';
                        case 'k', 'q' -> 'k';
                        case 'g', 'j' -> 'j';
                        case 'z' -> 's';
                        default -> c;
                    };
            if (aspirated && "scpktdg".indexOf(c) >= 0) {
                i++;
            }
            if (sound != 0
                    && (skeleton.isEmpty() || skeleton.charAt(skeleton.length() - 1) != sound)) {
                skeleton.append(sound);
            }
        }
        return skeleton.toString();
    }
}

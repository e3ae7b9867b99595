package dev.ritz.cli;

import java.util.Collection;
import java.util.Locale;

/** The nearest of the known names, for messages about unknown ones. */
final class Suggestion {
    private Suggestion() {}

    /**
     * A clause to end a message with.
     *
     * @return {@code "; did you mean 'x'?"} where a known name is near, else a list of all
     */
    static String among(String unknown, Collection<String> known) {
        String word = unknown.toLowerCase(Locale.ROOT);
        String nearest = null;
        int least = Integer.MAX_VALUE;
        for (String name : known) {
            String candidate = name.toLowerCase(Locale.ROOT);
            int distance = distance(word, candidate);
            if (candidate.startsWith(word) || word.startsWith(candidate)) {
                distance = Math.min(distance, 1);
            }
            if (distance < least) {
                least = distance;
                nearest = name;
            }
        }
        if (nearest != null && least <= Math.max(1, word.length() / 3)) {
            return "; did you mean '" + nearest + "'?";
        }
        return known.isEmpty() ? "; there are none" : "; known: " + String.join(", ", known);
    }

    /** Edits (insert, delete, replace, swap of neighbours) from one word to the other. */
    static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int replace = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                d[i][j] = Math.min(replace, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}

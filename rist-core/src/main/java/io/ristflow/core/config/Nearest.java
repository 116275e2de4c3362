package io.ristflow.core.config;

import java.util.Collection;

/** Finds what a user most likely meant. */
public final class Nearest {
    private Nearest() {}

    /**
     * The candidate within an edit distance of a third of the word's length (at least 1), else the first that begins with the word, or null.
     * Letter case costs nothing.
     */
    public static String to(String word, Collection<String> candidates) {
        String wanted = word.toLowerCase(java.util.Locale.ROOT);
        if (wanted.length() > 64) return null;
        int best = Math.max(1, wanted.length() / 3) + 1;
        String found = null;
        for (String candidate : candidates) {
            int distance = distance(wanted, candidate.toLowerCase(java.util.Locale.ROOT));
            if (distance < best) {
                best = distance;
                found = candidate;
            }
        }
        if (found != null || wanted.length() < 4) return found;
        // A name cut short.
        return candidates.stream().filter(candidate -> candidate.toLowerCase(java.util.Locale.ROOT).startsWith(wanted)).findFirst().orElse(null);
    }

    /** "; did you mean X?" or the whole list when nothing is near. */
    public static String hint(String word, Collection<String> candidates) {
        String near = to(word, candidates);
        return near != null ? "; did you mean " + near + "?" : "; known: " + (candidates.isEmpty() ? "none" : String.join(", ", candidates));
    }

    /** Optimal string alignment: a swap of two neighbours counts as one edit, as it is the commonest slip. */
    private static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) d[i][0] = i;
        for (int j = 0; j <= b.length(); j++) d[0][j] = j;
        for (int i = 1; i <= a.length(); i++) {
            for (int j = 1; j <= b.length(); j++) {
                int cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                d[i][j] = Math.min(Math.min(d[i - 1][j] + 1, d[i][j - 1] + 1), d[i - 1][j - 1] + cost);
                boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
            }
        }
        return d[a.length()][b.length()];
    }
}

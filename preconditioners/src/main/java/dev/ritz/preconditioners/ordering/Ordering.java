package dev.ritz.preconditioners.ordering;

import dev.ritz.api.SparsityPattern;

/** How rows and columns are ordered alike, by the pattern alone. */
public enum Ordering {
    /** Small bandwidth: {@link ReverseCuthillMcKee}. */
    REVERSE_CUTHILL_MCKEE("reverse Cuthill-McKee") {
        @Override
        public int[] order(SparsityPattern pattern) {
            return ReverseCuthillMcKee.order(pattern);
        }
    },
    /** Small fill of complete factors: {@link MinimumDegree}. */
    MINIMUM_DEGREE("minimum degree") {
        @Override
        public int[] order(SparsityPattern pattern) {
            return MinimumDegree.order(pattern);
        }
    };

    private final String text;

    Ordering(String text) {
        this.text = text;
    }

    /**
     * Orders a pattern.
     *
     * @param pattern a square pattern
     * @return p with p[k] the row of A that becomes row k, as {@link dev.ritz.api.CsrMatrix#permute} takes it
     * @throws IllegalArgumentException when the pattern is not square
     */
    public abstract int[] order(SparsityPattern pattern);

    /** {@return its name in a sentence} */
    String text() {
        return text;
    }
}

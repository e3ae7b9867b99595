package dev.ritz.cli;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.SparsityPattern;

/** Gives matrices with entries at the same places one pattern object, as rebuilding a preconditioner asks for. */
final class PatternCache {
    private final SparsityPattern[] recent;
    private int oldest;

    /** Remembers the last few different patterns. */
    PatternCache(int capacity) {
        recent = new SparsityPattern[capacity];
    }

    /** {@return the same matrix, on a remembered pattern where one has its entries} */
    CsrMatrix shared(CsrMatrix a) {
        for (SparsityPattern pattern : recent) {
            if (pattern != null && pattern.sameAs(a.pattern())) {
                return CsrMatrix.of(pattern, a.values()).on(a.pool());
            }
        }
        recent[oldest] = a.pattern();
        oldest = (oldest + 1) % recent.length;
        return a;
    }
}

package dev.ritz.krylov.sequence;

import dev.ritz.api.CsrMatrix;
import java.util.Arrays;

/** How two matrices of a sequence compare. Values that differ usually do so early, so that a comparison is cheap. */
final class Matrices {

    private Matrices() {}

    static boolean samePattern(CsrMatrix a, CsrMatrix b) {
        return a != null && b != null && a.pattern().sameAs(b.pattern());
    }

    /**
     * Whether two matrices of one pattern have the same values, bit for bit. Two matrices over one array count as
     * different: somebody has put new values there and made a new matrix to say so.
     */
    static boolean sameValues(CsrMatrix a, CsrMatrix b) {
        return a == b || a.values() != b.values() && Arrays.equals(a.values(), 0, a.nnz(), b.values(), 0, b.nnz());
    }

    /** Whether two matrices are the same, entry for entry. */
    static boolean same(CsrMatrix a, CsrMatrix b) {
        return a == b || samePattern(a, b) && sameValues(a, b);
    }
}

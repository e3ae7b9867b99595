package dev.ritz.preconditioners.ordering;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.SparsityPattern;
import java.util.Arrays;

/** The pattern of a matrix without its explicit zeros. */
final class Nonzeros {
    private Nonzeros() {}

    static SparsityPattern of(CsrMatrix a) {
        int[] ptr = new int[a.rows() + 1];
        int[] idx = new int[a.nnz()];
        int at = 0;
        for (int i = 0; i < a.rows(); i++) {
            for (int k = a.rowPtr()[i]; k < a.rowPtr()[i + 1]; k++) {
                if (a.values()[k] != 0) { // NaN is not 0
                    idx[at++] = a.colIdx()[k];
                }
            }
            ptr[i + 1] = at;
        }
        return at == a.nnz() ? a.pattern() : SparsityPattern.of(a.rows(), a.cols(), ptr, Arrays.copyOf(idx, at));
    }
}

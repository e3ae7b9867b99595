package dev.ritz.preconditioners.multigrid;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.SparsityPattern;
import dev.ritz.preconditioners.Precision;

/**
 * The way between a level and the next.
 *
 * @param p the prolongator
 * @param pt its transpose
 * @param coarse where Pᵀ A P has entries, null before the first product
 * @param prolong P as the cycle reads it
 * @param restrict Pᵀ as the cycle reads it
 */
record Transfer(CsrMatrix p, CsrMatrix pt, SparsityPattern coarse, BlockRows.Compressed prolong, BlockRows restrict) {

    static Transfer of(CsrMatrix p, Precision precision) {
        CsrMatrix pt = SparseProduct.transpose(p);
        return new Transfer(p, pt, null, BlockRows.of(p, precision), BlockRows.of(pt, precision));
    }

    /** Pᵀ A P. */
    CsrMatrix galerkin(CsrMatrix a) {
        return SparseProduct.galerkin(a, p, pt, coarse);
    }

    /** The same, with the pattern of a coarse matrix for the next product. */
    Transfer leadingTo(CsrMatrix product) {
        return new Transfer(p, pt, product.pattern(), prolong, restrict);
    }

    long bytes() {
        return 2L * 12 * p.nnz() + 4L * (p.rows() + p.cols() + 2) + prolong.bytes() + restrict.bytes();
    }
}

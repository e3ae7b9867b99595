/** Approximate inverses of sparse matrices. */
module dev.ritz.preconditioners {
    exports dev.ritz.preconditioners;
    exports dev.ritz.preconditioners.composition;
    exports dev.ritz.preconditioners.domain;
    exports dev.ritz.preconditioners.multigrid;
    exports dev.ritz.preconditioners.ordering;
    exports dev.ritz.preconditioners.polynomial;
    exports dev.ritz.preconditioners.subspace;

    requires transitive dev.ritz.api;
    requires ejml.core;
    requires ejml.ddense;
}

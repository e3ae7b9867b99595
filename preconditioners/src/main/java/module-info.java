/** Approximate inverses of sparse matrices. */
module dev.ritz.preconditioners {
    exports dev.ritz.preconditioners;
    exports dev.ritz.preconditioners.multigrid;
    exports dev.ritz.preconditioners.ordering;

    requires transitive dev.ritz.api;
    requires ejml.core;
    requires ejml.ddense;
}

/** Approximate inverses of sparse matrices. */
module dev.ritz.preconditioners {
    exports dev.ritz.preconditioners;
    exports dev.ritz.preconditioners.ordering;

    requires transitive dev.ritz.api;
}

/** Approximate inverses of sparse matrices. */
module dev.ritz.preconditioners {
    requires transitive dev.ritz.api;
    requires ejml.core;
    requires ejml.ddense;
}

/** Krylov and stationary iterations for single systems and sequences of systems. */
module dev.ritz.krylov {
    requires transitive dev.ritz.api;
    requires ejml.core;
    requires ejml.ddense;

    exports dev.ritz.krylov;
    exports dev.ritz.krylov.sequence;
    exports dev.ritz.krylov.stationary;
    exports dev.ritz.krylov.tuning;
}

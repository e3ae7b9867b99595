/** Reduced bases of parametrised systems, as first guesses and coarse spaces. */
module dev.ritz.basis {
    requires transitive dev.ritz.api;

    exports dev.ritz.basis;
}

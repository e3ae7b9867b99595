/** Preconditioners made from learned models. */
module dev.ritz.learned {
    requires transitive dev.ritz.api;
    requires dev.ritz.preconditioners;

    exports dev.ritz.learned;
}

/** Operators, preconditioners, solvers and results, sparse matrices and their kernels. */
module dev.ritz.api {
    exports dev.ritz.api;
    exports dev.ritz.api.format;
    exports dev.ritz.api.io;
    exports dev.ritz.api.kernel;

    // a faster inner loop for products by diagonals, where there is one
    uses dev.ritz.api.format.DiagonalLoop;
}

/**
 * Products by diagonals with vector instructions. Being there is enough: {@code dev.ritz.api} finds it as a service. On
 * the class path, Java has to be started with {@code --add-modules jdk.incubator.vector}.
 */
module dev.ritz.vector {
    requires dev.ritz.api;
    requires jdk.incubator.vector;

    exports dev.ritz.vector;

    provides dev.ritz.api.format.DiagonalLoop with
            dev.ritz.vector.VectorDiagonalLoop;
}

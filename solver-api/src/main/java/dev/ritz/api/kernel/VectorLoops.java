package dev.ritz.api.kernel;

/** One block of each kernel of {@link Vectors}, which holds the arguments. Stateless, so that a call allocates nothing. */
final class VectorLoops {
    static final WorkerPool.BlockSum<Vectors> DOT = (v, x, y, block) -> Loops.dot(x, y, Loops.from(block), v.to(block));
    static final WorkerPool.BlockKernel<Vectors> COPY = (v, x, y, block) ->
            System.arraycopy(x, Loops.from(block), y, Loops.from(block), v.to(block) - Loops.from(block));
    static final WorkerPool.BlockKernel<Vectors> SCALE =
            (v, x, y, block) -> Loops.scale(v.alpha, x, y, Loops.from(block), v.to(block));
    static final WorkerPool.BlockKernel<Vectors> MULTIPLY =
            (v, x, y, block) -> Loops.multiply(v.third, x, y, Loops.from(block), v.to(block));
    static final WorkerPool.BlockKernel<Vectors> AXPY =
            (v, x, y, block) -> Loops.axpy(v.alpha, x, y, Loops.from(block), v.to(block));
    static final WorkerPool.BlockKernel<Vectors> XPBY =
            (v, x, y, block) -> Loops.xpby(x, v.beta, y, Loops.from(block), v.to(block));
    static final WorkerPool.BlockKernel<Vectors> ROTATE =
            (v, x, y, block) -> Loops.rotate(v.alpha, v.beta, x, y, Loops.from(block), v.to(block));
    static final WorkerPool.BlockKernel<Vectors> UPDATE = VectorLoops::updateBlock;
    static final WorkerPool.BlockKernel<Vectors> DOTS = VectorLoops::dotsBlock;
    // written, then summed from the first-level cache: one pass through memory, and both loops run at full width
    static final WorkerPool.BlockSum<Vectors> MULTIPLY_DOT = (v, x, y, block) -> {
        MULTIPLY.run(v, x, y, block);
        return DOT.run(v, x, y, block);
    };
    static final WorkerPool.BlockSum<Vectors> AXPY_SQUARE = (v, x, y, block) -> {
        AXPY.run(v, x, y, block);
        return DOT.run(v, y, y, block);
    };
    static final WorkerPool.BlockSum<Vectors> WAXPY_SQUARE = (v, x, y, block) -> {
        Loops.waxpy(x, v.alpha, y, v.third, Loops.from(block), v.to(block));
        return DOT.run(v, v.third, v.third, block);
    };
    static final WorkerPool.BlockSum<Vectors> COMBINE = (v, w, unused, block) -> {
        Loops.combine(v.sign, v.basis, v.count, v.coefficients, w, Loops.from(block), v.to(block));
        return DOT.run(v, w, w, block);
    };
    static final WorkerPool.BlockSum<Vectors> COMBINE_DOTS = (v, w, unused, block) -> {
        double square = COMBINE.run(v, w, unused, block);
        DOTS.run(v, w, unused, block); // the block of each vector is still in the second-level cache
        return square;
    };

    private VectorLoops() {}

    private static void updateBlock(Vectors v, double[] x, double[] p, int block) {
        double a = v.alpha;
        double b = v.beta;
        double[] z = v.third;
        for (int i = Loops.from(block), to = v.to(block); i < to; i++) {
            double pi = p[i];
            x[i] += a * pi;
            p[i] = z[i] + b * pi;
        }
    }

    private static void dotsBlock(Vectors v, double[] w, double[] unused, int block) {
        Loops.dots(v.basis, v.count, w, Loops.from(block), v.to(block), v.partials, block * v.count);
    }
}

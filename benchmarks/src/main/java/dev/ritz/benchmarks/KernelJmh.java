package dev.ritz.benchmarks;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.LinearOperator;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.format.FormatChoice;
import dev.ritz.api.kernel.Vectors;
import dev.ritz.preconditioners.Ic0;
import dev.ritz.preconditioners.Precision;
import dev.ritz.testdata.Poisson;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The kernels under JMH, on the 7-point Laplacian with the shared pool's threads ({@code -Dritz.threads=1} for one).
 *
 * <p>{@code java -cp 'benchmarks/target/classes:benchmarks/target/lib/*' org.openjdk.jmh.Main KernelJmh}
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx4g")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class KernelJmh {
    /** Interior points per side of the cube. */
    @Param({"64", "128"})
    public int side;

    private CsrMatrix rows;
    private LinearOperator chosen;
    private Preconditioner sweeps;
    private Preconditioner floatSweeps;
    private Vectors vectors;
    private double[] x;
    private double[] y;
    private double[] z;

    /** Makes matrix, formats, factors and vectors. */
    @Setup
    public void make() {
        rows = Poisson.poisson3d(side).a();
        chosen = FormatChoice.choose(rows).operator();
        sweeps = new Ic0().build(rows);
        floatSweeps = new Ic0(Precision.FLOAT).build(rows);
        int n = rows.rows();
        vectors = new Vectors(n, rows.pool());
        x = new SplittableRandom(0x3a17).doubles(n, -1, 1).toArray();
        y = x.clone();
        z = x.clone();
    }

    /** z ← x + α y: STREAM's triad, the yardstick; 24 bytes an entry. */
    @Benchmark
    public void triad() {
        vectors.waxpySquare(x, 0.5, y, z);
    }

    /** y ← A x in compressed rows. */
    @Benchmark
    public void product() {
        rows.apply(x, y);
    }

    /**
     * y ← A x in compressed rows, and xᵀy.
     *
     * @return the inner product
     */
    @Benchmark
    public double productDot() {
        return rows.applyDot(x, y);
    }

    /** y ← Aᵀ x in compressed rows. */
    @Benchmark
    public void transposed() {
        rows.applyTranspose(x, y);
    }

    /** y ← A x in the chosen format. */
    @Benchmark
    public void chosenProduct() {
        chosen.apply(x, y);
    }

    /**
     * y ← A x in the chosen format, and xᵀy.
     *
     * @return the inner product
     */
    @Benchmark
    public double chosenProductDot() {
        return chosen.applyDot(x, y);
    }

    /**
     * xᵀ y.
     *
     * @return the inner product
     */
    @Benchmark
    public double dot() {
        return vectors.dot(x, y);
    }

    /**
     * y ← y + α x, and yᵀy.
     *
     * @return the square sum
     */
    @Benchmark
    public double axpySquare() {
        return vectors.axpySquare(1e-9, x, y);
    }

    /** x ← x + α p, p ← z + β p. */
    @Benchmark
    public void update() {
        vectors.update(1e-9, y, x, 0.5, z);
    }

    /** Both sweeps of IC(0), factors in double. */
    @Benchmark
    public void sweeps() {
        sweeps.apply(x, z);
    }

    /** Both sweeps of IC(0), factors in float. */
    @Benchmark
    public void floatSweeps() {
        floatSweeps.apply(x, z);
    }
}

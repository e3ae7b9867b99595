package dev.ritz.preconditioners.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ritz.api.BuildException;
import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;
import dev.ritz.api.kernel.WorkerPool;
import dev.ritz.preconditioners.BlockJacobi;
import dev.ritz.preconditioners.Dense;
import dev.ritz.preconditioners.Ic0;
import dev.ritz.preconditioners.Ilu0;
import dev.ritz.preconditioners.Jacobi;
import dev.ritz.preconditioners.ReferenceCg;
import dev.ritz.preconditioners.ReferenceGmres;
import dev.ritz.preconditioners.multigrid.Amg;
import dev.ritz.preconditioners.ordering.Partition;
import dev.ritz.preconditioners.polynomial.AdaptiveKrylov;
import dev.ritz.preconditioners.polynomial.Neumann;
import dev.ritz.testdata.Gallery;
import dev.ritz.testdata.LinearSystem;
import dev.ritz.testdata.Poisson;
import dev.ritz.testdata.contract.PreconditionerContract;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SchwarzTest extends PreconditionerContract {
    private static final Schwarz DIRECT = new Schwarz().withInner(new Direct());
    private static final Schwarz ADDITIVE = DIRECT.withVariant(Schwarz.Variant.ADDITIVE);

    @Override
    protected PreconditionerFactory factory() {
        return new Schwarz().withParts(3);
    }

    @Nested
    class AdditiveOfCholesky extends PreconditionerContract {
        @Override
        protected PreconditionerFactory factory() {
            return ADDITIVE.withParts(3);
        }
    }

    @Nested
    class AdditiveOfMultigrid extends PreconditionerContract {
        @Override
        protected PreconditionerFactory factory() {
            return new Schwarz()
                    .withParts(5)
                    .withVariant(Schwarz.Variant.ADDITIVE)
                    .withInner(new Amg());
        }
    }

    private static double[] random(int n) {
        Random random = new Random(0x5c4a);
        double[] r = new double[n];
        Arrays.setAll(r, i -> random.nextGaussian());
        return r;
    }

    /** Σ R̃_iᵀ A_i⁻¹ R_i with dense inverses. */
    private static double[][] reference(CsrMatrix a, int[] labels, int overlap, boolean restricted) {
        int n = a.rows();
        int[][] parts = Partition.overlapping(a.pattern(), labels, overlap);
        double[][] sum = new double[n][n];
        for (int p = 0; p < parts.length; p++) {
            double[][] inverse = Dense.inverse(a.submatrix(parts[p], parts[p]).toDense());
            for (int i = 0; i < inverse.length; i++) {
                for (int j = 0; j < inverse.length; j++) {
                    if (!restricted || labels[parts[p][i]] == p) {
                        sum[parts[p][i]][parts[p][j]] += inverse[i][j];
                    }
                }
            }
        }
        return sum;
    }

    @Test
    void oneSubdomainSolvesExactly() {
        CsrMatrix a = Gallery.problem("convection-diffusion2d").generate(11, 1).a();
        double[] x = random(a.rows());
        double[] b = new double[x.length];
        double[] z = new double[x.length];
        a.apply(x, b);
        DIRECT.withParts(1).build(a).apply(b, z);
        assertThat(z).containsExactly(x, within(1e-11));
    }

    @Test
    void isTheSumOfLocalInverses() {
        for (String problem : List.of("poisson2d", "convection-diffusion2d")) {
            CsrMatrix a = Gallery.problem(problem).generate(7, 1).a();
            for (int overlap = 0; overlap < 3; overlap++) {
                for (Schwarz.Variant variant : Schwarz.Variant.values()) {
                    boolean restricted = variant == Schwarz.Variant.RESTRICTED;
                    int[] labels = Partition.into(4).labels(a.pattern());
                    double[][] expected = reference(a, labels, overlap, restricted);
                    double[][] m = Dense.of(DIRECT.withParts(4)
                            .withOverlap(overlap)
                            .withVariant(variant)
                            .build(a));
                    for (int i = 0; i < m.length; i++) {
                        assertThat(m[i])
                                .as("%s, %s, overlap %d, row %d", problem, variant, overlap, i)
                                .containsExactly(expected[i], within(1e-13));
                    }
                }
            }
        }
    }

    @Test
    void withoutOverlapItIsBlockJacobi() {
        CsrMatrix a = Poisson.poisson2d(6).a();
        int[] labels = new int[36];
        Arrays.setAll(labels, i -> i / 4);
        double[][] expected = Dense.of(new BlockJacobi(4).build(a));
        double[][] m = Dense.of(
                DIRECT.withPartition(Partition.of(labels)).withOverlap(0).build(a));
        for (int i = 0; i < m.length; i++) {
            assertThat(m[i]).containsExactly(expected[i], within(1e-15));
        }
    }

    @Test
    void declaresTheKindOfWhatItHolds() {
        CsrMatrix a = Poisson.poisson2d(8).a();
        Schwarz s = ADDITIVE.withParts(4);
        assertThat(s.build(a).kind()).isEqualTo(Preconditioner.Kind.SPD);
        assertThat(s.withInner(new Ilu0()).build(a).kind()).isEqualTo(Preconditioner.Kind.FIXED);
        assertThat(s.withInner(new AdaptiveKrylov(2, new Jacobi())).build(a).kind())
                .isEqualTo(Preconditioner.Kind.VARIABLE);
        Schwarz restricted = s.withVariant(Schwarz.Variant.RESTRICTED);
        assertThat(restricted.build(a).kind()).isEqualTo(Preconditioner.Kind.FIXED);
        assertThat(restricted.withOverlap(0).build(a).kind()).isEqualTo(Preconditioner.Kind.SPD);
    }

    /** Iterations of CG: fewer with overlap, more with parts; so with GMRES and the restricted variant. */
    @Test
    void overlapSavesIterationsAndPartsCostThem() {
        LinearSystem poisson = Poisson.poisson2d(48);
        int before = Integer.MAX_VALUE;
        for (int overlap : new int[] {0, 1, 2, 4}) {
            int iterations = ReferenceCg.iterations(
                    poisson, ADDITIVE.withParts(16).withOverlap(overlap).build(poisson.a()));
            assertThat(iterations).as("overlap %d", overlap).isLessThan(before);
            before = iterations;
        }
        before = 0;
        for (int parts : new int[] {1, 4, 16, 64}) {
            int iterations =
                    ReferenceCg.iterations(poisson, ADDITIVE.withParts(parts).build(poisson.a()));
            assertThat(iterations).as("%d parts", parts).isGreaterThan(before);
            before = iterations;
        }
        LinearSystem wind = Gallery.problem("convection-diffusion2d").generate(40, 1);
        int additive = ReferenceGmres.iterations(wind, ADDITIVE.withParts(16).build(wind.a()));
        int restricted = ReferenceGmres.iterations(wind, DIRECT.withParts(16).build(wind.a()));
        assertThat(restricted).isLessThan(additive);
    }

    @Test
    void bitsDoNotDependOnThreadsInAnyVariant() {
        CsrMatrix a = Gallery.problem("fem2d").generate(40, 3).a();
        double[] r = random(a.rows());
        for (PreconditionerFactory inner : List.of(new Direct(), new Ic0())) {
            for (Schwarz.Variant variant : Schwarz.Variant.values()) {
                double[] expected = null;
                for (int threads : new int[] {1, 2, 3, 7}) {
                    try (WorkerPool pool = WorkerPool.of(threads)) {
                        double[] z = new double[r.length];
                        DIRECT.withParts(13)
                                .withVariant(variant)
                                .withInner(inner)
                                .build(a.on(pool))
                                .apply(r, z);
                        expected = expected == null ? z : expected;
                        assertThat(z).as("%d threads, %s", threads, variant).containsExactly(expected);
                    }
                }
            }
        }
    }

    @Test
    void standsEmptyAndDenseRows() {
        int n = 40;
        double[][] dense = new double[n][n];
        for (int i = 0; i < n; i++) {
            dense[i][i] = 2;
            dense[7][i] = i == 7 ? n : 1;
            dense[i][7] = i == 7 ? n : 1;
        }
        CsrMatrix arrow = CsrMatrix.fromDense(dense);
        double[] z = new double[n];
        DIRECT.withParts(6).build(arrow).apply(random(n), z);
        assertThat(z).doesNotContain(Double.NaN).doesNotContain(0);
        dense[3] = new double[n];
        CsrMatrix empty = CsrMatrix.fromDense(dense);
        assertThatThrownBy(() -> DIRECT.withParts(6).build(empty)).isInstanceOfSatisfying(BuildException.class, e -> {
            assertThat(e.reason()).isEqualTo(BuildException.Reason.ZERO_PIVOT);
            assertThat(e.row()).isEqualTo(3);
        });
    }

    @Test
    void namesTheCallersRow() {
        double[] d = new double[30];
        Arrays.fill(d, 2);
        d[23] = 0;
        CsrMatrix a = CsrMatrix.identity(30).scale(d, null);
        int[] labels = new int[30];
        Arrays.setAll(labels, i -> i % 3);
        Schwarz s = new Schwarz().withPartition(Partition.of(labels));
        assertThatThrownBy(() -> s.build(a))
                .isInstanceOfSatisfying(BuildException.class, e -> {
                    assertThat(e.reason()).isEqualTo(BuildException.Reason.ZERO_PIVOT);
                    assertThat(e.row()).isEqualTo(23);
                })
                .hasMessageContaining("row 23, which is row 7 of subdomain 2");
        CsrMatrix general =
                Gallery.problem("convection-diffusion2d").generate(6, 1).a();
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new Schwarz().withParts(2).withInner(new Ic0()).build(general))
                .withMessageContaining("not symmetric")
                .withMessageContaining("numbered as in subdomain 0");
    }

    /** Of several failures, that of the first subdomain is told, whatever the number of threads. */
    @Test
    void tellsTheFirstFailure() {
        CsrMatrix zeros = CsrMatrix.identity(64).withValues(new double[64]);
        for (int threads : new int[] {1, 3}) {
            try (WorkerPool pool = WorkerPool.of(threads)) {
                assertThatThrownBy(() -> new Schwarz().withParts(8).build(zeros.on(pool)))
                        .hasMessageContaining("subdomain 0");
            }
        }
    }

    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void anOverlapBeyondTheGraphEndsWithTheGraph() {
        Preconditioner m =
                new Schwarz().withParts(100).withOverlap(Integer.MAX_VALUE).build(CsrMatrix.identity(1000));
        assertThat(m.note()).startsWith("100 subdomains with 1000 rows");
        CsrMatrix a = Poisson.poisson2d(10).a();
        assertThat(new Schwarz()
                        .withParts(2)
                        .withOverlap(Integer.MAX_VALUE)
                        .build(a)
                        .note())
                .isEqualTo("2 subdomains with 200 rows, the largest with 100");
    }

    @Test
    void rebuildByAFactoryWithOtherOptionsIsABuild() {
        CsrMatrix a = Poisson.poisson2d(10).a();
        Preconditioner old = new Schwarz().withParts(4).build(a);
        assertThat(new Schwarz().withParts(9).withOverlap(3).rebuild(old, a).note())
                .startsWith("9 subdomains");
    }

    @Test
    void productsInsideCountByTheirShareOfTheRows() {
        CsrMatrix a = Poisson.poisson2d(20).a();
        Preconditioner m = new Schwarz()
                .withParts(4)
                .withOverlap(0)
                .withInner(new Neumann())
                .build(a);
        long before = m.products();
        double[] z = new double[400];
        m.apply(random(400), z);
        m.apply(random(400), z);
        assertThat(m.products() - before).isEqualTo(2L * new Neumann().degree());
    }

    @Test
    void rebuildKeepsThePartitionAndHandsInnerOnesOn() {
        CsrMatrix a = Poisson.poisson2d(10).a();
        int[] rebuilt = new int[1];
        PreconditionerFactory watching = new PreconditionerFactory() {
            @Override
            public Preconditioner build(CsrMatrix local) {
                return new Ilu0().build(local);
            }

            @Override
            public Preconditioner rebuild(Preconditioner old, CsrMatrix local) {
                assertThat(old.size()).isEqualTo(local.rows());
                synchronized (rebuilt) {
                    rebuilt[0]++;
                }
                return new Ilu0().rebuild(old, local);
            }
        };
        Schwarz s = new Schwarz().withParts(4).withInner(watching);
        double[] d = new double[100];
        Arrays.setAll(d, i -> 1 + i % 3);
        CsrMatrix changed = a.scale(d, d);
        double[] r = random(100);
        double[] fresh = new double[100];
        double[] again = new double[100];
        s.build(changed).apply(r, fresh);
        s.rebuild(s.build(a), changed).apply(r, again);
        assertThat(again).containsExactly(fresh);
        assertThat(rebuilt[0]).isEqualTo(4);
    }

    @Test
    void countsItsBytesAndSaysWhatItDid() {
        CsrMatrix a = Poisson.poisson2d(10).a();
        Preconditioner m = new Schwarz().withParts(4).withOverlap(0).build(a);
        assertThat(m.note()).isEqualTo("4 subdomains with 100 rows, the largest with 25");
        assertThat(m.name()).isEqualTo("Schwarz(Ilu0)");
        assertThat(ADDITIVE.withParts(4).build(a).bytes())
                .isGreaterThan(DIRECT.withParts(4).build(a).bytes());
    }

    @Test
    void refusesOtherOptions() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Schwarz().withOverlap(-1))
                .withMessage("overlap = -1, expected at least 0");
        assertThatThrownBy(() -> new Schwarz().withInner(null)).hasMessage("inner");
        assertThatThrownBy(() -> new Schwarz().withVariant(null)).hasMessage("variant");
        assertThatThrownBy(() -> new Schwarz().withPartition(null)).hasMessage("partition");
    }
}

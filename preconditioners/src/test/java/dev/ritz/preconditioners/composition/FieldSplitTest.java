package dev.ritz.preconditioners.composition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ritz.api.BuildException;
import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.Preconditioner.Kind;
import dev.ritz.api.PreconditionerFactory;
import dev.ritz.preconditioners.BlockJacobi;
import dev.ritz.preconditioners.Ic0;
import dev.ritz.preconditioners.Ilu0;
import dev.ritz.preconditioners.Jacobi;
import dev.ritz.preconditioners.composition.FieldSplit.Form;
import dev.ritz.testdata.Gallery;
import dev.ritz.testdata.contract.PreconditionerContract;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class FieldSplitTest extends PreconditionerContract {
    private static final List<PreconditionerFactory> EXACT = List.of(new Exact(Kind.SPD));
    private static final int[] LABELS = {0, 1, 1, 0, 0, 1, 0, 0};

    @Override
    protected PreconditionerFactory factory() {
        return new FieldSplit();
    }

    /** Diagonal blocks, which stay SPD. */
    @Nested
    class Diagonal extends PreconditionerContract {
        @Override
        protected PreconditionerFactory factory() {
            return new FieldSplit(Fields.interleaved(3), List.of(new Ic0(), new Jacobi(), new Ic0()));
        }
    }

    /** All that the Schur complement brings with it. */
    @Nested
    class Full extends PreconditionerContract {
        @Override
        protected PreconditionerFactory factory() {
            return new FieldSplit(Fields.interleaved(2), Form.SCHUR_FULL, Schur.SELFP, List.of(new Ic0()));
        }
    }

    /** Symmetric and dominant, with 8 unknowns. */
    private static CsrMatrix spd(Random random) {
        double[][] a = new double[8][8];
        for (int i = 0; i < 8; i++) {
            for (int j = 0; j < i; j++) {
                a[i][j] = a[j][i] = random.nextDouble() - 0.5;
            }
            a[i][i] = 4;
        }
        return CsrMatrix.fromDense(a);
    }

    private static CsrMatrix general(Random random) {
        double[][] a = spd(random).toDense();
        for (double[] row : a) {
            for (int j = 0; j < row.length; j++) {
                row[j] += 0.2 * random.nextDouble();
            }
        }
        return CsrMatrix.fromDense(a);
    }

    private static int[] rows(int label) {
        return java.util.stream.IntStream.range(0, 8)
                .filter(i -> LABELS[i] == label)
                .toArray();
    }

    /** M of a form, densely, for exact diagonal blocks and a given Schur complement. */
    private static DMatrixRMaj reference(CsrMatrix a, Form form, DMatrixRMaj s) {
        int[] zero = rows(0);
        int[] one = rows(1);
        DMatrixRMaj a00 = Exact.dense(a.submatrix(zero, zero));
        DMatrixRMaj a01 = Exact.dense(a.submatrix(zero, one));
        DMatrixRMaj a10 = Exact.dense(a.submatrix(one, zero));
        DMatrixRMaj last = form.schur() ? s : Exact.dense(a.submatrix(one, one));
        if (form == Form.SCHUR_FULL) {
            DMatrixRMaj p = new DMatrixRMaj(a00.numRows, a00.numRows);
            CommonOps_DDRM.invert(a00, p);
            last = last.copy();
            CommonOps_DDRM.addEquals(last, Exact.times(a10, Exact.times(p, a01)));
        }
        DMatrixRMaj m = new DMatrixRMaj(8, 8);
        put(m, a00, zero, zero);
        put(m, last, one, one);
        if (form.couples(0, 1)) {
            put(m, a01, zero, one);
        }
        if (form.couples(1, 0)) {
            put(m, a10, one, zero);
        }
        return m;
    }

    private static void put(DMatrixRMaj m, DMatrixRMaj block, int[] rows, int[] cols) {
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < cols.length; j++) {
                m.set(rows[i], cols[j], block.get(i, j));
            }
        }
    }

    private static DMatrixRMaj selfp(CsrMatrix a) {
        int[] zero = rows(0);
        int[] one = rows(1);
        DMatrixRMaj s = Exact.dense(a.submatrix(one, one));
        double[] d = a.submatrix(zero, zero).diagonal();
        DMatrixRMaj scaled = Exact.dense(a.submatrix(zero, one));
        for (int i = 0; i < d.length; i++) {
            for (int j = 0; j < one.length; j++) {
                scaled.set(i, j, scaled.get(i, j) / d[i]);
            }
        }
        CommonOps_DDRM.subtractEquals(s, Exact.times(Exact.dense(a.submatrix(one, zero)), scaled));
        return s;
    }

    private static double identityError(DMatrixRMaj m, Preconditioner p) {
        return Exact.distance(Exact.times(m, Exact.inverse(p)), CommonOps_DDRM.identity(m.numRows));
    }

    /** M · M⁻¹ = I for every form and every stand-in of the Schur complement. */
    @Test
    void everyFormIsTheInverseOfItsBlockMatrix() {
        Random random = new Random(0xf1e1d);
        CsrMatrix given = CsrMatrix.fromDense(new double[][] {{3, 1, 0}, {1, 4, 1}, {0, 1, 5}});
        for (int trial = 0; trial < 10; trial++) {
            CsrMatrix a = general(random);
            FieldSplit split = new FieldSplit(Fields.labels(LABELS), EXACT);
            for (Form form : Form.values()) {
                FieldSplit f = split.withForm(form);
                assertThat(identityError(reference(a, form, selfp(a)), f.build(a)))
                        .as("%s, %s", form, trial)
                        .isLessThan(1e-13);
                DMatrixRMaj a11 = Exact.dense(a.submatrix(rows(1), rows(1)));
                assertThat(identityError(
                                reference(a, form, a11), f.withSchur(Schur.A11).build(a)))
                        .isLessThan(1e-13);
                assertThat(identityError(
                                reference(a, form, Exact.dense(given)),
                                f.withSchur(Schur.of(given)).build(a)))
                        .isLessThan(1e-13);
            }
        }
    }

    /** Zeros in A_11: S is negative, the part gets −S, and the sign comes back; the diagonal form keeps |S|. */
    @Test
    void aNegativeSchurComplementIsTurnedRound() {
        Random random = new Random(0x5add1e);
        double[][] dense = spd(random).toDense();
        for (int i : rows(1)) {
            for (int j : rows(1)) {
                dense[i][j] = 0;
            }
        }
        CsrMatrix a = CsrMatrix.fromDense(dense);
        FieldSplit split = new FieldSplit(Fields.labels(LABELS), EXACT);
        CsrMatrix mass = CsrMatrix.fromDense(new double[][] {{3, 1, 0}, {1, 4, 1}, {0, 1, 5}});
        for (Form form : Form.values()) {
            if (form.schur()) {
                DMatrixRMaj s = selfp(a);
                DMatrixRMaj q = Exact.dense(mass);
                CommonOps_DDRM.scale(form == Form.SCHUR_DIAGONAL ? -1 : 1, s);
                CommonOps_DDRM.scale(form == Form.SCHUR_DIAGONAL ? 1 : -1, q);
                FieldSplit f = split.withForm(form);
                assertThat(identityError(reference(a, form, s), f.build(a))).isLessThan(1e-12);
                for (double sign : new double[] {1, -1}) { // either sign of the matrix given will do
                    Schur given = Schur.of(mass.plus(sign, 0, mass));
                    assertThat(identityError(
                                    reference(a, form, q), f.withSchur(given).build(a)))
                            .isLessThan(1e-12);
                }
            }
        }
        Preconditioner cholesky =
                new FieldSplit(Fields.labels(LABELS), Form.SCHUR_DIAGONAL, Schur.SELFP, List.of(new Ic0())).build(a);
        assertThat(cholesky.kind()).isEqualTo(Kind.SPD);
        assertThat(Exact.range(Exact.inverse(cholesky), true)[0]).isPositive();
        Preconditioner full = split.withForm(Form.SCHUR_FULL).build(a);
        assertThat(full.kind()).as("as indefinite as A").isEqualTo(Kind.FIXED);
        assertThat(Exact.range(Exact.inverse(full), true)[0]).isNegative();
    }

    @Test
    void spdIsClaimedWhereItIsTrueAlone() {
        Random random = new Random(0x5bd);
        CsrMatrix symmetric = spd(random);
        CsrMatrix other = general(random);
        FieldSplit exact = new FieldSplit(Fields.labels(LABELS), EXACT);
        FieldSplit rough = new FieldSplit(Fields.labels(LABELS), List.of(new Jacobi()));
        for (FieldSplit split : List.of(exact, rough)) {
            for (Form form : Form.values()) {
                boolean spd = form == Form.DIAGONAL || form == Form.SCHUR_DIAGONAL || form == Form.SCHUR_FULL;
                Preconditioner m = split.withForm(form).build(symmetric);
                assertThat(m.kind()).as("%s", form).isEqualTo(spd ? Kind.SPD : Kind.FIXED);
                if (spd) {
                    assertThat(Exact.asymmetry(Exact.inverse(m))).isLessThan(1e-14);
                    assertThat(Exact.range(Exact.inverse(m), true)[0]).isPositive();
                }
            }
        }
        assertThat(rough.withForm(Form.SCHUR_FULL).build(other).kind()).isEqualTo(Kind.FIXED);
        for (Kind kind : List.of(Kind.FIXED, Kind.VARIABLE)) {
            for (Form form : Form.values()) {
                FieldSplit split = new FieldSplit(
                        Fields.labels(LABELS), form, Schur.SELFP, List.of(new Jacobi(), new Exact(kind)));
                assertThat(split.build(symmetric).kind()).isEqualTo(kind);
            }
        }
    }

    @Test
    void threeFieldsAreSolvedInTurn() {
        CsrMatrix a = general(new Random(0x3f1e1d));
        int[] labels = {2, 0, 1, 1, 2, 0, 0, 1};
        for (Form form : List.of(Form.DIAGONAL, Form.LOWER, Form.UPPER)) {
            DMatrixRMaj m = Exact.dense(a);
            for (int i = 0; i < 8; i++) {
                for (int j = 0; j < 8; j++) {
                    if (labels[i] != labels[j] && !form.couples(labels[i], labels[j])) {
                        m.set(i, j, 0);
                    }
                }
            }
            FieldSplit split = new FieldSplit(Fields.labels(labels), form, Schur.SELFP, EXACT);
            assertThat(identityError(m, split.build(a))).isLessThan(1e-13);
        }
    }

    @Test
    void interleavedBlocksOnTheirDiagonalAreJacobi() {
        CsrMatrix a = Gallery.problem("poisson2d").generate(6, 1).a();
        Preconditioner split = new FieldSplit(Fields.ranges(18, 18), List.of(new BlockJacobi(6))).build(a);
        assertThat(Exact.distance(Exact.inverse(split), Exact.inverse(new BlockJacobi(6).build(a))))
                .isZero();
    }

    @Test
    void fieldsMeanWhatTheySay() {
        assertThat(Fields.interleaved(2).of(5)).isDeepEqualTo(new int[][] {{0, 2, 4}, {1, 3}});
        assertThat(Fields.ranges(2, 0, 3).of(5)).isDeepEqualTo(new int[][] {{0, 1}, {}, {2, 3, 4}});
        assertThat(Fields.labels(1, 0, 1).of(3)).isDeepEqualTo(new int[][] {{1}, {0, 2}});
        assertThat(Fields.ranges(1, 2)).isEqualTo(Fields.labels(0, 1, 1)).hasSameHashCodeAs(Fields.labels(0, 1, 1));
        assertThat(Fields.interleaved(2)).isNotEqualTo(Fields.labels(0, 1)).hasToString("interleaved(2)");
        assertThat(Fields.labels(0, 1)).hasToString("2 fields of 2 unknowns");
    }

    @Test
    void optionsAreChecked() {
        assertThatThrownBy(() -> Fields.interleaved(0)).hasMessageContaining("b = 0");
        assertThatThrownBy(() -> Fields.ranges(2, -1)).hasMessageContaining("sizes[1] = -1");
        assertThatThrownBy(() -> Fields.ranges(Integer.MAX_VALUE, 2)).hasMessageContaining("add up to 2147483649");
        assertThatThrownBy(() -> Fields.ranges()).hasMessageContaining("0 fields");
        assertThatThrownBy(() -> Fields.labels(0, -1)).hasMessageContaining("labels[1] = -1");
        assertThatThrownBy(() -> Fields.labels(0, 1_000_000)).hasMessageContaining("1000001 fields, expected 1 to 64");
        Fields two = Fields.interleaved(2);
        List<PreconditionerFactory> three = List.of(new Jacobi(), new Jacobi(), new Jacobi());
        assertThatThrownBy(() -> new FieldSplit(two, three)).hasMessageStartingWith("3 parts for 2 fields");
        assertThatThrownBy(() -> new FieldSplit(Fields.interleaved(3), Form.SCHUR_FULL, Schur.SELFP, three))
                .hasMessageStartingWith("form = SCHUR_FULL with 3 fields");
        CsrMatrix a = Gallery.problem("poisson2d").generate(4, 1).a();
        assertThatThrownBy(() -> new FieldSplit(Fields.labels(0, 1), EXACT).build(a))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 unknowns, the matrix has 16 rows");
        FieldSplit given = new FieldSplit(two, Form.SCHUR_LOWER, Schur.of(CsrMatrix.identity(3)), EXACT);
        assertThatThrownBy(() -> given.build(a))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3 by 3, the second field has 8 unknowns");
    }

    @Test
    void failuresNameTheRowOfTheCaller() {
        double[][] dense = spd(new Random(7)).toDense();
        dense[5][5] = 0; // the third unknown of field 1
        CsrMatrix a = CsrMatrix.fromDense(dense);
        FieldSplit split = new FieldSplit(Fields.labels(LABELS), List.of(new Jacobi()));
        assertThatThrownBy(() -> split.build(a))
                .isInstanceOfSatisfying(BuildException.class, e -> {
                    assertThat(e.row()).isEqualTo(5);
                    assertThat(e.advice()).startsWith("try a Schur form, or ");
                    assertThat(e.getCause()).isInstanceOf(BuildException.class);
                })
                .hasMessageStartingWith("row 5, which is row 2 of field 1: ");

        dense[5][5] = 4;
        dense[3][3] = 0; // the second unknown of field 0
        CsrMatrix b = CsrMatrix.fromDense(dense);
        FieldSplit schur = new FieldSplit(Fields.labels(LABELS), Form.SCHUR_FULL, Schur.SELFP, List.of(new Ilu0()));
        assertThatThrownBy(() -> schur.build(b))
                .isInstanceOfSatisfying(
                        BuildException.class, e -> assertThat(e.row()).isEqualTo(3))
                .hasMessageContaining("row 3 of the first field has the diagonal entry 0.0")
                .hasMessageContaining("Schur.A11");

        PreconditionerFactory refuses = m -> {
            throw new BuildException(BuildException.Reason.NOT_POSITIVE, m.rows() == 3 ? 1 : -1, "no");
        };
        assertThatThrownBy(() -> new FieldSplit(
                                Fields.labels(LABELS), Form.SCHUR_LOWER, Schur.A11, List.of(new Jacobi(), refuses))
                        .build(a))
                .hasMessage("row 2, which is row 1 of the Schur complement (a11): no");
        assertThatThrownBy(() -> new FieldSplit(Fields.labels(LABELS), List.of(refuses)).build(a))
                .hasMessage("field 0: no");
    }

    @Test
    void aDenseRowThatWouldFillTheSchurComplementIsNamed() {
        int n = 20_000;
        int[] rowPtr = new int[n + 1];
        int[] colIdx = new int[3 * n - 2];
        double[] values = new double[3 * n - 2];
        int at = 0;
        for (int i = 0; i < n; i++) { // a star: vertex 0 beside all others
            for (int j = 0; j < n; j = i == 0 ? j + 1 : j < i ? i : n) {
                colIdx[at] = j;
                values[at++] = i == j ? n : -1;
            }
            rowPtr[i + 1] = at;
        }
        CsrMatrix star = CsrMatrix.of(n, n, rowPtr, colIdx, values);
        FieldSplit split =
                new FieldSplit(Fields.interleaved(2), FieldSplit.Form.SCHUR_FULL, Schur.SELFP, List.of(new Jacobi()));
        assertThatThrownBy(() -> split.build(star)).isInstanceOfSatisfying(BuildException.class, e -> {
            assertThat(e.reason()).isEqualTo(BuildException.Reason.TOO_LARGE);
            assertThat(e.row()).isEqualTo(1);
            assertThat(e.advice()).contains("Schur.A11");
        });
        assertThat(split.withSchur(Schur.A11).build(star).size()).isEqualTo(n);
    }

    @Test
    void anOverflowOfTheSchurComplementIsNamed() {
        CsrMatrix a = CsrMatrix.fromDense(new double[][] {{1e-200, 1e100}, {1e100, 1}});
        FieldSplit split = new FieldSplit(Fields.interleaved(2), Form.SCHUR_LOWER, Schur.SELFP, EXACT);
        assertThatThrownBy(() -> split.build(a)).isInstanceOfSatisfying(BuildException.class, e -> {
            assertThat(e.reason()).isEqualTo(BuildException.Reason.NOT_FINITE);
            assertThat(e.row()).isEqualTo(1);
        });
    }

    /** New values reuse blocks and parts; another form or other fields do not. */
    @Test
    void rebuildHandsThePartsOn() {
        int[] rebuilt = {0};
        PreconditionerFactory watching = new PreconditionerFactory() {
            @Override
            public Preconditioner build(CsrMatrix a) {
                return Preconditioner.identity(a.rows());
            }

            @Override
            public Preconditioner rebuild(Preconditioner old, CsrMatrix a) {
                rebuilt[0]++;
                return build(a);
            }
        };
        CsrMatrix a = spd(new Random(3));
        FieldSplit split = new FieldSplit(Fields.labels(LABELS), List.of(watching));
        split.rebuild(split.build(a), a.withValues(a.values().clone()));
        assertThat(rebuilt[0]).isEqualTo(2);
        split.withForm(Form.LOWER).rebuild(split.build(a), a);
        new FieldSplit(Fields.interleaved(2), List.of(watching)).rebuild(split.build(a), a);
        assertThat(rebuilt[0]).isEqualTo(2);
    }

    @Test
    void saysWhatItIs() {
        CsrMatrix a = spd(new Random(9));
        FieldSplit split = new FieldSplit(
                Fields.labels(LABELS), Form.SCHUR_LOWER, Schur.SELFP, List.of(new Jacobi(), new Exact(Kind.SPD)));
        assertThat(split.name()).startsWith("FieldSplit(schur-lower: Jacobi, Exact");
        Preconditioner m = split.build(a);
        assertThat(m.note()).isEqualTo("5 + 3 unknowns; exact");
        // vectors, rows of fields, positions of 4 blocks, values and columns of A_10, parts
        long parts = 8L * 9 + new Jacobi().build(a.submatrix(rows(0), rows(0))).bytes();
        assertThat(m.bytes()).isEqualTo(24 * 8 + 4 * 8 + 4 * 64 + 12 * 15 + 4 * 3 + parts);
        assertThat(Arrays.asList(
                        Schur.SELFP.toString(),
                        Schur.A11.toString(),
                        Schur.of(a).toString()))
                .containsExactly("selfp", "a11", "given");
    }
}

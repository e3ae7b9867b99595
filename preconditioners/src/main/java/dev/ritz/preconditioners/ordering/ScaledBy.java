package dev.ritz.preconditioners.ordering;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;
import java.util.Arrays;
import java.util.Objects;

/**
 * Puts another preconditioner behind a scaling of the caller's: it works on D_r A D_c, and z = D_c M⁻¹ D_r r. With equal
 * factors for rows and columns the inner kind is kept. {@link Scaled} finds the factors itself.
 *
 * <pre>
 * Needs   A square, D_r A D_c finite
 * Gives   the inner kind where D_r = D_c; else never SPD
 * Step    1 inner apply, 2 passes
 * Memory  4n doubles, the inner preconditioner, which may keep the scaled copy of A
 * Fails   NOT_FINITE; whatever the inner build fails with
 * Source  van der Sluis 1969, doi:10.1007/BF02165096
 * </pre>
 *
 * @param rowScale factors of the rows, finite and not 0; copied
 * @param colScale factors of the columns, finite and not 0; copied
 * @param inner factory of the preconditioner that works on the scaled matrix
 */
public record ScaledBy(double[] rowScale, double[] colScale, PreconditionerFactory inner)
        implements PreconditionerFactory {

    /**
     * The factory with its options.
     *
     * @param rowScale factors of the rows, finite and not 0; copied
     * @param colScale factors of the columns, finite and not 0; copied
     * @param inner factory of the preconditioner that works on the scaled matrix
     */
    public ScaledBy {
        rowScale = checked("rowScale", rowScale);
        colScale = checked("colScale", colScale);
        Objects.requireNonNull(inner, "inner");
        if (rowScale.length != colScale.length) {
            throw new IllegalArgumentException(
                    "rowScale has length " + rowScale.length + ", colScale " + colScale.length + ", expected the same");
        }
    }

    /**
     * Rows and columns scaled alike.
     *
     * @param scale factors of rows and columns, finite and not 0; copied
     * @param inner factory of the preconditioner that works on the scaled matrix
     */
    public ScaledBy(double[] scale, PreconditionerFactory inner) {
        this(scale, scale, inner);
    }

    private static double[] checked(String name, double[] scale) {
        Objects.requireNonNull(scale, name);
        for (int i = 0; i < scale.length; i++) {
            double size = Math.abs(scale[i]);
            if (!(size > 0 && size <= Double.MAX_VALUE)) {
                throw new IllegalArgumentException(
                        name + "[" + i + "] = " + scale[i] + ", expected a finite number other than 0");
            }
        }
        return scale.clone();
    }

    /** {@return the factors of the rows, a copy} */
    @Override
    public double[] rowScale() {
        return rowScale.clone();
    }

    /** {@return the factors of the columns, a copy} */
    @Override
    public double[] colScale() {
        return colScale.clone();
    }

    @Override
    public Preconditioner build(CsrMatrix a) {
        return rebuild(null, a);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException when {@code a} is not square, or not of the size of the factors
     */
    @Override
    public Preconditioner rebuild(Preconditioner old, CsrMatrix a) {
        Checks.square(a);
        if (a.rows() != rowScale.length) {
            throw new IllegalArgumentException(
                    "rowScale has length " + rowScale.length + ", the matrix has " + a.rows() + " rows");
        }
        Transformed.Map map = new Transformed.Map(null, null, rowScale, colScale);
        Checks.finite(map.of(a));
        boolean congruent = Arrays.equals(rowScale, colScale);
        return Transformed.build(inner, old, a, map, congruent, "ScaledBy", "scaled by given factors");
    }

    @Override
    public String name() {
        return "ScaledBy(" + inner.name() + ")";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ScaledBy s
                && Arrays.equals(s.rowScale, rowScale)
                && Arrays.equals(s.colScale, colScale)
                && s.inner.equals(inner);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * Arrays.hashCode(rowScale) + Arrays.hashCode(colScale)) + inner.hashCode();
    }
}

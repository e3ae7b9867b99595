package dev.ritz.api;

/**
 * What happened in one solve, in numbers. Norms are Euclidean, of the true residual b − A x, never preconditioned.
 *
 * <p>A report is small: the residual history stays in the workspace until {@link #history()} copies it.
 */
public final class Report {
    private final SolveMonitor source;
    private final long solve;
    private final String method;
    private final String preconditioner;
    private final Cause cause;
    private final Part part;
    private final String detail;
    private final Exception failure;
    private final int n;
    private final int iterations;
    private final int operatorApplications;
    private final int preconditionerApplications;
    private final long preconditionerProducts;
    private final int restarts;
    private final long reductions;
    private final long vectorsMoved;
    private final double rhsNorm;
    private final double initialResidualNorm;
    private final double residualNorm;
    private final double relativeResidual;
    private final double tolerance;
    private final boolean verified;
    private final long operatorNanos;
    private final long preconditionerNanos;
    private final long verifyNanos;
    private final long totalNanos;

    Report(SolveMonitor s) {
        this.source = s;
        this.solve = s.solve;
        this.method = s.method;
        this.preconditioner = s.preconditioner;
        this.cause = s.cause;
        this.part = s.part;
        this.detail = s.detail;
        this.failure = s.failure;
        this.n = s.n;
        this.iterations = s.iterations;
        this.operatorApplications = s.operatorApplications;
        this.preconditionerApplications = s.preconditionerApplications;
        this.preconditionerProducts = s.m.products() - s.productsAtBegin;
        this.restarts = Math.max(0, s.starts - 1);
        this.reductions = s.vectors.reductions() - s.reductionsAtBegin;
        this.vectorsMoved = s.vectors.moved() - s.movedAtBegin;
        this.rhsNorm = s.rhsNorm / s.scale;
        this.initialResidualNorm = s.initialNorm / s.scale;
        this.residualNorm = s.finalNorm / s.scale;
        this.relativeResidual = s.finalNorm == 0 ? 0 : s.finalNorm / s.rhsNorm; // scaled: exact also for tiny b
        this.tolerance = s.tolerance / s.scale;
        this.verified = s.verified;
        this.operatorNanos = s.operatorClock.nanos();
        this.preconditionerNanos = s.preconditionerClock.nanos();
        this.verifyNanos = s.verifyNanos;
        this.totalNanos = System.nanoTime() - s.beginNanos;
    }

    /** {@return the class name of the method} */
    public String method() {
        return method;
    }

    /** {@return the name of the preconditioner, {@code none} for the identity} */
    public String preconditioner() {
        return preconditioner;
    }

    /** {@return why the solve ended} */
    public Cause cause() {
        return cause;
    }

    /** {@return the part to blame where one is; {@link Part#METHOD} otherwise} */
    public Part part() {
        return part;
    }

    /** {@return the numbers behind the cause in one clause, empty when there is nothing to add} */
    public String detail() {
        return detail;
    }

    /** {@return the exception of the part that threw, null unless the cause is {@link Cause#PART_FAILED}} */
    public Exception failure() {
        return failure;
    }

    /** {@return the number of unknowns} */
    public int n() {
        return n;
    }

    /** {@return iterations of the method} */
    public int iterations() {
        return iterations;
    }

    /** {@return products with A, those that verify included} */
    public int operatorApplications() {
        return operatorApplications;
    }

    /** {@return applications of M⁻¹; the identity is never applied and counts 0} */
    public int preconditionerApplications() {
        return preconditionerApplications;
    }

    /** {@return products with A inside the applications of M⁻¹, which {@link #operatorApplications()} leaves out} */
    public long preconditionerProducts() {
        return preconditionerProducts;
    }

    /** {@return how often the method started again from the true residual} */
    public int restarts() {
        return restarts;
    }

    /** {@return inner products and norms taken by the method's vector kernels} */
    public long reductions() {
        return reductions;
    }

    /** {@return vectors of length n read and written by the method's vector kernels, one for each pass over one} */
    public long vectorsMoved() {
        return vectorsMoved;
    }

    /** {@return ‖b‖₂} */
    public double rhsNorm() {
        return rhsNorm;
    }

    /** {@return ‖b − A x₀‖₂; NaN when it was never computed; 0 for b = 0, when x₀ gives way to the solution 0} */
    public double initialResidualNorm() {
        return initialResidualNorm;
    }

    /** {@return ‖b − A x‖₂ of the iterate returned: recomputed when {@link #verified()}, else the method's estimate} */
    public double residualNorm() {
        return residualNorm;
    }

    /** {@return ‖b − A x‖₂ / ‖b‖₂; 0 when both vanish} */
    public double relativeResidual() {
        return relativeResidual;
    }

    /** {@return the bound on ‖b − A x‖₂ that means success: max(rtol ‖b‖₂, atol)} */
    public double tolerance() {
        return tolerance;
    }

    /** {@return whether {@link #residualNorm()} was recomputed as b − A x from the iterate returned} */
    public boolean verified() {
        return verified;
    }

    /** {@return the norm of every residual in this report, in words} */
    public String norm() {
        return "2-norm of b - A x (unpreconditioned)";
    }

    /**
     * {@return seconds in products with A, verification excluded} Where a product takes less than a microsecond one in
     * sixteen is timed and stands for the rest.
     */
    public double operatorSeconds() {
        return operatorNanos * 1e-9;
    }

    /**
     * {@return seconds in applications of M⁻¹, with the inner products fused into them} Short ones are sampled as
     * products are.
     */
    public double preconditionerSeconds() {
        return preconditionerNanos * 1e-9;
    }

    /** {@return seconds in recomputing true residuals} */
    public double verifySeconds() {
        return verifyNanos * 1e-9;
    }

    /** {@return seconds of the whole solve} */
    public double totalSeconds() {
        return totalNanos * 1e-9;
    }

    /**
     * The residual norms: entry 0 is ‖b − A x₀‖₂, entry k the method's estimate after iteration k.
     *
     * @return a fresh array of length iterations + 1, or shorter when the solve failed before its first residual
     * @throws IllegalStateException when the workspace has meanwhile been used for another solve
     */
    public double[] history() {
        return source.history(solve);
    }

    /** {@return one line for people} */
    public String summary() {
        StringBuilder line = new StringBuilder(160);
        line.append(method).append(" with ").append(preconditioner).append(": ").append(cause.text());
        if (!detail.isEmpty()) {
            line.append(" (").append(detail).append(')');
        }
        line.append("; ").append(iterations).append(iterations == 1 ? " iteration, " : " iterations, ");
        if (Double.isNaN(relativeResidual)) {
            line.append("residual unknown");
        } else {
            line.append(verified ? "relative residual " : "estimated relative residual ")
                    .append(relativeResidual);
        }
        return line.toString();
    }

    @Override
    public String toString() {
        return summary();
    }
}

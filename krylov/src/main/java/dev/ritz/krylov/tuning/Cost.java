package dev.ritz.krylov.tuning;

import dev.ritz.api.Report;

/** What a solve cost, in a unit of its own. Counts are reproducible; seconds are not, and are never the default. */
@FunctionalInterface
public interface Cost {

    /** Iterations of the method. */
    Cost ITERATIONS = new NamedCost("iterations", Report::iterations, 0);

    /** Products with A, those that verify included. */
    Cost OPERATOR_APPLICATIONS = new NamedCost("products", Report::operatorApplications, 0);

    /** Seconds of set-up and solve: depends on the machine and on what else it does. */
    Cost SECONDS = new NamedCost("seconds", Report::totalSeconds, 1);

    /**
     * The cost of one solve.
     *
     * @param report what happened in it
     * @return a finite number, at least 0
     */
    double of(Report report);

    /**
     * The cost of making the preconditioner, which no report of a solve contains. 0 where the cost is not a time.
     *
     * @param seconds it took
     * @return a finite number, at least 0
     */
    default double ofSetup(double seconds) {
        return 0;
    }

    /** {@return the unit in a word, for reports and for telling files of different units apart} */
    default String name() {
        return "cost";
    }

    /**
     * Floating point operations, for arms whose steps differ in cost.
     *
     * @param perOperator of a product with A, twice its entries
     * @param perPreconditioner of an application of M⁻¹
     * @param perIteration of everything else in an iteration
     * @return their sum over a solve
     */
    static Cost flops(double perOperator, double perPreconditioner, double perIteration) {
        for (double flops : new double[] {perOperator, perPreconditioner, perIteration}) {
            if (!(flops >= 0 && flops < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("flops = " + flops + ", expected a finite number, at least 0");
            }
        }
        return report -> perOperator * report.operatorApplications()
                + perPreconditioner * report.preconditionerApplications()
                + perIteration * report.iterations();
    }
}

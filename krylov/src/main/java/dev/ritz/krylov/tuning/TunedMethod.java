package dev.ritz.krylov.tuning;

import dev.ritz.api.PreconditionerFactory;
import dev.ritz.api.StoppingCriteria;
import dev.ritz.api.kernel.WorkerPool;
import dev.ritz.krylov.Cg;
import dev.ritz.krylov.Configuration;
import dev.ritz.krylov.stationary.Sor;
import java.util.Objects;
import java.util.function.DoubleFunction;

/**
 * A method for sequences of systems that chooses its parameter anew for each system and learns from what that cost.
 * Immutable options; the memory of a sequence is a {@link TunedSequence}.
 *
 * <pre>{@code
 * TunedSequence tuned = TunedMethod.sor(StoppingCriteria.DEFAULT, new TsallisInf()).newSequence(n, seed);
 * for (…) {
 *     tuned.solve(a, b, x);
 * }
 * }</pre>
 *
 * @param choice the arms
 * @param tuner how an arm is chosen
 * @param charge what a solve costs
 * @param backstop bounds the cost of a bad arm; null for none
 */
public record TunedMethod(Choice<Configuration> choice, Tuner tuner, Charge charge, Backstop backstop) {

    /**
     * Checks that the parts fit.
     *
     * @param choice the arms
     * @param tuner how an arm is chosen
     * @param charge what a solve costs
     * @param backstop bounds the cost of a bad arm; null for none
     */
    public TunedMethod {
        Objects.requireNonNull(choice, "choice");
        Objects.requireNonNull(tuner, "tuner");
        Objects.requireNonNull(charge, "charge");
        if (backstop != null && backstop.arm() >= choice.size()) {
            throw new IllegalArgumentException(
                    "the default arm is " + backstop.arm() + ", there are " + choice.size() + ", counted from 0");
        }
    }

    /**
     * SOR over {@link Choice#omegas()}, charged by iterations, without a backstop.
     *
     * @param criteria when a solve ends
     * @param tuner how ω is chosen
     * @return the method
     */
    public static TunedMethod sor(StoppingCriteria criteria, Tuner tuner) {
        return ofOmegas(
                criteria,
                tuner,
                Choice.omegas(),
                omega -> new Configuration("omega = " + omega, new Sor(criteria, omega)));
    }

    /**
     * Conjugate gradients preconditioned by SSOR over {@link Choice#omegas()}, charged by iterations, without a backstop.
     *
     * @param criteria when a solve ends
     * @param tuner how ω is chosen
     * @param ssor a factory for each ω, such as {@code Ssor::new} of the preconditioners
     * @return the method
     */
    public static TunedMethod ssorCg(
            StoppingCriteria criteria, Tuner tuner, DoubleFunction<? extends PreconditionerFactory> ssor) {
        Cg cg = new Cg(criteria);
        return ofOmegas(
                criteria,
                tuner,
                Choice.omegas(),
                omega -> new Configuration("omega = " + omega, cg, ssor.apply(omega)));
    }

    private static TunedMethod ofOmegas(
            StoppingCriteria criteria, Tuner tuner, double[] omegas, DoubleFunction<Configuration> arm) {
        Charge charge = new Charge(Cost.ITERATIONS, Math.max(1, criteria.maxIterations()));
        return new TunedMethod(Choice.ofNumbers("omega", omegas, arm), tuner, charge, null);
    }

    /**
     * A copy with other arms.
     *
     * @param value the new choice
     * @return the copy
     */
    public TunedMethod withChoice(Choice<Configuration> value) {
        return new TunedMethod(value, tuner, charge, backstop);
    }

    /**
     * A copy with another cost.
     *
     * @param value the new charge
     * @return the copy
     */
    public TunedMethod withCharge(Charge value) {
        return new TunedMethod(choice, tuner, value, backstop);
    }

    /**
     * A copy with a backstop.
     *
     * @param value the new backstop, null for none
     * @return the copy
     */
    public TunedMethod withBackstop(Backstop value) {
        return new TunedMethod(choice, tuner, charge, value);
    }

    /**
     * Memory for a sequence of systems of n unknowns.
     *
     * @param n the number of unknowns
     * @param seed of the tuner's draws
     * @param pool the threads the vector kernels use
     * @return a sequence of no system
     */
    public TunedSequence newSequence(int n, long seed, WorkerPool pool) {
        return new TunedSequence(this, n, seed, pool);
    }

    /**
     * Memory for a sequence of systems of n unknowns, on the process's default threads.
     *
     * @param n the number of unknowns
     * @param seed of the tuner's draws
     * @return a sequence of no system
     */
    public TunedSequence newSequence(int n, long seed) {
        return newSequence(n, seed, WorkerPool.shared());
    }
}

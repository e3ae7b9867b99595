package dev.ritz.testdata.contract;

import dev.ritz.api.Workspace;

/**
 * What every {@link dev.ritz.api.IterativeSolver} has to stand: a typed outcome, a finite or untouched iterate and no
 * false success, whatever goes wrong. {@code docs/faults.md} lists what is tried.
 *
 * <p>A test class of a method implements {@link #solver}, {@link #needs} and {@link #memoryVectors}, and overrides the
 * other answers of {@link SolverSubject} where its method differs.
 *
 * @param <W> the method's workspace
 */
public interface SolverContract<W extends Workspace>
        extends NumericFaults<W>, StructureFaults<W>, PartFaults<W>, ControlFaults<W> {}

/**
 * Matchings, scalings, orderings and partitions of sparse matrices, preconditioners that work behind them, and a
 * diagnosis of patterns.
 *
 * <p>A preconditioner keeps its permutation and scaling to itself: the solver sees the caller's A, b and x, so the
 * stopping test stays on the true, unscaled residual. {@link dev.ritz.preconditioners.ordering.ReorderedSystem} permutes
 * the whole solve instead, once at its door.
 */
package dev.ritz.preconditioners.ordering;

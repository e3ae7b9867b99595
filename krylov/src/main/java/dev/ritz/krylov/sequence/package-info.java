/** Sequences of related systems: guesses, reuse of preconditioners, order, and the session that joins them. */
package dev.ritz.krylov.sequence;

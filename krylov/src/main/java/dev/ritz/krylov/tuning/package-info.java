/** Choosing a parameter or a whole configuration from the cost of earlier solves: bandits, and solvers tuned by them. */
package dev.ritz.krylov.tuning;

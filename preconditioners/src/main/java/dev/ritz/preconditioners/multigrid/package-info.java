/** Algebraic multigrid by smoothed aggregation. */
package dev.ritz.preconditioners.multigrid;

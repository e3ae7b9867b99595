/** Coarse spaces and other subspaces on which a matrix is inverted exactly, beside or within another preconditioner. */
package dev.ritz.preconditioners.subspace;

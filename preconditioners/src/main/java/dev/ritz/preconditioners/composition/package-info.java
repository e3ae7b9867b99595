/** Preconditioners made of preconditioners: sums, successive corrections, splittings into fields, and inner solves. */
package dev.ritz.preconditioners.composition;

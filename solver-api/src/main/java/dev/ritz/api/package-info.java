/**
 * The core types: an operator multiplies, a preconditioner approximates the inverse, a solver iterates, and a result
 * says truthfully what happened.
 */
package dev.ritz.api;

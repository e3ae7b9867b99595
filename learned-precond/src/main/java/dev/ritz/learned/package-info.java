/**
 * Preconditioners from learned models: what a model says of itself, and what it computes. A model can cost time, never
 * correctness, since every solver verifies its residual.
 */
package dev.ritz.learned;

/** Stationary iterations x ← x + W⁻¹ (b − A x) on assembled matrices: splittings by triangles of A. */
package dev.ritz.krylov.stationary;

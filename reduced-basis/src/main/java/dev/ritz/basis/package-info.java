/** Parametrised systems A(μ) x = b(μ): what a reduced basis needs to know of a simulation code. */
package dev.ritz.basis;

/**
 * Polynomials in A, or in M⁻¹A for any first-level preconditioner M, as approximate inverses.
 *
 * <p>Each acts as z = p(M⁻¹A) M⁻¹ r. For symmetric A and M that map is symmetric, and it is positive definite exactly
 * when p is positive on the spectrum of M⁻¹A. A polynomial never saves products against conjugate gradients: it trades
 * inner products and orthogonalisation for products.
 */
package dev.ritz.preconditioners.polynomial;

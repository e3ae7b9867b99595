/** Products by diagonals with vector instructions. */
package dev.ritz.vector;

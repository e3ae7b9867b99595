/** Krylov methods, one file each: the class is the method with its options, nested in it is its memory. */
package dev.ritz.krylov;

/** Preconditioners, one file each. */
package dev.ritz.preconditioners;

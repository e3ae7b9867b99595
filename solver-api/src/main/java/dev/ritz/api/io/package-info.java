/**
 * Matrix Market files: reading matrices and vectors exactly, in parallel and within a memory limit, and writing them
 * atomically. {@link dev.ritz.api.io.MatrixMarket} is the door; its comment holds the table of what is accepted.
 */
package dev.ritz.api.io;

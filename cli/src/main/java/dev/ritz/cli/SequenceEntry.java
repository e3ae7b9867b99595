package dev.ritz.cli;

import java.nio.file.Path;

/**
 * One system of a sequence, not read yet.
 *
 * @param name unique in the sequence
 * @param matrix the file of A; systems in a row may share it
 * @param rhs the file of b, or null
 * @param guess the file of the initial guess, or null
 * @param parameters what A depends on, or null
 * @param parametersFile a Matrix Market vector of them instead, or null
 */
record SequenceEntry(String name, Path matrix, Path rhs, Path guess, double[] parameters, Path parametersFile) {

    /** Files without parameters. */
    static SequenceEntry files(String name, Path matrix, Path rhs, Path guess) {
        return new SequenceEntry(name, matrix, rhs, guess, null, null);
    }

    SequenceEntry withParameters(double[] mu) {
        return new SequenceEntry(name, matrix, rhs, guess, mu, null);
    }
}

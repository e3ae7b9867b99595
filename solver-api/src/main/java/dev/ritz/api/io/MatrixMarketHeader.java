package dev.ritz.api.io;

import java.util.List;
import java.util.Locale;

/**
 * The banner, comments and size line of a Matrix Market file.
 *
 * @param format coordinate (sparse) or array (dense, by columns)
 * @param field kind of the values
 * @param symmetry which part of the matrix the file stores
 * @param rows rows of the whole matrix, as the file says; may be more than an {@code int} holds
 * @param cols columns of the whole matrix
 * @param entries entries (coordinate) or values (array) that the file stores, before any mirroring
 * @param comments comment lines before the size line without their first {@code %}, in order; at most the first 65536
 *     characters of all together
 */
public record MatrixMarketHeader(
        Format format, Field field, Symmetry symmetry, long rows, long cols, long entries, List<String> comments) {

    /** How the entries are laid out. */
    public enum Format {
        /** One line of row, column and value for each stored entry. */
        COORDINATE,
        /** Every value of the matrix (or of its lower triangle), by columns. */
        ARRAY
    }

    /** What a value is. */
    public enum Field {
        /** Decimal numbers; the word {@code double} is read as this. */
        REAL,
        /** Whole numbers; the word {@code unsigned-integer} is read as this. */
        INTEGER,
        /** Pairs of numbers. */
        COMPLEX,
        /** No values: each entry counts 1. */
        PATTERN
    }

    /** Which part of the matrix is stored. */
    public enum Symmetry {
        /** All of it. */
        GENERAL,
        /** One triangle with the diagonal; aᵢⱼ = aⱼᵢ. */
        SYMMETRIC,
        /** One triangle without the diagonal; aᵢⱼ = −aⱼᵢ. */
        SKEW_SYMMETRIC,
        /** One triangle with a real diagonal; aᵢⱼ is the conjugate of aⱼᵢ. */
        HERMITIAN;

        /**
         * The word of the banner.
         *
         * @return for instance {@code skew-symmetric}
         */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * Takes an unmodifiable copy of the comments.
     *
     * @param format coordinate or array
     * @param field kind of the values
     * @param symmetry which part is stored
     * @param rows of the whole matrix
     * @param cols of the whole matrix
     * @param entries stored
     * @param comments without their first {@code %}
     */
    public MatrixMarketHeader {
        comments = List.copyOf(comments);
    }
}

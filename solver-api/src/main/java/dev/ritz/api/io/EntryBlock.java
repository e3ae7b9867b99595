package dev.ritz.api.io;

/**
 * What one chunk of text held: entries in file order, the places of lines without an entry, and the first fault.
 */
final class EntryBlock {
    /** Why a block ends early: its line within the block from 0, or −1 where no line is to blame. */
    record Fault(int line, int column, String expected, String found, Throwable cause) {}

    /** Entries before the fault, if any. */
    final int count;
    /** Rows from 0; null for array files. */
    final int[] rowIdx;
    /** Columns from 0; null for array files. */
    final int[] colIdx;
    /** Values; null for pattern files. */
    final double[] values;
    /** Lines without an entry, counted within the block from 0, ascending. */
    final int[] skipped;
    /** Some entry lies strictly below the diagonal. */
    final boolean lower;
    /** Some entry lies strictly above the diagonal. */
    final boolean upper;
    /** The first fault, or null. */
    final Fault fault;

    EntryBlock(
            int count,
            int[] rowIdx,
            int[] colIdx,
            double[] values,
            int[] skipped,
            boolean lower,
            boolean upper,
            Fault fault) {
        this.count = count;
        this.rowIdx = rowIdx;
        this.colIdx = colIdx;
        this.values = values;
        this.skipped = skipped;
        this.lower = lower;
        this.upper = upper;
        this.fault = fault;
    }

    static EntryBlock failed(String expected, String found, Throwable cause) {
        return new EntryBlock(
                0,
                new int[0],
                new int[0],
                new double[0],
                new int[0],
                false,
                false,
                new Fault(-1, 0, expected, found, cause));
    }

    /** Lines of the block before any fault. */
    int lines() {
        return count + skipped.length;
    }

    /** The line within the block that holds an entry. */
    int lineOf(int entry) {
        int line = entry;
        for (int s : skipped) {
            if (s > line) {
                break;
            }
            line++;
        }
        return line;
    }

    double value(int entry) {
        return values == null ? 1 : values[entry];
    }
}

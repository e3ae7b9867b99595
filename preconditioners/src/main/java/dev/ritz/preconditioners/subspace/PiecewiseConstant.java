package dev.ritz.preconditioners.subspace;

import dev.ritz.api.CsrMatrix;
import dev.ritz.preconditioners.ordering.Partition;
import java.util.Arrays;
import java.util.Objects;

/** One vector for each part of a partition. */
record PiecewiseConstant(Partition partition) implements CoarseSpace {
    PiecewiseConstant {
        Objects.requireNonNull(partition, "partition");
    }

    @Override
    public CsrMatrix basis(CsrMatrix a) {
        int[] labels = partition.labels(a.pattern()).clone();
        int[] rowPtr = new int[labels.length + 1];
        Arrays.setAll(rowPtr, i -> i);
        double[] ones = new double[labels.length];
        Arrays.fill(ones, 1);
        int parts = Arrays.stream(labels).max().orElse(-1) + 1;
        return CsrMatrix.of(labels.length, parts, rowPtr, labels, ones);
    }

    @Override
    public String toString() {
        return "piecewise constant, " + partition;
    }
}

package dev.ritz.cli;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.io.MatrixMarket;
import dev.ritz.api.kernel.WorkerPool;
import dev.ritz.preconditioners.ordering.PatternDiagnosis;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ritz check}. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        versionProvider = Ritz.VersionText.class,
        description = "Looks at a matrix without solving, and says what that implies for the choice of a method.")
final class CheckCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "-A", required = true, paramLabel = "FILE", description = "matrix, Matrix Market, plain or .gz")
    private Path file;

    private PrintWriter out;

    @Override
    public Integer call() throws CommandException {
        out = spec.commandLine().getOut();
        CsrMatrix a =
                InputSystem.anyMatrix(file, MatrixMarket.Options.defaults().maxMemoryBytes(), WorkerPool.shared());
        PatternDiagnosis p = PatternDiagnosis.of(a);
        line("size", "%d by %d", p.rows(), p.cols());
        line("entries", "%d stored, %d of them zero", p.entries(), p.explicitZeros());
        line("empty", "%d rows, %d columns", p.emptyRows(), p.emptyCols());
        line("structural rank", "%d", p.structuralRank());
        ValueRange range = ValueRange.of(a);
        line("values", "%.3e to %.3e in absolute value", range.smallest(), range.largest());
        line("row maxima", "%.3e to %.3e", range.leastRow(), range.greatestRow());
        if (p.rows() == p.cols()) {
            square(a, p);
        } else {
            line("choice", "none: 'ritz solve' takes square matrices");
        }
        return ExitCode.OK.code();
    }

    private void square(CsrMatrix a, PatternDiagnosis p) {
        MatrixTraits t = MatrixTraits.of(a);
        line("symmetry", "pattern %.4f, values differ by %.3e of the largest", p.patternSymmetry(), t.asymmetry());
        line(
                "diagonal",
                "%d positive, %d negative, %d zero, %d tiny in their row",
                t.positive(),
                t.negative(),
                t.zero(),
                t.tiny());
        line("dominance", "%d of %d rows are diagonally dominant", dominantRows(a), a.rows());
        line("bandwidth", "%d, profile %d", p.bandwidth(), p.profile());
        line(
                "blocks",
                "%d components; block triangular form: %d blocks, the largest of %d rows",
                p.components(),
                p.diagonalBlocks(),
                p.largestBlock());
        line("block size", "%d", p.blockSize());
        if (p.structuralRank() < p.rows()) {
            line("note", "structurally singular: no values make this pattern regular");
        } else if (p.diagonalBlocks() > 1) {
            line("note", "falls into %d blocks that could be solved one after the other", p.diagonalBlocks());
        }
        if (t.rowsCancel()) {
            line("note", MatrixTraits.ROWS_CANCEL);
        }
        List<Plan> plans =
                DefaultChoice.plans(t, MatrixMarket.Options.defaults().maxMemoryBytes());
        for (int k = 0; k < plans.size(); k++) {
            line(
                    k == 0 ? "choice" : "then",
                    "%s: %s",
                    plans.get(k).options(),
                    plans.get(k).reason());
        }
    }

    /** Rows with |a_ii| ≥ Σ_j≠i |a_ij|. */
    private static int dominantRows(CsrMatrix a) {
        int rows = 0;
        for (int i = 0; i < a.rows(); i++) {
            double own = 0;
            double others = 0;
            for (int k = a.rowPtr()[i]; k < a.rowPtr()[i + 1]; k++) {
                double size = Math.abs(a.values()[k]);
                if (a.colIdx()[k] == i) {
                    own = size;
                } else {
                    others += size;
                }
            }
            rows += own > 0 && own >= others ? 1 : 0;
        }
        return rows;
    }

    private void line(String label, String format, Object... values) {
        out.println(String.format(Locale.ROOT, "%-18s", label) + String.format(Locale.ROOT, format, values));
    }

    /** Absolute values of the nonzero entries, and of the largest in each nonzero row. */
    private record ValueRange(double smallest, double largest, double leastRow, double greatestRow) {
        static ValueRange of(CsrMatrix a) {
            double smallest = Double.POSITIVE_INFINITY;
            double leastRow = Double.POSITIVE_INFINITY;
            double largest = 0;
            for (int i = 0; i < a.rows(); i++) {
                double row = 0;
                for (int k = a.rowPtr()[i]; k < a.rowPtr()[i + 1]; k++) {
                    double size = Math.abs(a.values()[k]);
                    row = Math.max(row, size);
                    smallest = size > 0 ? Math.min(smallest, size) : smallest;
                }
                largest = Math.max(largest, row);
                leastRow = row > 0 ? Math.min(leastRow, row) : leastRow;
            }
            return largest == 0 ? new ValueRange(0, 0, 0, 0) : new ValueRange(smallest, largest, leastRow, largest);
        }
    }
}

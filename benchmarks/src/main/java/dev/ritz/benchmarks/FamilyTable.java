package dev.ritz.benchmarks;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.io.MatrixMarket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * What the whole family of preconditioners comes to on every square real matrix of a folder: each of a fixed list is
 * tried, and the page names the quickest and the one with the fewest iterations.
 *
 * <pre>{@code
 * java -cp 'benchmarks/target/classes:benchmarks/target/lib/*' dev.ritz.benchmarks.FamilyTable FOLDER [PAGE]
 * }</pre>
 *
 * The folder is one that {@link RealMatrix} reads; the page is Markdown, {@code docs/benchmarks/family.md} when not given.
 */
public final class FamilyTable {
    /** A trial shorter than this is repeated, up to so often, and the quickest counts. */
    private static final double SHORT_SECONDS = 0.03;

    private static final int REPEATS = 3;

    private FamilyTable() {}

    /** One matrix and what came of all candidates. */
    private record Row(RealMatrix matrix, int n, int nnz, List<Candidate.Trial> trials) {
        List<Candidate.Trial> solved() {
            return trials.stream().filter(Candidate.Trial::solved).toList();
        }

        Candidate.Trial quickest() {
            return best(Comparator.comparingDouble(Candidate.Trial::seconds));
        }

        Candidate.Trial fewest() {
            return best(
                    Comparator.comparingInt(Candidate.Trial::iterations).thenComparingDouble(Candidate.Trial::seconds));
        }

        private Candidate.Trial best(Comparator<Candidate.Trial> order) {
            return solved().stream().min(order).orElse(null);
        }
    }

    /**
     * Writes the page.
     *
     * @param args the folder, and the page
     * @throws IOException when the folder cannot be read or the page cannot be written
     */
    public static void main(String[] args) throws IOException {
        if (args.length < 1 || args.length > 2) {
            System.err.println("usage: FamilyTable FOLDER [PAGE]");
            System.exit(2);
        }
        Path page = Path.of(args.length > 1 ? args[1] : "docs/benchmarks/family.md");
        List<RealMatrix> matrices = RealMatrix.of(Path.of(args[0]));
        row(matrices.get(0)); // for the compiler
        List<Row> rows = new ArrayList<>();
        for (RealMatrix matrix : matrices) {
            Row row = row(matrix);
            System.out.print(line(row));
            rows.add(row);
        }
        Files.writeString(page, page(rows));
    }

    private static Row row(RealMatrix matrix) throws IOException {
        CsrMatrix a = MatrixMarket.read(matrix.file());
        boolean definite = Pairing.maybeDefinite(a);
        double[] ones = new double[a.cols()];
        Arrays.fill(ones, 1);
        double[] b = new double[a.rows()];
        a.apply(ones, b);
        List<Candidate.Trial> trials = new ArrayList<>();
        for (Candidate candidate : Candidate.all()) {
            Candidate.Trial best = candidate.trial(a, definite, b);
            for (int k = 1; k < REPEATS && best.solved() && best.seconds() < SHORT_SECONDS; k++) {
                Candidate.Trial again = candidate.trial(a, definite, b);
                best = again.solved() && again.seconds() < best.seconds() ? again : best;
            }
            trials.add(best);
        }
        return new Row(matrix, a.rows(), a.nnz(), trials);
    }

    private static String page(List<Row> rows) {
        List<Row> counted = rows.stream().filter(r -> !r.matrix().singular()).toList();
        long reached = counted.stream().filter(r -> !r.solved().isEmpty()).count();
        StringBuilder page = new StringBuilder("# Real matrices with the whole family\n\n");
        page.append(String.format(
                Locale.ROOT,
                "What %d pairs of a method and a preconditioner come to on each matrix: b = A·1, x₀ = 0, rtol 1e-8, at"
                        + " most %d iterations and %d s of solve each. CG where A is symmetric with a positive diagonal"
                        + " and the preconditioner is symmetric positive definite, else GMRES with 200 vectors (long: 2000) if"
                        + " memory allows, where no method is named. An iteration of BiCGSTAB has two products. The residual ‖b − A x‖ / ‖b‖ is computed anew from"
                        + " what the solver gave back. Seconds are the set-up and the solve in one warm JVM; of short runs"
                        + " the least of %d.%n%n",
                Candidate.all().size(),
                Candidate.CRITERIA.maxIterations(),
                Candidate.CRITERIA.timeLimit().toSeconds(),
                REPEATS));
        page.append(String.format(
                Locale.ROOT,
                "**%d of %d nonsingular matrices reach 1e-8 with the best of the family (%.0f %%; the aim is 95 %%)**; %d"
                        + " singular ones are listed too.%n%n",
                reached,
                counted.size(),
                100.0 * reached / Math.max(1, counted.size()),
                rows.size() - counted.size()));
        page.append("| matrix | n | nnz | class | solved by | quickest | set-up ms | solve ms | iterations | residual |"
                + " fewest iterations | set-up ms | solve ms | iterations | residual |\n"
                + "|---|---:|---:|---|---:|---|---:|---:|---:|---:|---|---:|---:|---:|---:|\n");
        rows.forEach(r -> page.append(line(r)));
        page.append(candidates(counted));
        page.append("\n    mvn -q package -DskipTests\n"
                + "    java -cp 'benchmarks/target/classes:benchmarks/target/lib/*'"
                + " dev.ritz.benchmarks.FamilyTable FOLDER\n\n");
        return page.append(RealMatrix.madeBy(FamilyTable.class)).toString();
    }

    private static String line(Row row) {
        return String.format(
                Locale.ROOT,
                "| %s | %d | %d | %s | %d of %d | %s | %s |%n",
                row.matrix().name(),
                row.n(),
                row.nnz(),
                row.matrix().kind(),
                row.solved().size(),
                row.trials().stream().filter(Candidate.Trial::applicable).count(),
                cells(row.quickest()),
                cells(row.fewest()));
    }

    private static String cells(Candidate.Trial t) {
        return t == null
                ? "none | | | |"
                : String.format(
                        Locale.ROOT,
                        "%s | %.1f | %.1f | %d | %.1e",
                        t.name(),
                        1e3 * t.setUp(),
                        1e3 * t.solve(),
                        t.iterations(),
                        t.residual());
    }

    /** How often each candidate solved, and was the best. */
    private static String candidates(List<Row> rows) {
        StringBuilder table = new StringBuilder("\nOf the nonsingular matrices; \"for it\" leaves out those a candidate"
                + " refuses because they are not symmetric.\n\n"
                + "| method | preconditioner | for it | solved | quickest | fewest iterations | what else became of it |\n"
                + "|---|---|---:|---:|---:|---:|---|\n");
        List<Candidate> all = Candidate.all();
        for (int k = 0; k < all.size(); k++) {
            int at = k;
            List<Candidate.Trial> trials = rows.stream()
                    .map(r -> r.trials().get(at))
                    .filter(Candidate.Trial::applicable)
                    .toList();
            Candidate c = all.get(k);
            table.append(String.format(
                    Locale.ROOT,
                    "| %s | %s | %d | %d | %d | %d | %s |%n",
                    c.method().isEmpty() ? "by kind" : c.method(),
                    c.preconditioner(),
                    trials.size(),
                    trials.stream().filter(Candidate.Trial::solved).count(),
                    rows.stream().filter(r -> isOf(r.quickest(), c)).count(),
                    rows.stream().filter(r -> isOf(r.fewest(), c)).count(),
                    failures(trials)));
        }
        return table.toString();
    }

    private static boolean isOf(Candidate.Trial trial, Candidate candidate) {
        return trial != null && trial.candidate().equals(candidate);
    }

    private static String failures(List<Candidate.Trial> trials) {
        List<String> words = new ArrayList<>();
        trials.stream()
                .filter(t -> !t.solved())
                .map(Candidate.Trial::outcome)
                .distinct()
                .sorted()
                .forEach(o -> words.add(
                        trials.stream().filter(t -> t.outcome().equals(o)).count() + " " + o));
        return String.join(", ", words);
    }
}

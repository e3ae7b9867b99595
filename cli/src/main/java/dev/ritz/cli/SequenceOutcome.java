package dev.ritz.cli;

import dev.ritz.krylov.Configuration;
import dev.ritz.krylov.sequence.SequenceReport;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What a sequence came to.
 *
 * @param terms what was asked for
 * @param entries the systems as named in the input
 * @param configurations what they were solved with
 * @param order the order in which they were solved
 * @param rows by the place of the system in the input, null where it has not been solved yet
 * @param reports of the chunks
 * @param without iterations per system without each part, empty where that was not asked for
 * @param complete whether every system has a row
 * @param wallSeconds of this run's solves, reading and writing included
 */
record SequenceOutcome(
        SequenceTerms terms,
        List<SequenceEntry> entries,
        List<Configuration> configurations,
        int[] order,
        SequenceRow[] rows,
        List<SequenceReport> reports,
        Map<String, int[]> without,
        boolean complete,
        double wallSeconds) {

    Stream<SequenceRow> solved() {
        return Arrays.stream(rows).filter(Objects::nonNull);
    }

    /** The names of the configurations. */
    List<String> names() {
        return configurations.stream().map(Configuration::name).toList();
    }

    /** What the values of a grid came to. */
    TuneSummary tuned(TuneGrid grid) {
        return TuneSummary.of(names(), grid.labels(), solved().toList());
    }

    int converged() {
        return (int) solved().filter(SequenceRow::converged).count();
    }

    /** OK only when every system converged; else the code of the first that did not. */
    ExitCode exitCode() {
        if (!complete) {
            return ExitCode.CANCELLED;
        }
        return solved().filter(r -> !r.converged())
                .findFirst()
                .map(SequenceOutcome::code)
                .orElse(ExitCode.OK);
    }

    private static ExitCode code(SequenceRow row) {
        return switch (row.cause()) {
            case "MAX_ITERATIONS", "DEADLINE", "MAX_MEMORY" -> ExitCode.LIMIT;
            case "BAD_INPUT", "REFUSED" -> ExitCode.BAD_INPUT;
            case "INPUT_OUTPUT" -> ExitCode.INPUT_OUTPUT;
            case "INDEFINITE_PRECONDITIONER" -> ExitCode.PRECONDITIONER;
            case "CANCELLED" -> ExitCode.CANCELLED;
            default -> ExitCode.FAILED;
        };
    }

    /** The parts of all chunks together. */
    List<SequenceReport.Saving> savings() {
        return SequenceReport.sum(reports).savings();
    }

    SequenceReport total() {
        return SequenceReport.sum(reports);
    }
}

package dev.ritz.cli;

import dev.ritz.krylov.sequence.SystemRecord;
import java.util.Locale;

/**
 * What became of one system: a row of the report.
 *
 * @param index its place in the input, 0-based
 * @param name its name there
 * @param outcome converged, stopped, failed, or not read
 * @param cause in one word
 * @param detail the numbers behind the cause, or what was wrong with a file
 * @param n the number of unknowns, 0 where not read
 * @param iterations of all attempts
 * @param operatorApplications products with A, all of them
 * @param guessApplications those of them for the guess
 * @param refreshApplications those of them for the recycled space
 * @param preconditionerApplications applications of M⁻¹
 * @param relativeResidual recomputed; NaN where not solved
 * @param guessResidual of the guess used, relative; 1 for x₀ = 0
 * @param seconds of everything but reading and writing
 * @param setupSeconds those of them for preconditioners and storage
 * @param chosen the configuration chosen
 * @param configuration method and preconditioner that solved it
 * @param preparation where the preconditioner came from
 * @param recycled dimension of the recycled space at the start
 * @param attempts how often it was solved
 * @param charge what a tuner learned that it cost; NaN without one
 * @param note what else was decided
 */
record SequenceRow(
        int index,
        String name,
        String outcome,
        String cause,
        String detail,
        int n,
        int iterations,
        int operatorApplications,
        int guessApplications,
        int refreshApplications,
        int preconditionerApplications,
        double relativeResidual,
        double guessResidual,
        double seconds,
        double setupSeconds,
        String chosen,
        String configuration,
        String preparation,
        int recycled,
        int attempts,
        double charge,
        String note) {
    static final String NOT_READ = "not read";

    static SequenceRow of(int index, String name, int n, SystemRecord r) {
        return new SequenceRow(
                index,
                name,
                r.cause().outcome().name().toLowerCase(Locale.ROOT),
                r.cause().name(),
                r.detail(),
                n,
                r.iterations(),
                r.operatorApplications(),
                r.guessApplications(),
                r.refreshApplications(),
                r.preconditionerApplications(),
                r.relativeResidual(),
                r.guessResidual(),
                r.seconds(),
                r.setupSeconds(),
                r.chosen(),
                r.configuration(),
                r.preparation().name().toLowerCase(Locale.ROOT),
                r.recycled(),
                r.attempts(),
                r.charge(),
                r.note());
    }

    /** A system whose files were not fit to be solved. */
    static SequenceRow failed(int index, String name, String cause, String detail) {
        return new SequenceRow(
                index,
                name,
                NOT_READ,
                cause,
                detail,
                0,
                0,
                0,
                0,
                0,
                0,
                Double.NaN,
                1,
                0,
                0,
                "",
                "",
                "",
                0,
                0,
                Double.NaN,
                "");
    }

    /** With a further note. */
    SequenceRow withNote(String more) {
        return new SequenceRow(
                index,
                name,
                outcome,
                cause,
                detail,
                n,
                iterations,
                operatorApplications,
                guessApplications,
                refreshApplications,
                preconditionerApplications,
                relativeResidual,
                guessResidual,
                seconds,
                setupSeconds,
                chosen,
                configuration,
                preparation,
                recycled,
                attempts,
                charge,
                note.isEmpty() ? more : note + "; " + more);
    }

    /** Whether its files could not be read. */
    boolean unread() {
        return outcome.equals(NOT_READ);
    }

    boolean converged() {
        return outcome.equals("converged");
    }
}

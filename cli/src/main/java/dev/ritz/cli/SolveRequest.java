package dev.ritz.cli;

import dev.ritz.api.StoppingCriteria;
import java.nio.file.Path;
import java.util.Map;

/**
 * What {@code ritz solve} was asked for, checked as far as the command line alone allows.
 *
 * @param matrix the file of A
 * @param rhs kind of right-hand side
 * @param rhsChosen whether the user named the kind
 * @param rhsFile the file of b, or null where the kind is another
 * @param rhsColumn its column from 1, 0 for the only one
 * @param guess the file of x₀, or null for 0
 * @param seed of a random right-hand side
 * @param method name, or null for the default rule
 * @param preconditioner name, or null
 * @param methodSettings keys and values of the method
 * @param preconditionerSettings keys and values of the preconditioner
 * @param criteria limits of the whole command
 * @param maxMemory bytes for reading, and for matrix and workspace together
 * @param threads of the kernels; 0 for the default
 * @param reorder in which order of the unknowns to solve
 * @param format how the matrix is stored that products run on
 */
record SolveRequest(
        Path matrix,
        InputSystem.Rhs rhs,
        boolean rhsChosen,
        Path rhsFile,
        int rhsColumn,
        Path guess,
        long seed,
        String method,
        String preconditioner,
        Map<String, String> methodSettings,
        Map<String, String> preconditionerSettings,
        StoppingCriteria criteria,
        long maxMemory,
        int threads,
        Reorder reorder,
        Format format) {

    /** Names and settings are checked before the file is read: a slip costs no minute. */
    void checkNames() throws CommandException {
        if (method != null) {
            Method named = MethodTable.named(method);
            named.make(criteria, named.settings(methodSettings));
        } else if (!methodSettings.isEmpty()) {
            throw CommandException.usage(
                    "--set " + methodSettings.keySet().iterator().next()
                            + " needs -m: the default rule sets the options of its own methods");
        }
        if (preconditioner != null) {
            boolean byRow = PreconditionerTable.named(preconditioner)
                    .make(preconditionerSettings)
                    .byRow();
            if (byRow && reorder == Reorder.RCM) {
                throw CommandException.usage("--reorder rcm with -p " + preconditioner
                        + ", whose options speak of the rows as the file has them; expected none or auto");
            }
        } else if (!preconditionerSettings.isEmpty()) {
            throw CommandException.usage(
                    "--set p." + preconditionerSettings.keySet().iterator().next() + " needs -p");
        }
    }
}

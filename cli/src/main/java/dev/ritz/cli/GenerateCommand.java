package dev.ritz.cli;

import dev.ritz.api.io.MatrixMarket;
import dev.ritz.api.io.MatrixMarketHeader.Symmetry;
import dev.ritz.testdata.Gallery;
import dev.ritz.testdata.LinearSystem;
import dev.ritz.testdata.Problem;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ritz generate}. */
@Command(
        name = "generate",
        mixinStandardHelpOptions = true,
        versionProvider = Ritz.VersionText.class,
        description = "Writes a model problem to files; without NAME it lists the problems.")
final class GenerateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "the problem")
    private String name;

    @Option(names = "--size", paramLabel = "N", description = "see the list; default ${DEFAULT-VALUE}")
    private int size = 32;

    @Option(names = "--seed", paramLabel = "S", description = "of what is random; default ${DEFAULT-VALUE}")
    private long seed = 20_240_229;

    @Option(names = "--set", paramLabel = "key=value", description = "a parameter of the problem; repeatable")
    private List<String> sets = List.of();

    @Option(names = "-o", paramLabel = "FILE", description = "the matrix; gzipped when the name ends in .gz")
    private Path output;

    @Option(names = "--rhs-out", paramLabel = "FILE", description = "the right-hand side of the problem")
    private Path rhsOutput;

    @Override
    public Integer call() throws CommandException {
        PrintWriter out = spec.commandLine().getOut();
        if (name == null) {
            list(out);
            return ExitCode.OK.code();
        }
        Problem problem = problem();
        if (output == null) {
            throw CommandException.usage("generate needs -o FILE for the matrix");
        }
        if (rhsOutput != null && OutputFile.same(output, rhsOutput)) {
            throw CommandException.usage("--rhs-out " + rhsOutput + " is the file of -o, expected another");
        }
        LinearSystem system = system(problem);
        Path target = output;
        try {
            boolean symmetric = system.a().asymmetry() == 0;
            MatrixMarket.write(target, system.a(), symmetric ? Symmetry.SYMMETRIC : Symmetry.GENERAL);
            if (rhsOutput != null) {
                target = rhsOutput;
                MatrixMarket.writeVector(target, system.b());
            }
        } catch (IOException e) {
            throw OutputFile.writing(target, e);
        }
        out.println(system.description());
        out.println(output + ": n = " + system.size() + ", " + system.a().nnz() + " entries");
        if (rhsOutput != null) {
            out.println(rhsOutput + ": right-hand side");
        }
        return ExitCode.OK.code();
    }

    private static void list(PrintWriter out) {
        for (String name : Gallery.names()) {
            Problem problem = Gallery.problem(name);
            out.println(problem);
            for (Problem.Parameter p : problem.parameters()) {
                out.println("    --set " + p.name() + "=" + p.value() + "   " + p.meaning());
            }
        }
    }

    private Problem problem() throws CommandException {
        if (!Gallery.names().contains(name)) {
            throw CommandException.usage("no problem '" + name + "'" + Suggestion.among(name, Gallery.names()));
        }
        return Gallery.problem(name);
    }

    private LinearSystem system(Problem problem) throws CommandException {
        List<String> known =
                problem.parameters().stream().map(Problem.Parameter::name).toList();
        List<Problem.Parameter> changed = new ArrayList<>();
        for (String set : sets) {
            int equals = set.indexOf('=');
            String key = equals < 0 ? set : set.substring(0, equals);
            if (!known.contains(key)) {
                throw CommandException.usage(name + " has no parameter '" + key + "'" + Suggestion.among(key, known));
            }
            try {
                changed.add(problem.parameter(key).with(Double.parseDouble(set.substring(equals + 1))));
            } catch (NumberFormatException e) {
                throw new CommandException(
                        ExitCode.USAGE, "USAGE", "--set " + set + ", expected " + key + "=number", e);
            }
        }
        try {
            return problem.generate(size, seed, changed.toArray(Problem.Parameter[]::new));
        } catch (IllegalArgumentException e) {
            throw new CommandException(ExitCode.USAGE, "USAGE", name + ": " + e.getMessage(), e);
        }
    }
}

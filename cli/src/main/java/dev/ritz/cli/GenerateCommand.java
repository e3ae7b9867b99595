package dev.ritz.cli;

import dev.ritz.api.io.MatrixMarket;
import dev.ritz.api.io.MatrixMarketHeader.Symmetry;
import dev.ritz.testdata.Gallery;
import dev.ritz.testdata.LinearSystem;
import dev.ritz.testdata.Problem;
import dev.ritz.testdata.Problem.Parameter;
import dev.ritz.testdata.SequenceGallery;
import dev.ritz.testdata.SequenceProblem;
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
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code ritz generate}. */
@Command(
        name = "generate",
        mixinStandardHelpOptions = true,
        versionProvider = Ritz.VersionText.class,
        description =
                "Writes a model problem to files, or a sequence of systems to a folder; without NAME it lists both.")
final class GenerateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @ParentCommand
    private Ritz parent;

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "the problem or sequence")
    private String name;

    @Option(names = "--size", paramLabel = "N", description = "see the list; default ${DEFAULT-VALUE}")
    private int size = 32;

    @Option(names = "--count", paramLabel = "K", description = "systems of a sequence; default 10")
    private Integer count;

    @Option(names = "--seed", paramLabel = "S", description = "of what is random; default ${DEFAULT-VALUE}")
    private long seed = 20_240_229;

    @Option(names = "--set", paramLabel = "key=value", description = "a parameter of the problem; repeatable")
    private List<String> sets = List.of();

    @Option(
            names = "-o",
            paramLabel = "FILE",
            description = "the matrix, gzipped when the name ends in .gz; the folder of a sequence, new or empty")
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
        if (SequenceGallery.names().contains(name)) {
            return sequence(out);
        }
        Problem problem = problem();
        if (output == null) {
            throw CommandException.usage("generate needs -o FILE for the matrix");
        }
        if (count != null) {
            throw CommandException.usage("--count is for sequences, " + name + " is one problem");
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

    private int sequence(PrintWriter out) throws CommandException {
        if (output == null) {
            throw CommandException.usage("generate needs -o DIR for the sequence");
        }
        if (rhsOutput != null) {
            throw CommandException.usage("--rhs-out is for one problem; -o gets the right-hand sides of a sequence");
        }
        int systems = count == null ? 10 : count;
        if (systems < 1) {
            throw CommandException.usage("--count " + systems + ", expected at least 1");
        }
        SequenceProblem sequence = SequenceGallery.sequence(name);
        Parameter[] changed = changed(sequence.parameters());
        SequenceWriter.check(output);
        long quiet = parent.terminal() ? ProgressLine.QUIET_NANOS : Long.MAX_VALUE / 2;
        SequenceWriter writer = new SequenceWriter(output, parent.watch(), new ProgressLine(parent.err(), name, quiet));
        try {
            writer.write(sequence.generate(size, systems, seed, changed), systems, sequence.description());
        } catch (IllegalArgumentException e) {
            throw refused(e);
        }
        out.println(sequence.description());
        out.println(output + ": " + systems + " systems, " + writer.matrices() + " matrices, " + SequenceManifest.FILE);
        return ExitCode.OK.code();
    }

    private static void list(PrintWriter out) {
        for (String name : Gallery.names()) {
            Problem problem = Gallery.problem(name);
            list(out, problem.toString(), problem.parameters());
        }
        out.println();
        out.println("Sequences:");
        for (String name : SequenceGallery.names()) {
            SequenceProblem sequence = SequenceGallery.sequence(name);
            list(out, sequence.toString(), sequence.parameters());
        }
    }

    private static void list(PrintWriter out, String title, List<Parameter> parameters) {
        out.println(title);
        for (Parameter p : parameters) {
            out.println("    --set " + p.name() + "=" + p.value() + "   " + p.meaning());
        }
    }

    private Problem problem() throws CommandException {
        if (!Gallery.names().contains(name)) {
            List<String> known = new ArrayList<>(Gallery.names());
            known.addAll(SequenceGallery.names());
            throw CommandException.usage("no problem or sequence '" + name + "'" + Suggestion.among(name, known));
        }
        return Gallery.problem(name);
    }

    private LinearSystem system(Problem problem) throws CommandException {
        Parameter[] changed = changed(problem.parameters());
        try {
            return problem.generate(size, seed, changed);
        } catch (IllegalArgumentException e) {
            throw refused(e);
        }
    }

    private CommandException refused(IllegalArgumentException e) {
        return new CommandException(ExitCode.USAGE, "USAGE", name + ": " + e.getMessage(), e);
    }

    private Parameter[] changed(List<Parameter> parameters) throws CommandException {
        List<String> known = parameters.stream().map(Parameter::name).toList();
        List<Parameter> changed = new ArrayList<>();
        for (String set : sets) {
            int equals = set.indexOf('=');
            String key = equals < 0 ? set : set.substring(0, equals);
            int at = known.indexOf(key);
            if (at < 0) {
                throw CommandException.usage(name + " has no parameter '" + key + "'" + Suggestion.among(key, known));
            }
            try {
                changed.add(parameters.get(at).with(Double.parseDouble(set.substring(equals + 1))));
            } catch (NumberFormatException e) {
                throw new CommandException(
                        ExitCode.USAGE, "USAGE", "--set " + set + ", expected " + key + "=number", e);
            }
        }
        return changed.toArray(Parameter[]::new);
    }
}

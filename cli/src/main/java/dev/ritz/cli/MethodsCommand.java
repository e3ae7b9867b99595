package dev.ritz.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ritz methods}. */
@Command(
        name = "methods",
        mixinStandardHelpOptions = true,
        versionProvider = Ritz.VersionText.class,
        description = "Lists methods and preconditioners, or tells all about one.")
final class MethodsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "a method or a preconditioner")
    private String name;

    @Override
    public Integer call() throws CommandException {
        PrintWriter out = spec.commandLine().getOut();
        if (name == null) {
            list(out);
        } else {
            cards(out);
        }
        return ExitCode.OK.code();
    }

    private static void list(PrintWriter out) {
        out.println("Methods (-m), with their options (--set key=value):");
        MethodTable.all().forEach(m -> row(out, m.name(), m.summary(), m.needs(), m.source(), m.settings()));
        out.println();
        out.println("Preconditioners (-p), with their options (--set p.key=value):");
        PreconditionerTable.all().forEach(p -> row(out, p.name(), p.summary(), p.needs(), p.source(), p.settings()));
        out.println();
        out.println("'ritz methods NAME' explains the options of one.");
    }

    private static void row(
            PrintWriter out, String name, String summary, String needs, String source, List<Setting> settings) {
        out.println(String.format(Locale.ROOT, "  %-14s %s", name, summary));
        indented(out, "needs " + needs);
        if (!settings.isEmpty()) {
            List<String> text =
                    settings.stream().map(s -> s.name() + "=" + s.fallback()).toList();
            indented(out, "options " + String.join(" ", text));
        }
        if (!source.equals("-")) {
            indented(out, "source " + source);
        }
    }

    private static void indented(PrintWriter out, String text) {
        out.println(" ".repeat(17) + text);
    }

    /** A name may be both, as jacobi is. */
    private void cards(PrintWriter out) throws CommandException {
        List<String> known = new ArrayList<>();
        boolean found = false;
        for (Method m : MethodTable.all()) {
            known.add(m.name());
            if (m.name().equals(name)) {
                card(out, "method", "", m.summary(), m.needs(), m.source(), m.settings());
                found = true;
            }
        }
        for (PreconditionerEntry p : PreconditionerTable.all()) {
            known.add(p.name());
            if (p.name().equals(name)) {
                card(out, "preconditioner", "p.", p.summary(), p.needs(), p.source(), p.settings());
                found = true;
            }
        }
        if (!found) {
            throw CommandException.usage("no method or preconditioner '" + name + "'" + Suggestion.among(name, known));
        }
    }

    private void card(
            PrintWriter out,
            String kind,
            String prefix,
            String summary,
            String needs,
            String source,
            List<Setting> settings) {
        out.println(name + ", a " + kind + ": " + summary);
        out.println("  needs    " + needs);
        out.println("  source   " + source);
        for (Setting s : settings) {
            out.println("  --set " + prefix + s.name() + "=" + s.fallback() + "   " + s.meaning()
                    + (s.words().isEmpty() ? "" : ": " + String.join(", ", s.words())));
        }
    }
}

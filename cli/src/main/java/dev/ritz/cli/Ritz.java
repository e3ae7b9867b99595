package dev.ritz.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The program {@code ritz}. */
@Command(
        name = "ritz",
        description = "Solves sparse linear systems iteratively, and verifies what it says.",
        mixinStandardHelpOptions = true,
        versionProvider = Ritz.VersionText.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Exit codes: 0 converged and verified, 2 usage, 3 bad input, 4 limit of iterations, time or memory,",
            "5 breakdown, stagnation or divergence, 6 preconditioner failed, 7 cancelled, 8 input or output failed,",
            "70 internal error."
        })
public final class Ritz implements Runnable {
    private static final List<String> COMMANDS =
            List.of("solve", "sequence", "tune", "check", "info", "generate", "methods");

    /** The command as picocli sees it. */
    @Spec
    private CommandSpec spec;

    private final PrintStream err;
    private final Watch watch;
    private final boolean terminal;

    private Ritz(PrintStream err, Watch watch, boolean terminal) {
        this.err = err;
        this.watch = watch;
        this.terminal = terminal;
    }

    /**
     * Runs a command line and ends the process with its exit code.
     *
     * @param args the words of the command line
     */
    public static void main(String[] args) {
        Interruption interruption = new Interruption();
        interruption.install(System.err);
        int code = run(interruption, Boolean.getBoolean("ritz.terminal"), System.out, System.err, args);
        if (interruption.finished(code)) {
            System.exit(code);
        }
    }

    /**
     * Runs a command line inside another program, without handling signals.
     *
     * @param out for results
     * @param err for messages
     * @param args the words of the command line
     * @return the exit code
     */
    public static int run(PrintStream out, PrintStream err, String... args) {
        return run(Watch.NONE, false, out, err, args);
    }

    static int run(Watch watch, boolean terminal, PrintStream out, PrintStream err, String... args) {
        PrintWriter outWriter = new PrintWriter(out, false, StandardCharsets.UTF_8);
        PrintWriter errWriter = new PrintWriter(err, true, StandardCharsets.UTF_8);
        try {
            CommandLine line = new CommandLine(new Ritz(err, watch, terminal));
            // picocli reads a command by reflection: a quick start reads the one that is asked for
            for (String name : args.length > 0 && COMMANDS.contains(args[0]) ? List.of(args[0]) : COMMANDS) {
                line.addSubcommand(name, command(name));
            }
            return line.setOut(outWriter)
                    .setErr(errWriter)
                    .setCaseInsensitiveEnumValuesAllowed(true)
                    .setParameterExceptionHandler((e, words) -> usage(e, errWriter))
                    .setExecutionExceptionHandler((e, failed, parsed) -> failed(e, parsed, errWriter))
                    .execute(args.length > 0 && args[0].equals("solve") ? PetscNames.replaced(args) : args);
        } catch (OutOfMemoryError e) {
            errWriter.println("ritz: out of memory (" + e.getMessage() + "): give Java more, "
                    + "RITZ_JAVA_OPTS=-Xmx8g for instance, or the solve less, -m gmres --set restart=20 for instance");
            return ExitCode.INTERNAL.code();
        } finally {
            outWriter.flush();
            errWriter.flush();
        }
    }

    private static Object command(String name) {
        return switch (name) {
            case "solve" -> new SolveCommand();
            case "sequence" -> new SequenceCommand();
            case "tune" -> new TuneCommand();
            case "check" -> new CheckCommand();
            case "info" -> new InfoCommand();
            case "generate" -> new GenerateCommand();
            default -> new MethodsCommand();
        };
    }

    private static int usage(ParameterException e, PrintWriter err) {
        String message = e.getMessage();
        if (e instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            message += suggestion(unmatched);
        }
        err.println("ritz: " + message);
        err.println("Try '" + e.getCommandLine().getCommandSpec().qualifiedName() + " --help'.");
        return ExitCode.USAGE.code();
    }

    private static String suggestion(UnmatchedArgumentException e) {
        String word = e.getUnmatched().get(0);
        CommandSpec command = e.getCommandLine().getCommandSpec();
        List<String> known = new ArrayList<>();
        if (word.startsWith("-")) {
            word = word.replaceFirst("=.*", "");
            command.options().forEach(o -> known.addAll(List.of(o.names())));
        } else if (!command.subcommands().isEmpty()) {
            known.addAll(command.subcommands().keySet());
        } else {
            return "";
        }
        return Suggestion.among(word, known);
    }

    private static int failed(Exception e, ParseResult parsed, PrintWriter err) {
        if (e instanceof CommandException known) {
            err.println("ritz: " + printable(known.getMessage()));
            if (known.code() == ExitCode.USAGE) {
                ParseResult last = parsed.hasSubcommand() ? parsed.subcommand() : parsed;
                err.println("Try '" + last.commandSpec().qualifiedName() + " --help'.");
            }
            return known.code().code();
        }
        err.println("ritz: internal error, please report it");
        e.printStackTrace(err);
        return ExitCode.INTERNAL.code();
    }

    /** A text with its control characters escaped, but for the ends of lines that are indented. */
    static String printable(String text) {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean plain = !Character.isISOControl(c) || c == '\n' && text.startsWith("\n  ", i);
            all.append(plain ? "" + c : String.format(Locale.ROOT, "\\u%04x", (int) c));
        }
        return all.toString();
    }

    /** Without a command there is nothing to do but to say so. */
    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "a command is missing; known: "
                        + String.join(", ", spec.subcommands().keySet()));
    }

    Watch watch() {
        return watch;
    }

    boolean terminal() {
        return terminal;
    }

    PrintStream err() {
        return err;
    }

    /** The text of {@code --version}. */
    static final class VersionText implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"ritz " + Version.text()};
        }
    }
}

package dev.ritz.cli;

import dev.ritz.api.io.MatrixMarket;
import dev.ritz.api.io.MatrixMarketHeader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ritz info}. */
@Command(
        name = "info",
        mixinStandardHelpOptions = true,
        versionProvider = Ritz.VersionText.class,
        description = "Prints what the header of a Matrix Market file says, without reading the entries.")
final class InfoCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "Matrix Market file, plain or .gz")
    private Path file;

    @Override
    public Integer call() throws CommandException {
        MatrixMarketHeader header;
        try {
            header = MatrixMarket.header(file);
        } catch (IOException e) {
            throw InputSystem.reading(file, e);
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println("file       " + file);
        out.println("format     " + word(header.format()));
        out.println("field      " + word(header.field()));
        out.println("symmetry   " + header.symmetry().word());
        out.println("rows       " + header.rows());
        out.println("columns    " + header.cols());
        out.println("entries    " + header.entries() + " stored in the file");
        for (String comment : header.comments()) {
            out.println("comment    " + comment.strip());
        }
        return ExitCode.OK.code();
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}

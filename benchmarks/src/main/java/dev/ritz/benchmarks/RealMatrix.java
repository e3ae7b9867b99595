package dev.ritz.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One square real matrix of a folder. The folder has a table {@code MANIFEST.tsv} with the columns name, file, what,
 * rows, cols, field, kind and checks; a kind with the word "singular" does not count as nonsingular, and neither does
 * one whose checks say "exactly singular" or "empty rows".
 *
 * @param name as the table has it
 * @param file where it lies
 * @param kind its class, in words
 * @param singular whether it is known to be singular
 */
record RealMatrix(String name, Path file, String kind, boolean singular) {

    /** {@return the matrices of a folder, in the order of its table} */
    static List<RealMatrix> of(Path folder) throws IOException {
        List<String> lines = Files.readAllLines(folder.resolve("MANIFEST.tsv"));
        String[] names = lines.get(0).split("\t", -1);
        List<RealMatrix> matrices = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split("\t", -1);
            Map<String, String> m = new LinkedHashMap<>();
            for (int k = 0; k < names.length; k++) {
                m.put(names[k], cells[k]);
            }
            boolean real = !m.get("field").equals("complex");
            if (m.get("what").equals("matrix") && m.get("rows").equals(m.get("cols")) && real) {
                matrices.add(new RealMatrix(m.get("name"), folder.resolve(m.get("file")), m.get("kind"), singular(m)));
            }
        }
        return matrices;
    }

    private static boolean singular(Map<String, String> m) {
        return m.get("kind").contains("singular") && !m.get("kind").contains("nonsingular")
                || m.get("checks").contains("exactly singular")
                || m.get("checks").contains("empty rows");
    }

    /** {@return the last line of a page: who made it, when, and on what machine} */
    static String madeBy(Class<?> program) {
        return "Made by `" + program.getName() + "` on " + LocalDate.now() + ", " + System.getProperty("java.vm.name")
                + ' ' + System.getProperty("java.version") + ", "
                + Runtime.getRuntime().availableProcessors() + " × " + processor() + ".\n";
    }

    /** The name of the processor where the system tells it. */
    private static String processor() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/cpuinfo"))) {
                if (line.startsWith("model name")) {
                    return line.substring(line.indexOf(':') + 1).strip();
                }
            }
        } catch (IOException e) {
            // then its architecture has to do
        }
        return System.getProperty("os.arch");
    }
}

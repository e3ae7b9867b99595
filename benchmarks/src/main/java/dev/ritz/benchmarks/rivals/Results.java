package dev.ritz.benchmarks.rivals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All measurements so far; a later one replaces an earlier one of the same key, so that parts can be run by and by. */
final class Results {
    private final Map<String, Measurement> byKey = new LinkedHashMap<>();

    /**
     * Adds or replaces.
     *
     * @param m a measurement
     */
    void add(Measurement m) {
        byKey.put(m.key(), m);
    }

    /** {@return whether a contender of one process has a result for a problem} */
    boolean has(TestProblem problem, Rival rival, Rival.Pairing pairing) {
        return byKey.containsKey(
                Measurement.without(problem.name(), rival.name(), rival.version(), pairing, Measurement.FAILED, "")
                        .key());
    }

    /** {@return the measurements, in the order their keys first came} */
    List<Measurement> all() {
        return new ArrayList<>(byKey.values());
    }

    /**
     * Adds what a file of JSON lines holds; a file that does not exist holds nothing.
     *
     * @param file one measurement a line; an array with one element a line will do
     * @throws IOException when it cannot be read or a line is no measurement
     */
    void read(Path file) throws IOException {
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                String object = line.strip().replaceFirst(",$", "");
                if (object.startsWith("{")) {
                    add(Measurement.fromJson(object));
                }
            }
        }
    }

    /**
     * Writes a JSON array with one measurement a line, which keeps changes readable.
     *
     * @param file the target
     * @throws IOException when it cannot be written
     */
    void write(Path file) throws IOException {
        List<String> lines = byKey.values().stream().map(Measurement::toJson).toList();
        Files.writeString(file, "[\n" + String.join(",\n", lines) + "\n]\n");
    }
}

package dev.ritz.cli;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The systems of a folder without a manifest, by the names of its files: a word for the part ({@code A} or {@code matrix},
 * {@code b} or {@code rhs}, {@code x0} or {@code guess}), then what tells the systems apart, as in {@code A_0012.mtx.gz}.
 * One matrix serves many right-hand sides, one right-hand side many matrices. Where no file has such a name, each is a
 * matrix. Natural order: numbers count as numbers.
 */
final class SequenceFolder {
    /** Runs of digits count as numbers; equal but for leading zeros is equal. */
    static final Comparator<String> NATURAL = SequenceFolder::compareNaturally;

    private static final Pattern NAME =
            Pattern.compile("(A|a|matrix|mat|b|rhs|x0|guess)(?:[_.-](.+)|(\\d.*))?\\.mtx(?:\\.gz)?");

    private static final String EXAMPLES = "pairs like A_1.mtx and b_1.mtx, or " + SequenceManifest.FILE;

    private final Path folder;
    private final TreeMap<String, Path> matrices = new TreeMap<>(NATURAL);
    private final TreeMap<String, Path> rhs = new TreeMap<>(NATURAL);
    private final TreeMap<String, Path> guesses = new TreeMap<>(NATURAL);
    private final TreeMap<String, Path> others = new TreeMap<>(NATURAL);

    private SequenceFolder(Path folder) {
        this.folder = folder;
    }

    static List<SequenceEntry> entries(Path folder) throws CommandException {
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(Files::isRegularFile).toList();
        } catch (IOException e) {
            throw InputSystem.reading(folder, e);
        }
        SequenceFolder sorted = new SequenceFolder(folder);
        for (Path file : files) {
            sorted.sort(file);
        }
        return sorted.paired();
    }

    private void sort(Path file) throws CommandException {
        String name = file.getFileName().toString();
        if (!name.endsWith(".mtx") && !name.endsWith(".mtx.gz")) {
            return;
        }
        Matcher m = NAME.matcher(name);
        if (!m.matches()) {
            put(others, name.replaceFirst("\\.mtx(\\.gz)?$", ""), file);
            return;
        }
        String key = m.group(2) != null ? m.group(2) : m.group(3) != null ? m.group(3) : "";
        put(
                switch (m.group(1)) {
                    case "b", "rhs" -> rhs;
                    case "x0", "guess" -> guesses;
                    default -> matrices;
                },
                key,
                file);
    }

    private static void put(Map<String, Path> files, String key, Path file) throws CommandException {
        Path before = files.putIfAbsent(key, file);
        if (before != null) {
            throw CommandException.badInput(
                    before + " and " + file.getFileName() + " stand for one file of one system, expected one of them");
        }
    }

    private List<SequenceEntry> paired() throws CommandException {
        if (matrices.isEmpty() && rhs.isEmpty() && guesses.isEmpty()) {
            matrices.putAll(others);
        }
        if (matrices.isEmpty()) {
            throw CommandException.badInput(folder + " has no matrix, expected " + EXAMPLES);
        }
        Path onlyMatrix =
                matrices.size() == 1 && rhs.size() > 1 ? matrices.firstEntry().getValue() : null;
        Path onlyRhs = matrices.size() > 1 && rhs.size() == 1 ? rhs.get("") : null;
        boolean onePair = matrices.size() == 1 && rhs.size() == 1;
        TreeMap<String, Path> systems = onlyMatrix != null ? rhs : matrices;
        List<SequenceEntry> entries = new ArrayList<>();
        for (Map.Entry<String, Path> system : systems.entrySet()) {
            String key = system.getKey();
            Path matrix = onlyMatrix != null ? onlyMatrix : system.getValue();
            Path b = onePair ? rhs.firstEntry().getValue() : onlyRhs != null ? onlyRhs : rhs.get(key);
            if (b == null && !rhs.isEmpty()) {
                throw mismatch(matrix, "right-hand side");
            }
            entries.add(SequenceEntry.files(key.isEmpty() ? "1" : key, matrix, b, guesses.get(key)));
        }
        if (onlyRhs == null && !onePair) {
            requireKnown(rhs, systems, "matrix");
        }
        requireKnown(guesses, systems, "system");
        return entries;
    }

    private void requireKnown(Map<String, Path> files, Map<String, Path> systems, String what) throws CommandException {
        for (Map.Entry<String, Path> file : files.entrySet()) {
            if (!systems.containsKey(file.getKey())) {
                throw mismatch(file.getValue(), what);
            }
        }
    }

    private CommandException mismatch(Path file, String missing) {
        return CommandException.badInput(file + " has no " + missing + " of its name; " + folder + " has "
                + matrices.size() + " matrices, " + rhs.size() + " right-hand sides and " + guesses.size()
                + " guesses, expected " + EXAMPLES);
    }

    private static int compareNaturally(String a, String b) {
        int i = 0;
        int j = 0;
        while (i < a.length() && j < b.length()) {
            boolean digits = digit(a, i) && digit(b, j);
            int iEnd = digits ? endOfDigits(a, i) : i + 1;
            int jEnd = digits ? endOfDigits(b, j) : j + 1;
            int order = digits
                    ? compareNumbers(a.substring(i, iEnd), b.substring(j, jEnd))
                    : Character.compare(a.charAt(i), b.charAt(j));
            if (order != 0) {
                return order;
            }
            i = iEnd;
            j = jEnd;
        }
        return Integer.compare(a.length() - i, b.length() - j);
    }

    private static boolean digit(String s, int i) {
        return s.charAt(i) >= '0' && s.charAt(i) <= '9';
    }

    private static int endOfDigits(String s, int from) {
        int end = from;
        while (end < s.length() && digit(s, end)) {
            end++;
        }
        return end;
    }

    private static int compareNumbers(String a, String b) {
        return new BigInteger(a).compareTo(new BigInteger(b));
    }
}

package dev.ritz.cli;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.IterativeSolver;
import dev.ritz.api.PreconditionerFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The checked values of all settings of one thing: those given, and the defaults of the others. */
final class Settings {
    private final String owner;
    private final Map<String, Object> values = new LinkedHashMap<>();
    /** What parts, methods and files have become. */
    private final Map<String, Object> made = new LinkedHashMap<>();

    private Settings(String owner) {
        this.owner = owner;
    }

    /**
     * Checks keys and values.
     *
     * @param owner what the settings belong to, for messages
     * @param known every setting there is
     * @param given keys and values of the command line
     * @throws CommandException on an unknown key or a value of the wrong type
     */
    static Settings of(String owner, List<Setting> known, Map<String, String> given) throws CommandException {
        Settings settings = new Settings(owner);
        List<String> names = new ArrayList<>();
        for (Setting s : known) {
            names.add(s.name());
            settings.values.put(s.name(), parse(owner, s, given.getOrDefault(s.name(), s.fallback())));
        }
        for (String key : given.keySet()) {
            if (!names.contains(key)) {
                throw CommandException.usage(owner + " has no setting '" + key + "'" + Suggestion.among(key, names));
            }
        }
        return settings;
    }

    private static Object parse(String owner, Setting s, String text) throws CommandException {
        try {
            switch (s.type()) {
                case INTEGER:
                    return Integer.valueOf(text);
                case NUMBER:
                    return Double.valueOf(text);
                case FLAG:
                    if (text.equals("true") || text.equals("false")) {
                        return Boolean.valueOf(text);
                    }
                    break;
                case WORD:
                    if (s.words().contains(text)) {
                        return text;
                    }
                    break;
                case NUMBERS:
                    for (String number : text.split(",", -1)) {
                        Double.parseDouble(number);
                    }
                    return text;
                case PART, METHOD, MATRIX:
                    return text;
                case FILE:
                    if (!text.isEmpty()) {
                        return text;
                    }
                    break;
            }
        } catch (NumberFormatException e) {
            // reported below like every other value that does not fit
        }
        String expected = switch (s.type()) {
            case INTEGER -> "a whole number";
            case NUMBER -> "a number";
            case FLAG -> "true or false";
            case WORD -> "one of " + String.join(", ", s.words());
            case NUMBERS -> "numbers between commas";
            case FILE -> "a file";
            case PART, METHOD, MATRIX -> "a name";
        };
        throw CommandException.usage(
                owner + ": " + s.name() + "=" + text + ", expected " + expected + " (" + s.meaning() + ")");
    }

    String owner() {
        return owner;
    }

    int integer(String name) {
        return (Integer) values.get(name);
    }

    double number(String name) {
        return (Double) values.get(name);
    }

    boolean flag(String name) {
        return (Boolean) values.get(name);
    }

    /** The constant that a {@link Setting#choice} names. */
    <E extends Enum<E>> E constant(String name, Class<E> type) {
        return Enum.valueOf(type, word(name).toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    String word(String name) {
        return (String) values.get(name);
    }

    List<Double> numbers(String name) {
        return Arrays.stream(word(name).split(",")).map(Double::valueOf).toList();
    }

    /** Keeps what the value of a setting has become. */
    void put(String name, Object thing) {
        made.put(name, thing);
    }

    /** The parts that there are, in the order of the table. */
    List<PreconditionerFactory> parts() {
        List<PreconditionerFactory> parts = new ArrayList<>();
        for (Object thing : made.values()) {
            if (thing instanceof PreconditionerFactory part) {
                parts.add(part);
            }
        }
        return parts;
    }

    IterativeSolver<?> solver(String name) {
        return (IterativeSolver<?>) made.get(name);
    }

    /** The content of a file, null for none. */
    double[] vector(String name) {
        return (double[]) made.get(name);
    }

    /** The content of a vector's file, whole numbers; null for none. */
    int[] integers(String name) {
        double[] v = vector(name);
        if (v == null) {
            return null;
        }
        int[] whole = new int[v.length];
        for (int i = 0; i < v.length; i++) {
            whole[i] = (int) v[i];
            if (whole[i] != v[i]) {
                throw new IllegalArgumentException(name + ": entry " + (i + 1) + " of " + word(name) + " is " + v[i]
                        + ", expected a whole number");
            }
        }
        return whole;
    }

    /** The content of a file, null where a word was given. */
    CsrMatrix matrix(String name) {
        return (CsrMatrix) made.get(name);
    }

    /** Names and values, in the order of the table. */
    Map<String, Object> values() {
        return values;
    }
}

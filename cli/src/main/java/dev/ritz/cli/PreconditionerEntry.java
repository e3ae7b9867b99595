package dev.ritz.cli;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.PreconditionerFactory;
import dev.ritz.api.StoppingCriteria;
import dev.ritz.api.kernel.WorkerPool;
import dev.ritz.preconditioners.composition.FieldSplit;
import dev.ritz.preconditioners.ordering.Permuted;
import dev.ritz.preconditioners.ordering.ScaledBy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One line of the table of preconditioners.
 *
 * @param name the name on the command line
 * @param type the class of the factory; null for none
 * @param summary one clause for the list
 * @param needs what A has to be, and the kind of the result
 * @param source paper or book
 * @param settings its options; of a wrapper, without those of the inner one
 * @param maker builds the factory
 */
record PreconditionerEntry(
        String name, Class<?> type, String summary, String needs, String source, List<Setting> settings, Maker maker) {
    /** The setting by which a wrapper names what it wraps. */
    static final String INNER = "inner";

    private static final Set<Class<?>> BY_ROW = Set.of(FieldSplit.class, Permuted.class, ScaledBy.class);

    /** From settings to a factory. */
    @FunctionalInterface
    interface Maker {
        /**
         * The factory.
         *
         * @param s own settings
         * @param inner the wrapped factory, null where there is none
         */
        PreconditionerFactory make(Settings s, PreconditionerFactory inner);
    }

    /**
     * A factory with the settings that came with it.
     *
     * @param name the name on the command line, of a wrapper with the inner name
     * @param factory null for no preconditioner
     * @param settings all values, those of inner ones too
     * @param byRow whether its options speak of rows as the file has them, so that the order has to stay
     */
    record Made(String name, PreconditionerFactory factory, Map<String, Object> settings, boolean byRow) {}

    boolean wraps() {
        return settings.stream().anyMatch(s -> s.name().equals(INNER));
    }

    /** Whether it cannot be made of options alone: a file has to be named. */
    boolean needsFile() {
        return settings.stream().anyMatch(Setting::required);
    }

    /**
     * The factory with these options. Keys behind the name of a part go to that part; other keys that a wrapper does not
     * know go to the inner one.
     */
    Made make(Map<String, String> given) throws CommandException {
        Map<String, String> own = new LinkedHashMap<>();
        Map<String, String> others = new LinkedHashMap<>();
        Map<String, Map<String, String>> nested = new LinkedHashMap<>();
        sort(given, own, others, nested);
        Settings values = Settings.of(owner(), settings, own);
        Map<String, Object> all = new LinkedHashMap<>(values.values());
        List<String> names = new ArrayList<>();
        boolean rows = BY_ROW.contains(type);
        Made inner = null;
        try {
            for (Setting s : settings) {
                String word = String.valueOf(values.values().get(s.name()));
                Map<String, String> options = nested.getOrDefault(s.name(), Map.of());
                switch (s.type()) {
                    case FILE -> values.put(s.name(), word.equals(Setting.NONE) ? null : InputSystem.column(word));
                    case MATRIX -> values.put(s.name(), matrix(s, word));
                    case METHOD -> {
                        Method method = MethodTable.named(word);
                        Settings chosen = method.settings(options);
                        values.put(s.name(), method.make(criteria(values), chosen));
                        chosen.values().forEach((k, v) -> all.put(s.name() + "." + k, v));
                        names.add(word);
                    }
                    case PART, WORD -> {
                        if (s.name().equals(INNER)) {
                            others.putAll(options);
                            inner = PreconditionerTable.named(word).make(others);
                            all.putAll(inner.settings());
                            names.add(inner.name());
                            rows |= inner.byRow();
                        } else if (s.type() == Setting.Type.PART) {
                            Made part = part(s, word, options, names.size());
                            if (part != null) {
                                values.put(s.name(), part.factory());
                                part.settings().forEach((k, v) -> all.put(s.name() + "." + k, v));
                                names.add(part.name());
                                rows |= part.byRow();
                            }
                        }
                    }
                    default -> {}
                }
            }
            PreconditionerFactory factory = maker.make(values, inner == null ? null : inner.factory());
            String inside = names.isEmpty() ? "" : "(" + String.join(", ", names) + ")";
            return new Made(name + inside, factory, all, rows);
        } catch (IllegalArgumentException e) {
            throw CommandException.usage(owner() + ": " + e.getMessage());
        }
    }

    private String owner() {
        return "preconditioner " + name;
    }

    /** Keys of its own, keys for the inner one, and keys for each part. */
    private void sort(
            Map<String, String> given,
            Map<String, String> own,
            Map<String, String> others,
            Map<String, Map<String, String>> nested)
            throws CommandException {
        List<String> names = settings.stream().map(Setting::name).toList();
        List<String> parts = new ArrayList<>();
        settings.stream().filter(s -> s.nests() || s.name().equals(INNER)).forEach(s -> parts.add(s.name()));
        for (Map.Entry<String, String> entry : given.entrySet()) {
            String key = entry.getKey();
            int dot = key.indexOf('.');
            String part = dot < 0 ? "" : key.substring(0, dot);
            if (parts.contains(part)) {
                nested.computeIfAbsent(part, p -> new LinkedHashMap<>()).put(key.substring(dot + 1), entry.getValue());
            } else if (names.contains(key) || !wraps()) {
                if (dot > 0 && !parts.isEmpty()) {
                    throw CommandException.usage(
                            owner() + " has no part '" + part + "' for '" + key + "'" + Suggestion.among(part, parts));
                }
                own.put(key, entry.getValue());
            } else {
                others.put(key, entry.getValue());
            }
        }
    }

    /** A part with its options, null for none; parts are named without a gap. */
    private Made part(Setting s, String word, Map<String, String> options, int before) throws CommandException {
        if (word.equals(Setting.NONE)) {
            if (!options.isEmpty()) {
                String key = options.keySet().iterator().next();
                throw CommandException.usage(owner() + ": " + s.name() + "." + key
                        + " is an option of no part; name one" + " with " + s.name() + "=");
            }
            return null;
        }
        int place = settings.stream()
                .filter(t -> t.type() == Setting.Type.PART)
                .toList()
                .indexOf(s);
        if (place > before) {
            throw CommandException.usage(
                    owner() + ": " + s.name() + "=" + word + " leaves a part before it without a name");
        }
        return PreconditionerTable.named(word).make(options);
    }

    private CsrMatrix matrix(Setting s, String word) throws CommandException {
        if (s.words().contains(word)) {
            return null;
        }
        if (!Files.exists(Path.of(word))) {
            throw CommandException.usage(owner() + ": " + s.name() + "=" + word + ", expected one of "
                    + String.join(", ", s.words()) + ", or a file (" + s.meaning() + ")");
        }
        return InputSystem.anyMatrix(Path.of(word), Long.MAX_VALUE, WorkerPool.shared());
    }

    private static StoppingCriteria criteria(Settings s) {
        return StoppingCriteria.DEFAULT.withRtol(s.number("rtol")).withMaxIterations(s.integer("maxIterations"));
    }
}

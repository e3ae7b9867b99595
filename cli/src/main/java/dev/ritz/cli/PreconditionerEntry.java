package dev.ritz.cli;

import dev.ritz.api.PreconditionerFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
     * @param settings all values, those of the inner one too
     */
    record Made(String name, PreconditionerFactory factory, Map<String, Object> settings) {}

    boolean wraps() {
        return settings.stream().anyMatch(s -> s.name().equals(INNER));
    }

    /** The factory with these options; keys a wrapper does not know go to the inner one. */
    Made make(Map<String, String> given) throws CommandException {
        Map<String, String> own = new LinkedHashMap<>(given);
        Made inner = null;
        if (wraps()) {
            List<String> names = new ArrayList<>();
            settings.forEach(s -> names.add(s.name()));
            Map<String, String> others = new LinkedHashMap<>(given);
            others.keySet().removeAll(names);
            own.keySet().retainAll(names);
            String word = Settings.of("preconditioner " + name, settings, own).word(INNER);
            inner = PreconditionerTable.named(word).make(others);
        }
        Settings values = Settings.of("preconditioner " + name, settings, own);
        Map<String, Object> all = new LinkedHashMap<>(values.values());
        if (inner != null) {
            all.putAll(inner.settings());
        }
        try {
            PreconditionerFactory factory = maker.make(values, inner == null ? null : inner.factory());
            return new Made(inner == null ? name : name + "(" + inner.name() + ")", factory, all);
        } catch (IllegalArgumentException e) {
            throw CommandException.usage("preconditioner " + name + ": " + e.getMessage());
        }
    }
}

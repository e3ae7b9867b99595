package dev.ritz.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The checked values of all settings of one thing: those given, and the defaults of the others. */
final class Settings {
    private final String owner;
    private final Map<String, Object> values = new LinkedHashMap<>();

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
            }
        } catch (NumberFormatException e) {
            // reported below like every other value that does not fit
        }
        String expected = switch (s.type()) {
            case INTEGER -> "a whole number";
            case NUMBER -> "a number";
            case FLAG -> "true or false";
            case WORD -> "one of " + String.join(", ", s.words());
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

    String word(String name) {
        return (String) values.get(name);
    }

    /** Names and values, in the order of the table. */
    Map<String, Object> values() {
        return values;
    }
}

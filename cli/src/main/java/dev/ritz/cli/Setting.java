package dev.ritz.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One option of a method, a preconditioner or a problem, as {@code --set name=value} gives it.
 *
 * @param name the record component it fills
 * @param type what a value looks like
 * @param fallback the value when none is given, in words or figures
 * @param meaning one clause for people, with the range
 * @param words the values allowed where the type is {@link Type#WORD}
 */
record Setting(String name, Type type, String fallback, String meaning, List<String> words) {
    /** What a value looks like. */
    enum Type {
        INTEGER,
        NUMBER,
        FLAG,
        WORD,
        /** Numbers between commas. */
        NUMBERS,
        /** A preconditioner by name, with options of its own behind the name of the setting; "-" for none. */
        PART,
        /** A method by name, with options of its own behind the name of the setting. */
        METHOD,
        /** A file with a vector; "-" for none, nothing where one has to be named. */
        FILE,
        /** One of the words, or a file with a matrix. */
        MATRIX
    }

    /** What stands for no part and no file. */
    static final String NONE = "-";

    static Setting integer(String name, int fallback, String meaning) {
        return new Setting(name, Type.INTEGER, Integer.toString(fallback), meaning, List.of());
    }

    static Setting number(String name, double fallback, String meaning) {
        return new Setting(name, Type.NUMBER, Double.toString(fallback), meaning, List.of());
    }

    static Setting flag(String name, boolean fallback, String meaning) {
        return new Setting(name, Type.FLAG, Boolean.toString(fallback), meaning, List.of());
    }

    /** One of the constants of an enumeration, in lower case. */
    static <E extends Enum<E>> Setting choice(String name, E fallback, String meaning) {
        List<String> words = new ArrayList<>();
        for (E constant : fallback.getDeclaringClass().getEnumConstants()) {
            words.add(word(constant));
        }
        return word(name, word(fallback), words, meaning);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Setting word(String name, String fallback, List<String> words, String meaning) {
        return new Setting(name, Type.WORD, fallback, meaning, List.copyOf(words));
    }

    static Setting numbers(String name, String fallback, String meaning) {
        return new Setting(name, Type.NUMBERS, fallback, meaning, List.of());
    }

    static Setting part(String name, String fallback, String meaning) {
        return new Setting(name, Type.PART, fallback, meaning, List.of());
    }

    static Setting method(String name, String fallback, String meaning) {
        return new Setting(name, Type.METHOD, fallback, meaning, List.of());
    }

    static Setting file(String name, String fallback, String meaning) {
        return new Setting(name, Type.FILE, fallback, meaning, List.of());
    }

    static Setting matrix(String name, String fallback, List<String> words, String meaning) {
        return new Setting(name, Type.MATRIX, fallback, meaning, List.copyOf(words));
    }

    /** Whether options of what it names stand behind its own name: {@code second.omega=0.5}. */
    boolean nests() {
        return type == Type.PART || type == Type.METHOD;
    }

    /** Whether there is no default: a file has to be named. */
    boolean required() {
        return type == Type.FILE && fallback.isEmpty();
    }
}

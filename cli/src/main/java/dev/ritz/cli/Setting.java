package dev.ritz.cli;

import java.util.List;

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
        WORD
    }

    static Setting integer(String name, int fallback, String meaning) {
        return new Setting(name, Type.INTEGER, Integer.toString(fallback), meaning, List.of());
    }

    static Setting number(String name, double fallback, String meaning) {
        return new Setting(name, Type.NUMBER, Double.toString(fallback), meaning, List.of());
    }

    static Setting flag(String name, boolean fallback, String meaning) {
        return new Setting(name, Type.FLAG, Boolean.toString(fallback), meaning, List.of());
    }

    static Setting word(String name, String fallback, List<String> words, String meaning) {
        return new Setting(name, Type.WORD, fallback, meaning, List.copyOf(words));
    }
}

package dev.ritz.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A method and a preconditioner to try, by the names and settings a user would type.
 *
 * @param method name for {@code -m}
 * @param methodSettings for {@code --set key=value}
 * @param preconditioner name for {@code -p}
 * @param preconditionerSettings for {@code --set p.key=value}
 * @param negate whether to solve (−A) x = −b, for a negative definite A
 * @param reason why, one clause
 */
record Plan(
        String method,
        Map<String, String> methodSettings,
        String preconditioner,
        Map<String, String> preconditionerSettings,
        boolean negate,
        String reason) {

    static Plan of(String method, String preconditioner, String reason) {
        return new Plan(method, Map.of(), preconditioner, Map.of(), false, reason);
    }

    Plan withMethodSetting(String key, Object value) {
        Map<String, String> settings = new LinkedHashMap<>(methodSettings);
        settings.put(key, value.toString());
        return new Plan(method, settings, preconditioner, preconditionerSettings, negate, reason);
    }

    Plan withPreconditionerSetting(String key, Object value) {
        Map<String, String> settings = new LinkedHashMap<>(preconditionerSettings);
        settings.put(key, value.toString());
        return new Plan(method, methodSettings, preconditioner, settings, negate, reason);
    }

    Plan negated() {
        return new Plan(method, methodSettings, preconditioner, preconditionerSettings, true, reason);
    }

    /** {@return the options that ask for the same by hand} */
    String options() {
        StringBuilder text = new StringBuilder("-m " + method);
        methodSettings.forEach(
                (k, v) -> text.append(" --set ").append(k).append('=').append(v));
        text.append(" -p ").append(preconditioner);
        preconditionerSettings.forEach(
                (k, v) -> text.append(" --set p.").append(k).append('=').append(v));
        return text.toString();
    }
}

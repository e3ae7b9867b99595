package dev.ritz.cli;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * What {@code --tune} names: a setting and the values to choose among.
 *
 * @param key of the method, or with {@code p.} before it of the preconditioner
 * @param values as text, each once, at least two
 */
record TuneGrid(String key, List<String> values) {
    private static final int MOST = 1000;
    private static final String FORM = ", expected KEY=LOW:HIGH:STEP or KEY=VALUE,VALUE,...";

    static TuneGrid parse(String text) throws CommandException {
        int equals = text.indexOf('=');
        if (equals < 1 || text.substring(0, equals).equals("p.")) {
            throw CommandException.usage("--tune " + text + FORM);
        }
        String list = text.substring(equals + 1);
        List<String> values = list.contains(":") ? range(text, list) : List.of(list.split(",", -1));
        for (String value : values) {
            if (value.isBlank()) {
                throw CommandException.usage("--tune " + text + ": a value is missing" + FORM);
            }
        }
        if (values.size() < 2) {
            throw CommandException.usage("--tune " + text + ": one value, expected at least two to choose among");
        }
        if (new HashSet<>(values).size() < values.size()) {
            throw CommandException.usage("--tune " + text + ": a value for the second time, expected each once");
        }
        return new TuneGrid(text.substring(0, equals), values);
    }

    /** Decimal arithmetic, so that 1:1.95:0.05 has twenty values and 1.15 is 1.15. */
    private static List<String> range(String text, String list) throws CommandException {
        String[] parts = list.split(":", -1);
        if (parts.length != 3) {
            throw CommandException.usage("--tune " + text + FORM);
        }
        BigDecimal low = number(text, parts[0]);
        BigDecimal high = number(text, parts[1]);
        BigDecimal step = number(text, parts[2]);
        if (!(step.signum() > 0) || low.compareTo(high) >= 0) {
            throw CommandException.usage("--tune " + text + ": expected LOW below HIGH and a STEP above 0");
        }
        BigDecimal steps = high.subtract(low).divide(step, 0, RoundingMode.DOWN);
        if (steps.compareTo(BigDecimal.valueOf(MOST)) >= 0) {
            throw CommandException.usage("--tune " + text + ": more than " + MOST + " values");
        }
        List<String> values = new ArrayList<>();
        for (int i = 0; i <= steps.intValueExact(); i++) {
            values.add(low.add(step.multiply(BigDecimal.valueOf(i))).toString());
        }
        return values;
    }

    private static BigDecimal number(String text, String part) throws CommandException {
        try {
            BigDecimal value = new BigDecimal(part.strip());
            if (Math.abs(value.scale()) <= 400) { // a double's range: no number of a billion digits
                return value;
            }
        } catch (NumberFormatException e) {
            // reported below like every other value that does not fit
        }
        throw CommandException.usage("--tune " + text + ": '" + part + "' is not a number" + FORM);
    }

    /** The name of an arm. */
    String label(String value) {
        return key + "=" + value;
    }

    /** The names of all arms. */
    List<String> labels() {
        return values.stream().map(this::label).toList();
    }
}

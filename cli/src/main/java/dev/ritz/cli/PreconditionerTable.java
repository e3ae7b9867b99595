package dev.ritz.cli;

import java.util.List;

/** Every preconditioner, under the name that {@code -p} takes. A new one is one more line here. */
final class PreconditionerTable {
    private PreconditionerTable() {}

    /** {@return all preconditioners, in the order of the list} */
    static List<PreconditionerEntry> all() {
        return List.of(new PreconditionerEntry(
                "none", null, "no preconditioner", "nothing; kind SPD", "-", List.of(), (s, inner) -> null));
    }

    /** The preconditioner of that name. */
    static PreconditionerEntry named(String name) throws CommandException {
        for (PreconditionerEntry entry : all()) {
            if (entry.name().equals(name)) {
                return entry;
            }
        }
        List<String> names = all().stream().map(PreconditionerEntry::name).toList();
        throw CommandException.usage("no preconditioner '" + name + "'" + Suggestion.among(name, names));
    }
}

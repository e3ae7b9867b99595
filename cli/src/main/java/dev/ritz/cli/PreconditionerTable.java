package dev.ritz.cli;

import java.util.ArrayList;
import java.util.List;

/** Every preconditioner, under the name that {@code -p} takes. */
final class PreconditionerTable {
    private PreconditionerTable() {}

    /** {@return all preconditioners, in the order of the list} */
    static List<PreconditionerEntry> all() {
        List<PreconditionerEntry> all = new ArrayList<>(PlainPreconditioners.all());
        all.addAll(WrappingPreconditioners.all());
        return all;
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

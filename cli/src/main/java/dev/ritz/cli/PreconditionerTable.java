package dev.ritz.cli;

import dev.ritz.preconditioners.Ic0;
import dev.ritz.preconditioners.Ilu0;
import dev.ritz.preconditioners.Jacobi;
import dev.ritz.preconditioners.ordering.Matched;
import dev.ritz.preconditioners.ordering.Reordered;
import dev.ritz.preconditioners.ordering.Scaled;
import java.util.ArrayList;
import java.util.List;

/** Every preconditioner, under the name that {@code -p} takes. A new one is one more line here. */
final class PreconditionerTable {
    private PreconditionerTable() {}

    /** What a wrapper takes: every preconditioner that wraps nothing itself. */
    private static Setting inner() {
        List<String> names = new ArrayList<>();
        simple().forEach(e -> names.add(e.name()));
        names.remove("none");
        return Setting.word(
                PreconditionerEntry.INNER,
                "ilu0",
                names,
                "what works on the changed matrix; its settings are taken too");
    }

    /** {@return all preconditioners, in the order of the list} */
    static List<PreconditionerEntry> all() {
        List<PreconditionerEntry> all = new ArrayList<>(simple());
        all.addAll(wrappers());
        return all;
    }

    private static List<PreconditionerEntry> simple() {
        return List.of(
                new PreconditionerEntry(
                        "none", null, "no preconditioner", "nothing; kind SPD", "-", List.of(), (s, inner) -> null),
                new PreconditionerEntry(
                        "jacobi",
                        Jacobi.class,
                        "the diagonal of A",
                        "no zero on the diagonal; kind SPD when all of it is positive, else FIXED",
                        "Saad 2003, section 10.2",
                        List.of(),
                        (s, inner) -> new Jacobi()),
                new PreconditionerEntry(
                        "ic0",
                        Ic0.class,
                        "incomplete Cholesky factors on the pattern of A, shifted where needed",
                        "A symmetric with a positive diagonal; kind SPD",
                        "Meijerink & van der Vorst 1977, doi:10.1090/S0025-5718-1977-0438681-4",
                        List.of(),
                        (s, inner) -> new Ic0()),
                new PreconditionerEntry(
                        "ilu0",
                        Ilu0.class,
                        "incomplete LU factors on the pattern of A",
                        "no zero pivot; kind FIXED",
                        "Meijerink & van der Vorst 1977, doi:10.1090/S0025-5718-1977-0438681-4",
                        List.of(),
                        (s, inner) -> new Ilu0()));
    }

    private static List<PreconditionerEntry> wrappers() {
        return List.of(
                new PreconditionerEntry(
                        "matched",
                        Matched.class,
                        "rows matched to columns by the largest product, scaled and ordered, before another",
                        "A finite; kind FIXED",
                        "Duff & Koster 2001, doi:10.1137/S0895479899358443",
                        List.of(inner(), Setting.flag("reorder", true, "whether reverse Cuthill-McKee follows")),
                        (s, inner) -> new Matched(inner, s.flag("reorder"))),
                new PreconditionerEntry(
                        "scaled",
                        Scaled.class,
                        "rows and columns scaled alike to largest entries near 1, before another",
                        "A finite; kind of the inner one",
                        "Ruiz 2001, RAL-TR-2001-034",
                        List.of(inner()),
                        (s, inner) -> new Scaled(inner)),
                new PreconditionerEntry(
                        "reordered",
                        Reordered.class,
                        "ordered by reverse Cuthill-McKee, before another",
                        "nothing; kind of the inner one",
                        "Cuthill & McKee 1969, doi:10.1145/800195.805928",
                        List.of(inner()),
                        (s, inner) -> new Reordered(inner)));
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

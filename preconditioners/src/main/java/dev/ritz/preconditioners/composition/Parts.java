package dev.ritz.preconditioners.composition;

import dev.ritz.api.BuildException;
import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.Preconditioner.Kind;
import dev.ritz.api.PreconditionerFactory;
import java.util.List;
import java.util.stream.Collectors;

/** Several preconditioners of one matrix, built one after the other. */
final class Parts {
    final Preconditioner[] m;

    private Parts(Preconditioner[] m) {
        this.m = m;
    }

    /**
     * Builds all.
     *
     * @param factories one for each part
     * @param old parts of an earlier build of equal factories, null for none
     * @param a their matrix, checked here
     * @throws BuildException of the first part that fails, which it names
     */
    static Parts build(List<PreconditionerFactory> factories, Parts old, CsrMatrix a) {
        PreconditionerFactory.requireSquareAndFinite(a);
        Preconditioner[] m = new Preconditioner[factories.size()];
        boolean known = old != null && old.m.length == m.length;
        for (int i = 0; i < m.length; i++) {
            PreconditionerFactory factory = factories.get(i);
            try {
                m[i] = !known ? factory.build(a) : factory.rebuild(old.m[i], a);
            } catch (BuildException e) {
                String who = "part " + (i + 1) + ", " + factory.name() + ": ";
                BuildException named = new BuildException(e.reason(), e.row(), who + e.found(), e.advice());
                named.initCause(e);
                throw named;
            }
        }
        return new Parts(m);
    }

    /** {@return the most general kind among them} */
    Kind kind() {
        Kind kind = Kind.SPD;
        for (Preconditioner part : m) {
            kind = part.kind().admits(kind) ? part.kind() : kind;
        }
        return kind;
    }

    long bytes() {
        long bytes = 0;
        for (Preconditioner part : m) {
            bytes += part.bytes();
        }
        return bytes;
    }

    double traffic() {
        double traffic = 0;
        for (Preconditioner part : m) {
            traffic += part.traffic();
        }
        return traffic;
    }

    double setupTraffic() {
        double traffic = 0;
        for (Preconditioner part : m) {
            traffic += part.setupTraffic();
        }
        return traffic;
    }

    long products() {
        long products = 0;
        for (Preconditioner part : m) {
            products += part.products();
        }
        return products;
    }

    /** {@return what they say about themselves, after a first clause} */
    String note(String first) {
        StringBuilder all = new StringBuilder(first);
        for (Preconditioner part : m) {
            if (!part.note().isEmpty()) {
                all.append(all.length() == 0 ? "" : "; ").append(part.note());
            }
        }
        return all.toString();
    }

    String names(String between) {
        StringBuilder all = new StringBuilder();
        for (Preconditioner part : m) {
            all.append(all.length() == 0 ? "" : between).append(part.name());
        }
        return all.toString();
    }

    static String names(List<PreconditionerFactory> factories, String between) {
        return factories.stream().map(PreconditionerFactory::name).collect(Collectors.joining(between));
    }
}

package dev.ritz.cli;

import dev.ritz.krylov.Cg;
import dev.ritz.krylov.Gmres;
import java.util.List;

/** Every method, under the name that {@code -m} takes. A new method is one more line here. */
final class MethodTable {
    private static final Setting RESTART =
            Setting.integer("restart", 30, "largest dimension of the space, at least 1; above n it acts as n");

    private MethodTable() {}

    /** {@return all methods, in the order of the list} */
    static List<Method> all() {
        return List.of(
                new Method(
                        "cg",
                        Cg.class,
                        "conjugate gradients",
                        "A and M symmetric positive definite",
                        "Hestenes & Stiefel 1952, doi:10.6028/jres.049.044",
                        (n, s) -> 5,
                        List.of(),
                        (c, s) -> new Cg(c)),
                new Method(
                        "gmres",
                        Gmres.class,
                        "restarted generalised minimal residuals, preconditioned from the right",
                        "A nonsingular, M any fixed preconditioner",
                        "Saad & Schultz 1986, doi:10.1137/0907058",
                        (n, s) -> Math.min(s.integer("restart"), n) + 3L,
                        List.of(RESTART),
                        (c, s) -> new Gmres(c, s.integer("restart"))));
    }

    /** The method of that name. */
    static Method named(String name) throws CommandException {
        for (Method method : all()) {
            if (method.name().equals(name)) {
                return method;
            }
        }
        List<String> names = all().stream().map(Method::name).toList();
        throw CommandException.usage("no method '" + name + "'" + Suggestion.among(name, names));
    }
}

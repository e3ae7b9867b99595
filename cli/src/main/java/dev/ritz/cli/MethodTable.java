package dev.ritz.cli;

import dev.ritz.krylov.BiCgStab;
import dev.ritz.krylov.Cg;
import dev.ritz.krylov.Fgmres;
import dev.ritz.krylov.FlexibleCg;
import dev.ritz.krylov.GcroDr;
import dev.ritz.krylov.Gmres;
import dev.ritz.krylov.GmresSdr;
import dev.ritz.krylov.Idr;
import dev.ritz.krylov.Minres;
import dev.ritz.krylov.RecyclingCg;
import dev.ritz.krylov.stationary.GaussSeidel;
import dev.ritz.krylov.stationary.Jacobi;
import dev.ritz.krylov.stationary.Sor;
import dev.ritz.krylov.stationary.Ssor;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Every method, under the name that {@code -m} takes. A new method is one more line here. */
final class MethodTable {
    private static final Setting RESTART =
            Setting.integer("restart", 30, "largest dimension of the space, at least 1; above n it acts as n");
    private static final Setting OMEGA = Setting.number("omega", 1, "relaxation, in (0, 2)");

    private static final Set<String> SYMMETRIC = Set.of("cg", "fcg", "rcg", "minres");

    private MethodTable() {}

    /** Whether the recurrence of a method rests on A = Aᵀ, so that on any other A it converges by luck at best. */
    static boolean needsSymmetry(Method method) {
        return SYMMETRIC.contains(method.name());
    }

    /** {@return all methods, in the order of the list} */
    static List<Method> all() {
        List<Method> all = new ArrayList<>(krylov());
        all.addAll(stationary());
        return all;
    }

    private static List<Method> krylov() {
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
                        "fcg",
                        FlexibleCg.class,
                        "flexible conjugate gradients, for a preconditioner that changes",
                        "A symmetric positive definite, M any with r'z > 0",
                        "Notay 2000, doi:10.1137/S1064827599362314",
                        (n, s) -> 2L * s.integer("truncation") + 3,
                        List.of(Setting.integer(
                                "truncation", 1, "directions kept to orthogonalise against, at least 1")),
                        (c, s) -> new FlexibleCg(c, s.integer("truncation"))),
                new Method(
                        "rcg",
                        RecyclingCg.class,
                        "deflated conjugate gradients, which recycle a space from system to system of a sequence",
                        "A and M symmetric positive definite",
                        "Saad, Yeung, Erhel & Guyomarc'h 2000, doi:10.1137/S1064829598339761",
                        (n, s) -> {
                            int k = Math.min(s.integer("recycle"), n);
                            return 2L * k + (k == 0 ? 0 : 2L * Math.min(s.integer("harvest"), n)) + 5;
                        },
                        List.of(
                                Setting.integer("recycle", 8, "directions kept, at least 0"),
                                Setting.integer("harvest", 20, "steps of a solve they are made from, at least 0")),
                        (c, s) -> new RecyclingCg(c, s.integer("recycle"), s.integer("harvest"))),
                new Method(
                        "minres",
                        Minres.class,
                        "minimal residuals for symmetric matrices",
                        "A symmetric, may be indefinite; M symmetric positive definite",
                        "Paige & Saunders 1975, doi:10.1137/0712047",
                        (n, s) -> 9,
                        List.of(),
                        (c, s) -> new Minres(c)),
                new Method(
                        "gmres",
                        Gmres.class,
                        "restarted generalised minimal residuals, preconditioned from the right",
                        "A nonsingular, M any fixed preconditioner",
                        "Saad & Schultz 1986, doi:10.1137/0907058",
                        (n, s) -> Math.min(s.integer("restart"), n) + 3L,
                        List.of(RESTART),
                        (c, s) -> new Gmres(c, s.integer("restart"))),
                new Method(
                        "fgmres",
                        Fgmres.class,
                        "flexible GMRES, for a preconditioner that changes",
                        "A nonsingular, M any",
                        "Saad 1993, doi:10.1137/0914028",
                        (n, s) -> 2L * Math.min(s.integer("restart"), n) + 2,
                        List.of(RESTART),
                        (c, s) -> new Fgmres(c, s.integer("restart"))),
                new Method(
                        "gcrodr",
                        GcroDr.class,
                        "GMRES that keeps directions from cycle to cycle, and from system to system of a sequence",
                        "A nonsingular, M any fixed preconditioner, any at all when flexible",
                        "Parks et al. 2006, doi:10.1137/040607277",
                        (n, s) -> {
                            int m = Math.max(1, Math.min(s.integer("maxSubspace"), n));
                            int k = Math.min(s.integer("recycle"), m - 1);
                            return s.flag("flexible") ? 2L * m + k + 3 : m + k + 4L;
                        },
                        List.of(
                                Setting.integer(
                                        "maxSubspace", 40, "largest dimension of both spaces together, at least 1"),
                                Setting.integer("recycle", 20, "directions kept, below maxSubspace"),
                                Setting.flag("flexible", false, "whether M may change from step to step")),
                        (c, s) -> new GcroDr(c, s.integer("maxSubspace"), s.integer("recycle"), s.flag("flexible"))),
                new Method(
                        "gmressdr",
                        GmresSdr.class,
                        "as gcrodr, with inner products of random sketches: cheaper steps, for large n",
                        "A nonsingular, M any fixed preconditioner",
                        "Burke, Güttel & Soodhalter 2023, arXiv:2311.14206",
                        (n, s) -> Math.max(1, Math.min(s.integer("maxSubspace"), n)) + 3L,
                        List.of(
                                Setting.integer(
                                        "maxSubspace", 60, "largest dimension of both spaces together, at least 1"),
                                Setting.integer("recycle", 20, "directions kept, below maxSubspace"),
                                Setting.integer(
                                        "truncation", 2, "vectors that a new one is made orthogonal to, at least 1"),
                                Setting.integer("seed", 0x5d12_2023, "seed of the sketch")),
                        (c, s) -> new GmresSdr(
                                c,
                                s.integer("maxSubspace"),
                                s.integer("recycle"),
                                s.integer("truncation"),
                                s.integer("seed"))),
                new Method(
                        "bicgstab",
                        BiCgStab.class,
                        "stabilised biconjugate gradients: short recurrences, two products a step",
                        "A nonsingular, M any fixed preconditioner",
                        "van der Vorst 1992, doi:10.1137/0913035",
                        (n, s) -> 8,
                        List.of(),
                        (c, s) -> new BiCgStab(c)),
                new Method(
                        "idr",
                        Idr.class,
                        "induced dimension reduction: short recurrences, steadier than bicgstab",
                        "A nonsingular, M any fixed preconditioner",
                        "van Gijzen & Sonneveld 2011, doi:10.1145/2049662.2049667",
                        (n, s) -> 3L * s.integer("s") + 4,
                        List.of(
                                Setting.integer("s", 4, "dimension of the shadow space, at least 1"),
                                Setting.integer("seed", 0x1d25_2011, "seed of the shadow space")),
                        (c, s) -> new Idr(c, s.integer("s"), s.integer("seed"))));
    }

    private static List<Method> stationary() {
        return List.of(
                new Method(
                        "jacobi",
                        Jacobi.class,
                        "damped Jacobi iteration",
                        "a full nonzero diagonal; no preconditioner; converges for diagonally dominant A",
                        "Saad 2003, section 4.1",
                        (n, s) -> 4,
                        List.of(Setting.number("omega", 1, "damping, above 0")),
                        (c, s) -> new Jacobi(c, s.number("omega"))),
                new Method(
                        "gaussseidel",
                        GaussSeidel.class,
                        "Gauss-Seidel iteration, forward",
                        "a full nonzero diagonal; no preconditioner; converges for SPD and for diagonally dominant A",
                        "Saad 2003, section 4.1",
                        (n, s) -> 4,
                        List.of(),
                        (c, s) -> new GaussSeidel(c)),
                new Method(
                        "sor",
                        Sor.class,
                        "successive over-relaxation, forward",
                        "a full nonzero diagonal; no preconditioner; converges for SPD A",
                        "Young 1954, doi:10.1090/S0002-9947-1954-0059635-7",
                        (n, s) -> 4,
                        List.of(OMEGA),
                        (c, s) -> new Sor(c, s.number("omega"))),
                new Method(
                        "ssor",
                        Ssor.class,
                        "symmetric successive over-relaxation, forward and backward",
                        "a full nonzero diagonal; no preconditioner; converges for SPD A",
                        "Saad 2003, section 4.1.1",
                        (n, s) -> 4,
                        List.of(OMEGA),
                        (c, s) -> new Ssor(c, s.number("omega"))));
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

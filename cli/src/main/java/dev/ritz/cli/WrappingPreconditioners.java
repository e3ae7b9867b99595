package dev.ritz.cli;

import dev.ritz.preconditioners.composition.Additive;
import dev.ritz.preconditioners.composition.FieldSplit;
import dev.ritz.preconditioners.composition.Fields;
import dev.ritz.preconditioners.composition.InnerSolver;
import dev.ritz.preconditioners.composition.Multiplicative;
import dev.ritz.preconditioners.composition.Schur;
import dev.ritz.preconditioners.domain.Schwarz;
import dev.ritz.preconditioners.ordering.Matched;
import dev.ritz.preconditioners.ordering.Ordering;
import dev.ritz.preconditioners.ordering.Partition;
import dev.ritz.preconditioners.ordering.Permuted;
import dev.ritz.preconditioners.ordering.Reordered;
import dev.ritz.preconditioners.ordering.Scaled;
import dev.ritz.preconditioners.ordering.ScaledBy;
import dev.ritz.preconditioners.polynomial.AdaptiveKrylov;
import dev.ritz.preconditioners.polynomial.Chebyshev;
import dev.ritz.preconditioners.polynomial.GmresPolynomial;
import dev.ritz.preconditioners.polynomial.LeastSquaresPolynomial;
import dev.ritz.preconditioners.polynomial.Neumann;
import dev.ritz.preconditioners.polynomial.SymmetricPolynomial;
import dev.ritz.preconditioners.subspace.CoarseSpace;
import dev.ritz.preconditioners.subspace.TwoLevel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Preconditioners made of others. A new one is one more line here. */
final class WrappingPreconditioners {
    private WrappingPreconditioners() {}

    static List<PreconditionerEntry> all() {
        List<PreconditionerEntry> all = new ArrayList<>(polynomials());
        all.addAll(wrappers());
        all.addAll(domains());
        all.addAll(compositions());
        return all;
    }

    /** What a wrapper takes: every preconditioner that wraps nothing itself. */
    private static Setting inner() {
        return inner("ilu0");
    }

    private static Setting inner(String fallback) {
        return Setting.part(
                PreconditionerEntry.INNER,
                fallback,
                "what works on the changed matrix, or each part; its settings are taken too");
    }

    /** What a polynomial takes as its first level. */
    private static Setting first(String fallback) {
        List<String> names = new ArrayList<>();
        PlainPreconditioners.all().forEach(e -> names.add(e.name()));
        return Setting.word(
                PreconditionerEntry.INNER,
                fallback,
                names,
                "M of the polynomial in M^-1 A; its settings are taken too");
    }

    private static List<PreconditionerEntry> polynomials() {
        Setting upper = Setting.number("upper", 0, "upper end of the spectrum of M^-1 A, 0: estimated");
        Setting seed = Setting.integer("seed", 1, "of its random vectors");
        String needs = "what M needs; kind SPD where A and M are and the polynomial is positive, else FIXED";
        return List.of(
                new PreconditionerEntry(
                        "neumann",
                        Neumann.class,
                        "truncated Neumann series",
                        needs,
                        "Dubois, Greenbaum & Rodrigue 1979, doi:10.1007/BF02243566",
                        List.of(
                                Setting.integer("degree", 2, "products, at least 0"),
                                Setting.number("omega", 0, "factor of M^-1, 0: from an estimate"),
                                first("jacobi")),
                        (s, inner) -> new Neumann(s.integer("degree"), s.number("omega"), inner)),
                new PreconditionerEntry(
                        "chebyshev",
                        Chebyshev.class,
                        "Chebyshev polynomial of first, fourth or optimised fourth kind",
                        needs,
                        "Saad 2003, Alg. 12.1; Lottes 2023, doi:10.1002/nla.2518",
                        List.of(
                                Setting.choice("kind", Chebyshev.Kind.FIRST, "which polynomial"),
                                Setting.integer("steps", 4, "degree and 1, at least 1"),
                                upper,
                                Setting.number("lower", 0, "lower end, 0: upper / ratio"),
                                Setting.number("ratio", 30, "upper over lower end where lower is 0, above 1"),
                                Setting.number("safety", 1.1, "factor of an estimated upper end, at least 1"),
                                Setting.integer("estimationSteps", 10, "steps of the estimate, at least 1"),
                                first("jacobi")),
                        (s, inner) -> new Chebyshev(
                                s.constant("kind", Chebyshev.Kind.class),
                                s.integer("steps"),
                                s.number("upper"),
                                s.number("lower"),
                                s.number("ratio"),
                                s.number("safety"),
                                s.integer("estimationSteps"),
                                inner)),
                new PreconditionerEntry(
                        "leastsquarespolynomial",
                        LeastSquaresPolynomial.class,
                        "least-squares polynomial with a Jacobi weight",
                        needs,
                        "Johnson, Micchelli & Paul 1983, doi:10.1137/0720025",
                        List.of(
                                Setting.integer("steps", 4, "degree and 1, at least 1"),
                                Setting.number("alpha", 0.5, "exponent of the weight at 0"),
                                Setting.number("beta", -0.5, "exponent of the weight at the upper end"),
                                upper,
                                first("jacobi")),
                        (s, inner) -> new LeastSquaresPolynomial(
                                s.integer("steps"), s.number("alpha"), s.number("beta"), s.number("upper"), inner)),
                new PreconditionerEntry(
                        "gmrespolynomial",
                        GmresPolynomial.class,
                        "the residual polynomial of GMRES, by its roots",
                        "what M needs; kind SPD where the polynomial is positive, else FIXED",
                        "Loe & Morgan 2022, doi:10.1002/nla.2414",
                        List.of(Setting.integer("degree", 25, "roots, 1 to 500"), seed, first("none")),
                        (s, inner) -> new GmresPolynomial(s.integer("degree"), s.integer("seed"), inner)),
                new PreconditionerEntry(
                        "symmetricpolynomial",
                        SymmetricPolynomial.class,
                        "symmetric polynomial of the eigenvalues, against a few outliers",
                        needs,
                        "Doikov & Rodomanov 2023, arXiv:2301.13194",
                        List.of(
                                Setting.integer("tau", 2, "degree, 0 to 5"),
                                Setting.integer("probes", 20, "random vectors of a trace, at least 1"),
                                seed,
                                first("none")),
                        (s, inner) -> new SymmetricPolynomial(
                                s.integer("tau"), s.integer("probes"), s.integer("seed"), inner)),
                new PreconditionerEntry(
                        "adaptivekrylov",
                        AdaptiveKrylov.class,
                        "a few steps of conjugate gradients; needs a flexible method",
                        "A and M symmetric positive definite; kind VARIABLE",
                        "Doikov & Rodomanov 2023, arXiv:2301.13194",
                        List.of(Setting.integer("tau", 2, "steps less one, at least 0"), first("none")),
                        (s, inner) -> new AdaptiveKrylov(s.integer("tau"), inner)));
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
                        "rows and columns ordered alike, before another",
                        "nothing; kind of the inner one",
                        "Cuthill & McKee 1969, doi:10.1145/800195.805928; Amestoy, Davis & Duff 1996,"
                                + " doi:10.1137/S0895479894278952",
                        List.of(inner(), Setting.choice("ordering", Ordering.REVERSE_CUTHILL_MCKEE, "which order")),
                        (s, inner) -> new Reordered(inner, s.constant("ordering", Ordering.class))));
    }

    private static List<PreconditionerEntry> domains() {
        return List.of(
                new PreconditionerEntry(
                        "schwarz",
                        Schwarz.class,
                        "overlapping subdomains, each with a preconditioner of its own",
                        "what the inner one needs of each; kind SPD where additive and each is, else FIXED",
                        "Cai & Sarkis 1999, doi:10.1137/S106482759732678X",
                        List.of(
                                Setting.integer("parts", 0, "how many subdomains, 0: of about 1500 rows"),
                                Setting.integer("overlap", 1, "layers of neighbours added to a part, at least 0"),
                                Setting.choice("variant", Schwarz.Variant.RESTRICTED, "additive keeps symmetry"),
                                inner()),
                        (s, inner) -> new Schwarz(
                                Partition.into(s.integer("parts")),
                                s.integer("overlap"),
                                s.constant("variant", Schwarz.Variant.class),
                                inner)),
                new PreconditionerEntry(
                        "twolevel",
                        TwoLevel.class,
                        "a coarse space of constants on parts of the matrix, joined with another",
                        "what the inner one needs; kind SPD in the forms additive, bnn and some scs, else FIXED",
                        "Tang, Nabben, Vuik & Erlangga 2009, doi:10.1007/s10915-009-9272-6",
                        List.of(
                                Setting.choice("form", TwoLevel.Form.BNN, "how both are joined"),
                                Setting.integer("parts", 100, "size of the coarse space, 0: parts of about 1500 rows"),
                                inner("jacobi")),
                        (s, inner) -> new TwoLevel(
                                s.constant("form", TwoLevel.Form.class),
                                CoarseSpace.piecewiseConstant(s.integer("parts")),
                                inner)));
    }

    private static List<PreconditionerEntry> compositions() {
        return List.of(
                new PreconditionerEntry(
                        "additive",
                        Additive.class,
                        "a weighted sum of others",
                        "what the parts need; kind SPD where all parts are and no weight is negative",
                        "Saad 2003, section 14.3",
                        with(
                                parts("jacobi", "ssor"),
                                Setting.numbers("weights", "1", "one for each part between commas, or one for all")),
                        (s, inner) -> new Additive(s.parts(), weights(s))),
                new PreconditionerEntry(
                        "multiplicative",
                        Multiplicative.class,
                        "successive corrections by others, each on the residual that is left",
                        "what the parts need; kind SPD where A and all parts are and it is symmetric, else FIXED",
                        "Xu 1992, doi:10.1137/1034116",
                        with(parts("jacobi", "ssor"), Setting.flag("symmetric", true, "whether to go forth and back")),
                        (s, inner) -> new Multiplicative(s.parts(), s.flag("symmetric"))),
                new PreconditionerEntry(
                        "fieldsplit",
                        FieldSplit.class,
                        "fields of unknowns, each with its own part, put together by blocks or a Schur complement",
                        "what the parts need; kind SPD where the form is symmetric and all parts are SPD, else FIXED",
                        "Murphy, Golub & Wathen 2000, doi:10.1137/S1064827599355153",
                        with(
                                List.of(
                                        Setting.integer("blockSize", 2, "unknown i belongs to field i mod blockSize"),
                                        Setting.file(
                                                "labels", Setting.NONE, "a vector with the field of each row, from 0"),
                                        Setting.choice(
                                                "form", FieldSplit.Form.LOWER, "how the blocks are put together"),
                                        Setting.matrix(
                                                "schur",
                                                "selfp",
                                                List.of("selfp", "a11"),
                                                "what stands for the Schur complement, or the file of a matrix")),
                                parts("ilu0", Setting.NONE).toArray(Setting[]::new)),
                        (s, inner) -> new FieldSplit(
                                s.vector("labels") == null
                                        ? Fields.interleaved(s.integer("blockSize"))
                                        : Fields.labels(s.integers("labels")),
                                s.constant("form", FieldSplit.Form.class),
                                schur(s),
                                s.parts())),
                new PreconditionerEntry(
                        "innersolver",
                        InnerSolver.class,
                        "a few iterations of another method; needs a flexible method outside",
                        "what the inner method needs; kind VARIABLE",
                        "Saad 1993, doi:10.1137/0914028",
                        List.of(
                                Setting.method("method", "gmres", "what solves inside; its options as method.KEY"),
                                Setting.number("rtol", 0.1, "tolerance inside, relative to the right-hand side there"),
                                Setting.integer("maxIterations", 10, "iterations inside"),
                                Setting.part(
                                        PreconditionerEntry.INNER,
                                        "jacobi",
                                        "M of the inner method; its settings too")),
                        (s, inner) -> new InnerSolver(s.solver("method"), inner)),
                new PreconditionerEntry(
                        "permuted",
                        Permuted.class,
                        "rows and columns in a given order, before another",
                        "nothing; kind of the inner one",
                        "Saad 2003, section 3.3",
                        List.of(
                                Setting.file(
                                        "order", "", "the file of a permutation: the rows in the order wanted, from 0"),
                                inner()),
                        (s, inner) -> new Permuted(s.integers("order"), inner)),
                new PreconditionerEntry(
                        "scaledby",
                        ScaledBy.class,
                        "rows and columns scaled by given factors, before another",
                        "nothing; kind of the inner one where both scales are equal, else FIXED",
                        "van der Sluis 1969, doi:10.1007/BF02165096",
                        List.of(
                                Setting.file("rowScale", "", "the file of the factors of the rows"),
                                Setting.file("colScale", Setting.NONE, "that of the columns, -: as the rows"),
                                inner()),
                        (s, inner) -> new ScaledBy(
                                s.vector("rowScale"),
                                s.vector(s.vector("colScale") == null ? "rowScale" : "colScale"),
                                inner)));
    }

    /** Names of up to four parts; the options of each stand behind its name. */
    private static List<Setting> parts(String first, String second) {
        return List.of(
                Setting.part("first", first, "a preconditioner; its options as first.KEY"),
                Setting.part("second", second, "the next one, -: none"),
                Setting.part("third", Setting.NONE, "the next one, -: none"),
                Setting.part("fourth", Setting.NONE, "the next one, -: none"));
    }

    private static List<Setting> with(List<Setting> some, Setting... more) {
        List<Setting> all = new ArrayList<>(some);
        all.addAll(List.of(more));
        return List.copyOf(all);
    }

    private static List<Double> weights(Settings s) {
        List<Double> weights = s.numbers("weights");
        return weights.size() == 1 ? Collections.nCopies(s.parts().size(), weights.get(0)) : weights;
    }

    private static Schur schur(Settings s) {
        if (s.matrix("schur") != null) {
            return Schur.of(s.matrix("schur"));
        }
        return s.word("schur").equals("a11") ? Schur.A11 : Schur.SELFP;
    }
}

package dev.ritz.cli;

import dev.ritz.preconditioners.BlockJacobi;
import dev.ritz.preconditioners.Fsai;
import dev.ritz.preconditioners.Ic0;
import dev.ritz.preconditioners.Ick;
import dev.ritz.preconditioners.Ict;
import dev.ritz.preconditioners.Identity;
import dev.ritz.preconditioners.Ilu0;
import dev.ritz.preconditioners.Iluk;
import dev.ritz.preconditioners.Ilut;
import dev.ritz.preconditioners.Ilutp;
import dev.ritz.preconditioners.Isai;
import dev.ritz.preconditioners.Jacobi;
import dev.ritz.preconditioners.Milu0;
import dev.ritz.preconditioners.Precision;
import dev.ritz.preconditioners.RelaxedIc0;
import dev.ritz.preconditioners.Spai;
import dev.ritz.preconditioners.Spai0;
import dev.ritz.preconditioners.Ssor;
import dev.ritz.preconditioners.composition.Additive;
import dev.ritz.preconditioners.composition.FieldSplit;
import dev.ritz.preconditioners.composition.Fields;
import dev.ritz.preconditioners.composition.InnerSolver;
import dev.ritz.preconditioners.composition.Multiplicative;
import dev.ritz.preconditioners.composition.Schur;
import dev.ritz.preconditioners.domain.Direct;
import dev.ritz.preconditioners.domain.Schwarz;
import dev.ritz.preconditioners.multigrid.Amg;
import dev.ritz.preconditioners.multigrid.Cycle;
import dev.ritz.preconditioners.multigrid.NearNullSpace;
import dev.ritz.preconditioners.multigrid.Smoother;
import dev.ritz.preconditioners.multigrid.Strength;
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
import dev.ritz.preconditioners.subspace.Nystrom;
import dev.ritz.preconditioners.subspace.TwoLevel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Every preconditioner, under the name that {@code -p} takes. A new one is one more line here. */
final class PreconditionerTable {
    private static final Setting PRECISION =
            Setting.word("precision", "double", List.of("double", "float"), "how the factors are stored");
    private static final Setting SHIFT = Setting.number(
            "shift", 0, "least pivot as a share of the largest entry of its row, in [0, 1); 0: a zero pivot fails");
    private static final Setting FILL_SHARE =
            Setting.number("omega", 0.99, "share of the dropped fill that the diagonal takes, in [0, 1]");

    private static final Setting NO_FILL_SHARE =
            Setting.number("omega", 0, "share of the dropped fill that the diagonal takes, in [0, 1]");
    private static final Setting LEVEL = Setting.integer("level", 1, "highest level of fill that is kept, at least 0");
    private static final Setting DROP_TOLERANCE = Setting.number(
            "dropTolerance", 1e-3, "entries below this share of their row, or diagonal, are dropped, in [0, 1)");
    private static final Setting FILL =
            Setting.integer("fill", 10, "entries that a row of a factor may have beyond those of A, at least 0");
    private static final Setting POWER = Setting.integer("power", 1, "power of A that gives the pattern, at least 1");

    private PreconditionerTable() {}

    /** What a wrapper takes: every preconditioner that wraps nothing itself. */
    private static Setting inner() {
        return inner("ilu0");
    }

    private static Setting inner(String fallback) {
        List<String> names = new ArrayList<>();
        simple().forEach(e -> names.add(e.name()));
        names.remove("none");
        return Setting.word(
                PreconditionerEntry.INNER,
                fallback,
                names,
                "what works on the changed matrix, or each part; its settings are taken too");
    }

    /** {@return all preconditioners, in the order of the list} */
    static List<PreconditionerEntry> all() {
        List<PreconditionerEntry> all = new ArrayList<>(simple());
        all.addAll(polynomials());
        all.addAll(wrappers());
        all.addAll(domains());
        all.addAll(compositions());
        return all;
    }

    private static List<PreconditionerEntry> simple() {
        List<PreconditionerEntry> simple = new ArrayList<>(classical());
        simple.addAll(withFill());
        simple.addAll(approximateInverses());
        simple.add(multigrid());
        simple.addAll(wholes());
        return simple;
    }

    private static List<PreconditionerEntry> classical() {
        return List.of(
                new PreconditionerEntry(
                        "none",
                        Identity.class,
                        "no preconditioner",
                        "nothing; kind SPD",
                        "-",
                        List.of(),
                        (s, inner) -> new Identity()),
                new PreconditionerEntry(
                        "jacobi",
                        Jacobi.class,
                        "the diagonal of A",
                        "no zero on the diagonal; kind SPD when all of it is positive, else FIXED",
                        "Saad 2003, section 10.2",
                        List.of(),
                        (s, inner) -> new Jacobi()),
                new PreconditionerEntry(
                        "blockjacobi",
                        BlockJacobi.class,
                        "the diagonal blocks of A, each inverted",
                        "nonsingular blocks; kind SPD when each is symmetric positive definite, else FIXED",
                        "Saad 2003, section 10.2",
                        List.of(Setting.integer("blockSize", 4, "unknowns a block, from 1 to 64")),
                        (s, inner) -> new BlockJacobi(s.integer("blockSize"))),
                new PreconditionerEntry(
                        "ssor",
                        Ssor.class,
                        "symmetric successive over-relaxation",
                        "no zero on the diagonal; kind SPD for symmetric A with a positive diagonal, else FIXED",
                        "Axelsson 1972, doi:10.1007/BF01932955",
                        List.of(Setting.number("omega", 1, "relaxation, in (0, 2)")),
                        (s, inner) -> new Ssor(s.number("omega"))),
                new PreconditionerEntry(
                        "ic0",
                        Ic0.class,
                        "incomplete Cholesky factors on the pattern of A, shifted where needed",
                        "A symmetric with a positive diagonal; kind SPD",
                        "Meijerink & van der Vorst 1977, doi:10.1090/S0025-5718-1977-0438681-4",
                        List.of(PRECISION),
                        (s, inner) -> new Ic0(precision(s))),
                new PreconditionerEntry(
                        "relaxedic0",
                        RelaxedIc0.class,
                        "ic0 with a share of the dropped fill on the diagonal",
                        "A symmetric with a positive diagonal; kind SPD",
                        "Axelsson & Lindskog 1986, doi:10.1007/BF01389448",
                        List.of(FILL_SHARE, PRECISION),
                        (s, inner) -> new RelaxedIc0(s.number("omega"), precision(s))),
                new PreconditionerEntry(
                        "ilu0",
                        Ilu0.class,
                        "incomplete LU factors on the pattern of A",
                        "no zero pivot; kind FIXED",
                        "Meijerink & van der Vorst 1977, doi:10.1090/S0025-5718-1977-0438681-4",
                        List.of(PRECISION, SHIFT),
                        (s, inner) -> new Ilu0(precision(s), s.number("shift"))),
                new PreconditionerEntry(
                        "milu0",
                        Milu0.class,
                        "ilu0 with a share of the dropped fill on the diagonal",
                        "no zero pivot; kind FIXED",
                        "Gustafsson 1978, doi:10.1007/BF01931691",
                        List.of(FILL_SHARE, PRECISION, SHIFT),
                        (s, inner) -> new Milu0(s.number("omega"), precision(s), s.number("shift"))));
    }

    private static List<PreconditionerEntry> withFill() {
        return List.of(
                new PreconditionerEntry(
                        "ick",
                        Ick.class,
                        "incomplete Cholesky factors with fill by levels",
                        "A symmetric with a positive diagonal; kind SPD",
                        "Gustafsson 1978, doi:10.1007/BF01931691",
                        List.of(LEVEL, NO_FILL_SHARE, PRECISION),
                        (s, inner) -> new Ick(s.integer("level"), s.number("omega"), precision(s))),
                new PreconditionerEntry(
                        "ict",
                        Ict.class,
                        "incomplete Cholesky factors that drop small entries",
                        "A symmetric with a positive diagonal; kind SPD",
                        "Lin & More 1999, doi:10.1137/S1064827597327334",
                        List.of(DROP_TOLERANCE, FILL, NO_FILL_SHARE, PRECISION),
                        (s, inner) ->
                                new Ict(s.number("dropTolerance"), s.integer("fill"), s.number("omega"), precision(s))),
                new PreconditionerEntry(
                        "iluk",
                        Iluk.class,
                        "incomplete LU factors with fill by levels",
                        "no zero pivot; kind FIXED",
                        "Gustafsson 1978, doi:10.1007/BF01931691",
                        List.of(LEVEL, NO_FILL_SHARE, PRECISION, SHIFT),
                        (s, inner) -> new Iluk(s.integer("level"), s.number("omega"), precision(s), s.number("shift"))),
                new PreconditionerEntry(
                        "ilut",
                        Ilut.class,
                        "incomplete LU factors that drop small entries",
                        "no zero pivot; kind FIXED",
                        "Saad 1994, doi:10.1002/nla.1680010405",
                        List.of(DROP_TOLERANCE, FILL, PRECISION, SHIFT),
                        (s, inner) -> new Ilut(
                                s.number("dropTolerance"), s.integer("fill"), precision(s), s.number("shift"))),
                new PreconditionerEntry(
                        "ilutp",
                        Ilutp.class,
                        "ilut that exchanges columns for larger pivots",
                        "no row of zeros; kind FIXED",
                        "Saad 2003, section 10.4.4",
                        List.of(
                                DROP_TOLERANCE,
                                FILL,
                                Setting.number(
                                        "pivotTolerance",
                                        0.1,
                                        "an entry that times this exceeds the diagonal becomes the pivot, in (0, 1]"),
                                PRECISION),
                        (s, inner) -> new Ilutp(
                                s.number("dropTolerance"),
                                s.integer("fill"),
                                s.number("pivotTolerance"),
                                precision(s))));
    }

    /** What a polynomial takes as its first level. */
    private static Setting first(String fallback) {
        List<String> names = new ArrayList<>();
        simple().forEach(e -> names.add(e.name()));
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
                                choice("kind", Chebyshev.Kind.FIRST, "which polynomial"),
                                Setting.integer("steps", 4, "degree and 1, at least 1"),
                                upper,
                                Setting.number("lower", 0, "lower end, 0: upper / ratio"),
                                Setting.number("ratio", 30, "upper over lower end where lower is 0, above 1"),
                                Setting.number("safety", 1.1, "factor of an estimated upper end, at least 1"),
                                Setting.integer("estimationSteps", 10, "steps of the estimate, at least 1"),
                                first("jacobi")),
                        (s, inner) -> new Chebyshev(
                                Chebyshev.Kind.valueOf(constant(s.word("kind"))),
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

    private static PreconditionerEntry multigrid() {
        return new PreconditionerEntry(
                "amg",
                Amg.class,
                "algebraic multigrid by smoothed aggregation",
                "no zero on the diagonal; kind SPD for symmetric positive definite A, else FIXED",
                "Vanek, Mandel & Brezina 1996, doi:10.1007/BF02238511",
                List.of(
                        choice("strength", Strength.SYMMETRIC, "which entries count as strong"),
                        Setting.number("threshold", 0.08, "of the strength, in [0, 1)"),
                        choice("smoother", Smoother.CHEBYSHEV, "what smooths on a level"),
                        Setting.integer("steps", 2, "degree of the polynomial, or steps of another smoother"),
                        choice("cycle", Cycle.V, "how often a level asks the next"),
                        Setting.integer("coarseSize", 500, "up to how many unknowns a level is inverted"),
                        PRECISION,
                        Setting.flag("keepTransfer", true, "whether a rebuild keeps the transfer operators")),
                (s, inner) -> new Amg(
                        Strength.valueOf(constant(s.word("strength"))),
                        s.number("threshold"),
                        NearNullSpace.CONSTANT,
                        Smoother.valueOf(constant(s.word("smoother"))),
                        s.integer("steps"),
                        Cycle.valueOf(constant(s.word("cycle"))),
                        s.integer("coarseSize"),
                        precision(s),
                        s.flag("keepTransfer")));
    }

    /** A word for each constant of an enumeration, in lower case. */
    private static <E extends Enum<E>> Setting choice(String name, E fallback, String meaning) {
        List<String> words = new ArrayList<>();
        for (E constant : fallback.getDeclaringClass().getEnumConstants()) {
            words.add(word(constant));
        }
        return Setting.word(name, word(fallback), words, meaning);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String constant(String word) {
        return word.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    private static List<PreconditionerEntry> approximateInverses() {
        return List.of(
                new PreconditionerEntry(
                        "fsai",
                        Fsai.class,
                        "factorised sparse approximate inverse, applied by products",
                        "A symmetric positive definite; kind SPD",
                        "Kolotilina & Yeremin 1993, doi:10.1137/0614004",
                        List.of(POWER),
                        (s, inner) -> new Fsai(s.integer("power"))),
                new PreconditionerEntry(
                        "isai",
                        Isai.class,
                        "incomplete sparse approximate inverse, applied by products",
                        "nonsingular local systems; kind FIXED",
                        "Anzt et al. 2018, doi:10.1016/j.parco.2017.10.003",
                        List.of(POWER),
                        (s, inner) -> new Isai(s.integer("power"))),
                new PreconditionerEntry(
                        "spai",
                        Spai.class,
                        "sparse approximate inverse by least squares, applied by products",
                        "no dependent columns in a local system; kind FIXED",
                        "Grote & Huckle 1997, doi:10.1137/S1064827594276552",
                        List.of(POWER),
                        (s, inner) -> new Spai(s.integer("power"))),
                new PreconditionerEntry(
                        "spai0",
                        Spai0.class,
                        "the diagonal that minimises the Frobenius norm of I - M^-1 A",
                        "no zero on the diagonal; kind SPD when all of it is positive, else FIXED",
                        "Broeker & Grote 2002, doi:10.1016/S0168-9274(01)00110-6",
                        List.of(),
                        (s, inner) -> new Spai0()));
    }

    private static Precision precision(Settings s) {
        return s.word("precision").equals("float") ? Precision.FLOAT : Precision.DOUBLE;
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
                        List.of(inner(), choice("ordering", Ordering.REVERSE_CUTHILL_MCKEE, "which order")),
                        (s, inner) -> new Reordered(inner, Ordering.valueOf(constant(s.word("ordering"))))));
    }

    /** What serves on a subdomain or as a part of two levels, and by itself. */
    private static List<PreconditionerEntry> wholes() {
        return List.of(
                new PreconditionerEntry(
                        "direct",
                        Direct.class,
                        "complete factors in the band of a reverse Cuthill-McKee ordering",
                        "A nonsingular; kind SPD for symmetric positive definite A, else FIXED",
                        "George & Liu 1981, ch. 4",
                        List.of(Setting.integer("maxEntries", 1 << 26, "most entries of the factors, at least 1")),
                        (s, inner) -> new Direct(s.integer("maxEntries"))),
                new PreconditionerEntry(
                        "nystrom",
                        Nystrom.class,
                        "the dominant eigenvalues from random products, for A with a quickly decaying spectrum",
                        "A symmetric positive definite; kind SPD",
                        "Frangella, Tropp & Udell 2023, doi:10.1137/21M1466244",
                        List.of(
                                Setting.integer("rank", 20, "random vectors, at least 1"),
                                Setting.number("shift", 0, "mu of A + mu I, at least 0"),
                                Setting.integer("seed", 1, "of the random vectors")),
                        (s, inner) -> new Nystrom(s.integer("rank"), s.number("shift"), s.integer("seed"))));
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
                                choice("variant", Schwarz.Variant.RESTRICTED, "additive keeps symmetry"),
                                inner()),
                        (s, inner) -> new Schwarz(
                                Partition.into(s.integer("parts")),
                                s.integer("overlap"),
                                Schwarz.Variant.valueOf(constant(s.word("variant"))),
                                inner)),
                new PreconditionerEntry(
                        "twolevel",
                        TwoLevel.class,
                        "a coarse space of constants on parts of the matrix, joined with another",
                        "what the inner one needs; kind SPD in the forms additive, bnn and some scs, else FIXED",
                        "Tang, Nabben, Vuik & Erlangga 2009, doi:10.1007/s10915-009-9272-6",
                        List.of(
                                choice("form", TwoLevel.Form.BNN, "how both are joined"),
                                Setting.integer("parts", 100, "size of the coarse space, 0: parts of about 1500 rows"),
                                inner("jacobi")),
                        (s, inner) -> new TwoLevel(
                                TwoLevel.Form.valueOf(constant(s.word("form"))),
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
                                        choice("form", FieldSplit.Form.LOWER, "how the blocks are put together"),
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
                                FieldSplit.Form.valueOf(constant(s.word("form"))),
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

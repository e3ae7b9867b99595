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
import dev.ritz.preconditioners.domain.Direct;
import dev.ritz.preconditioners.multigrid.Amg;
import dev.ritz.preconditioners.multigrid.Cycle;
import dev.ritz.preconditioners.multigrid.NearNullSpace;
import dev.ritz.preconditioners.multigrid.Smoother;
import dev.ritz.preconditioners.multigrid.Strength;
import dev.ritz.preconditioners.subspace.Nystrom;
import java.util.ArrayList;
import java.util.List;

/** Preconditioners that wrap no other. A new one is one more line here. */
final class PlainPreconditioners {
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

    private PlainPreconditioners() {}

    static List<PreconditionerEntry> all() {
        List<PreconditionerEntry> all = new ArrayList<>(classical());
        all.addAll(withFill());
        all.addAll(approximateInverses());
        all.add(multigrid());
        all.addAll(wholes());
        return all;
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

    private static PreconditionerEntry multigrid() {
        return new PreconditionerEntry(
                "amg",
                Amg.class,
                "algebraic multigrid by smoothed aggregation",
                "no zero on the diagonal; kind SPD for symmetric positive definite A, else FIXED",
                "Vanek, Mandel & Brezina 1996, doi:10.1007/BF02238511",
                List.of(
                        Setting.choice("strength", Strength.SYMMETRIC, "which entries count as strong"),
                        Setting.number("threshold", 0.08, "of the strength, in [0, 1)"),
                        Setting.choice("smoother", Smoother.CHEBYSHEV, "what smooths on a level"),
                        Setting.integer("steps", 2, "degree of the polynomial, or steps of another smoother"),
                        Setting.choice("cycle", Cycle.V, "how often a level asks the next"),
                        Setting.integer("coarseSize", 200, "up to how many unknowns a level is inverted"),
                        PRECISION,
                        Setting.flag("keepTransfer", true, "whether a rebuild keeps the transfer operators")),
                (s, inner) -> new Amg(
                        s.constant("strength", Strength.class),
                        s.number("threshold"),
                        NearNullSpace.CONSTANT,
                        s.constant("smoother", Smoother.class),
                        s.integer("steps"),
                        s.constant("cycle", Cycle.class),
                        s.integer("coarseSize"),
                        precision(s),
                        s.flag("keepTransfer")));
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
}

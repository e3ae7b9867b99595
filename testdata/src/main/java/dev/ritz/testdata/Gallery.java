package dev.ritz.testdata;

import java.util.List;

/** The model problems by name. */
public final class Gallery {
    private static final List<Problem> PROBLEMS = List.of(
            new Problem(
                    "poisson1d",
                    "Poisson's equation on the unit interval; size: interior points, n = size",
                    (n, seed, v) -> Poisson.poisson1d(n)),
            new Problem(
                    "poisson2d",
                    "Poisson's equation on the unit square; size: interior points per side, n = size^2",
                    (n, seed, v) -> Poisson.poisson2d(n)),
            new Problem(
                    "poisson3d",
                    "Poisson's equation on the unit cube; size: interior points per side, n = size^3",
                    (n, seed, v) -> Poisson.poisson3d(n)),
            new Problem(
                    "neumann2d",
                    "Poisson's equation without boundary flux, singular; size: cells per side, n = size^2",
                    (n, seed, v) -> Poisson.neumann2d(n)),
            new Problem(
                    "jump2d",
                    "diffusion through a square inclusion; size: interior points per side, n = size^2",
                    (n, seed, v) -> Diffusion.jump2d(n, v[0]),
                    new Problem.Parameter("jump", 1e4, "coefficient inside, 1 outside")),
            new Problem(
                    "jump3d",
                    "diffusion through a cubic inclusion; size: interior points per side, n = size^3",
                    (n, seed, v) -> Diffusion.jump3d(n, v[0]),
                    new Problem.Parameter("jump", 1e4, "coefficient inside, 1 outside")),
            new Problem(
                    "checkerboard2d",
                    "diffusion through a checkerboard; size: interior points per side, n = size^2",
                    (n, seed, v) -> Diffusion.checkerboard2d(n, whole("cells", v[0]), v[1]),
                    new Problem.Parameter("cells", 8, "fields per side"),
                    new Problem.Parameter("jump", 1e4, "coefficient of black fields, 1 on white ones")),
            new Problem(
                    "anisotropic2d",
                    "diffusion that prefers the x direction; size: interior points per side, n = size^2",
                    (n, seed, v) -> Diffusion.anisotropic2d(n, v[0]),
                    new Problem.Parameter("epsilon", 0.01, "diffusion in y, 1 in x")),
            new Problem(
                    "lognormal2d",
                    "diffusion through a random field; size: interior points per side, n = size^2",
                    (n, seed, v) -> Diffusion.lognormal2d(n, v[0], v[1], seed),
                    new Problem.Parameter("strength", 0.5, "s in k = exp(s g)"),
                    new Problem.Parameter("correlation", 0.06, "width of the filter over the side of the square")),
            new Problem(
                    "convection-diffusion2d",
                    "heat carried by a wind, nonsymmetric; size: interior points per side, n = size^2",
                    (n, seed, v) -> Waves.convectionDiffusion2d(n, v[0], v[1], scheme(v[2])),
                    new Problem.Parameter("peclet", 1, "cell Peclet number |w| h / epsilon"),
                    new Problem.Parameter("angle", 30, "degrees from the wind to the x axis"),
                    new Problem.Parameter("upwind", 0, "1 for upwind, 0 for central differences")),
            new Problem(
                    "convection-diffusion3d",
                    "heat carried by a wind, nonsymmetric; size: interior points per side, n = size^3",
                    (n, seed, v) -> Waves.convectionDiffusion3d(n, v[0], scheme(v[1])),
                    new Problem.Parameter("peclet", 1, "cell Peclet number |w| h / epsilon"),
                    new Problem.Parameter("upwind", 0, "1 for upwind, 0 for central differences")),
            new Problem(
                    "helmholtz2d",
                    "waves from a point source, indefinite; size: interior points per side, n = size^2",
                    (n, seed, v) -> Waves.helmholtz2d(n, v[0]),
                    new Problem.Parameter("wavenumber", 10, "kappa")),
            new Problem(
                    "fem2d",
                    "Poisson's equation on an unstructured triangulation; size: interior points per side, n = size^2",
                    (n, seed, v) -> FiniteElements.fem2d(n, v[0], seed),
                    new Problem.Parameter("jitter", 0.2, "how far points move, over h, below 0.25")),
            new Problem(
                    "elasticity2d",
                    "a plate clamped at one edge under its weight; size: elements per side, n = 2 size (size + 1)",
                    (n, seed, v) -> FiniteElements.elasticity2d(n, v[0]),
                    new Problem.Parameter("poisson", 0.3, "Poisson's ratio")),
            new Problem(
                    "random-spd",
                    "a random Gram matrix with a shift; size: unknowns",
                    (n, seed, v) -> RandomSystems.randomSpd(n, whole("per-row", v[0]), v[1], seed),
                    new Problem.Parameter("per-row", 3, "entries per row of the factor"),
                    new Problem.Parameter("shift", 0.1, "added to the diagonal")),
            new Problem(
                    "random-nonsymmetric",
                    "a random sparse matrix with a heavy diagonal; size: unknowns",
                    (n, seed, v) -> RandomSystems.randomNonsymmetric(n, whole("per-row", v[0]), v[1], seed),
                    new Problem.Parameter("per-row", 5, "entries per row beside the diagonal"),
                    new Problem.Parameter("dominance", 1.1, "diagonal over the absolute sum of the row")),
            new Problem(
                    "graph-laplacian",
                    "potentials in a random network of resistors; size: vertices",
                    (n, seed, v) ->
                            RandomSystems.graphLaplacian(n, whole("chords", v[0]), flag("grounded", v[1]), seed),
                    new Problem.Parameter("chords", 2, "random edges per vertex beside a ring"),
                    new Problem.Parameter("grounded", 1, "1: hold one vertex at 0; 0: singular")));

    private Gallery() {}

    /** {@return the names of all problems} */
    public static List<String> names() {
        return PROBLEMS.stream().map(Problem::name).toList();
    }

    /**
     * A problem by name.
     *
     * @param name one of {@link #names()}
     * @return the problem
     * @throws IllegalArgumentException when there is none; the message lists those there are
     */
    public static Problem problem(String name) {
        for (Problem problem : PROBLEMS) {
            if (problem.name().equals(name)) {
                return problem;
            }
        }
        throw new IllegalArgumentException(
                "there is no problem " + name + ", expected one of " + String.join(", ", names()));
    }

    static int whole(String name, double value) {
        if (!(value == Math.rint(value) && Math.abs(value) < 1e9)) {
            throw new IllegalArgumentException(name + " = " + value + ", expected a whole number");
        }
        return (int) value;
    }

    static boolean flag(String name, double value) {
        if (!(value == 0 || value == 1)) {
            throw new IllegalArgumentException(name + " = " + value + ", expected 0 or 1");
        }
        return value == 1;
    }

    private static Waves.Scheme scheme(double upwind) {
        return flag("upwind", upwind) ? Waves.Scheme.UPWIND : Waves.Scheme.CENTRAL;
    }
}

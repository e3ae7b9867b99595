package dev.ritz.testdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

class GalleryTest {

    @Test
    void everyProblemHasANameADescriptionAndWorkingDefaults() {
        assertThat(new HashSet<>(Gallery.names())).hasSameSizeAs(Gallery.names());
        for (String name : Gallery.names()) {
            assertThat(name).matches("[a-z]+(-[a-z]+)*([123]d)?");
            Problem problem = Gallery.problem(name);
            assertThat(problem.name()).isEqualTo(name);
            assertThat(problem.description()).contains("size: ");
            LinearSystem s = problem.generate(6, 0x9a11);
            assertThat(s.name()).startsWith(name);
            assertThat(s.description()).isNotBlank();
            assertThat(s.a().rows()).isEqualTo(s.a().cols()).isEqualTo(s.b().length);
            assertThat(Dense.max(s.b())).isPositive().isFinite();
            assertThat(Dense.max(s.a().values())).isPositive().isFinite();
            for (Problem.Parameter p : problem.parameters()) {
                assertThat(p.name()).matches("[a-z]+(-[a-z]+)*");
                assertThat(p.meaning()).isNotBlank();
            }
        }
    }

    @Test
    void equalSeedsGiveEqualBitsAndOthersDoNot() {
        for (String name : Gallery.names()) {
            LinearSystem s = Gallery.problem(name).generate(8, 0x5eed);
            LinearSystem again = Gallery.problem(name).generate(8, 0x5eed);
            LinearSystem other = Gallery.problem(name).generate(8, 0x5eee);
            assertThat(again.a().pattern().sameAs(s.a().pattern())).as(name).isTrue();
            assertThat(again.a().values()).as(name).containsExactly(s.a().values());
            assertThat(again.b()).as(name).containsExactly(s.b());
            boolean random = name.startsWith("random")
                    || name.startsWith("graph")
                    || name.equals("fem2d")
                    || name.equals("lognormal2d");
            boolean same = other.a().pattern().sameAs(s.a().pattern())
                    && Arrays.equals(other.a().values(), s.a().values());
            assertThat(same).as(name).isEqualTo(!random);
        }
    }

    @Test
    void drawsAreTheSameOnEveryMachine() {
        Draws draws = new Draws(0x1dea);
        assertThat(draws.index(1000)).isBetween(0, 999);
        double[] first = new Draws(1).normals(2);
        assertThat(first).containsExactly(new Draws(1).normals(2));
        double mean = 0;
        double square = 0;
        double beta = 0;
        int n = 20_000;
        Draws many = new Draws(0x1dea2);
        for (int i = 0; i < n; i++) {
            double g = many.normal();
            mean += g / n;
            square += g * g / n;
            beta += many.beta(1, 3) / n;
        }
        assertThat(Math.abs(mean)).isLessThan(0.03);
        assertThat(square).isBetween(0.96, 1.04);
        assertThat(beta).isBetween(0.24, 0.26); // ½ / (½ + 3/2)
    }

    @Test
    void parametersReachTheProblem() {
        Problem jump = Gallery.problem("jump2d");
        LinearSystem flat = jump.generate(9, 0, jump.parameter("jump").with(1));
        assertThat(flat.a().values()).containsExactly(Poisson.poisson2d(9).a().values());
        Problem wind = Gallery.problem("convection-diffusion2d");
        LinearSystem still = wind.generate(
                5, 0, wind.parameter("peclet").with(0), wind.parameter("upwind").with(1));
        assertThat(still.a().values()).containsExactly(Poisson.poisson2d(5).a().values());
    }

    @Test
    void unknownNamesAndValuesOutOfRangeAreRefused() {
        assertThatThrownBy(() -> Gallery.problem("poisson4d"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("poisson4d")
                .hasMessageContaining("poisson3d");
        Problem board = Gallery.problem("checkerboard2d");
        assertThatThrownBy(() -> board.parameter("colour")).hasMessageContaining("cells, jump");
        assertThatThrownBy(() -> Gallery.problem("poisson1d").parameter("x")).hasMessageContaining("none");
        assertThatThrownBy(() -> board.generate(5, 0, new Problem.Parameter("colour", 1, "")))
                .isInstanceOf(IllegalArgumentException.class);
        String[][] bad = {
            {"checkerboard2d", "cells", "1.5"},
            {"checkerboard2d", "cells", "0"},
            {"checkerboard2d", "jump", "NaN"},
            {"jump3d", "jump", "0"},
            {"anisotropic2d", "epsilon", "-1"},
            {"lognormal2d", "strength", "NaN"},
            {"lognormal2d", "correlation", "0"},
            {"convection-diffusion2d", "peclet", "-1"},
            {"convection-diffusion3d", "upwind", "2"},
            {"helmholtz2d", "wavenumber", "NaN"},
            {"fem2d", "jitter", "NaN"},
            {"elasticity2d", "poisson", "1"},
            {"random-spd", "per-row", "0"},
            {"random-spd", "shift", "0"},
            {"random-nonsymmetric", "dominance", "NaN"},
            {"graph-laplacian", "chords", "-1"},
            {"graph-laplacian", "grounded", "0.5"}
        };
        for (String[] b : bad) {
            Problem p = Gallery.problem(b[0]);
            double value = Double.parseDouble(b[2]);
            assertThatThrownBy(() -> p.generate(5, 1, p.parameter(b[1]).with(value)))
                    .as("%s %s %s", (Object[]) b)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("expected");
        }
        for (String name : Gallery.names()) {
            assertThatThrownBy(() -> Gallery.problem(name).generate(0, 1))
                    .as(name)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("expected");
        }
    }
}

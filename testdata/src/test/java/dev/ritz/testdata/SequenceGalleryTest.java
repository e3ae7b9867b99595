package dev.ritz.testdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SequenceGalleryTest {

    static List<String> names() {
        return SequenceGallery.names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void everySequenceIsLazyRepeatsAndSharesOnePattern(String name) {
        assertThat(name).matches("[a-z]+(-[a-z]+)*-sequence");
        assertThat(Gallery.names()).doesNotContain(name);
        SequenceProblem sequence = SequenceGallery.sequence(name);
        assertThat(sequence.name()).isEqualTo(name);
        assertThat(sequence.description()).contains("size: ");
        List<SequenceSystem> some =
                sequence.generate(6, Integer.MAX_VALUE, 0x5e9).limit(4).toList();
        List<SequenceSystem> again = sequence.generate(6, 4, 0x5e9).toList();
        HashSet<String> systemNames = new HashSet<>();
        for (int t = 0; t < 4; t++) {
            LinearSystem s = some.get(t).system();
            assertThat(s.size()).isEqualTo(36);
            assertThat(systemNames.add(s.name())).isTrue();
            assertThat(s.description()).isNotBlank();
            assertThat(s.a().pattern()).isSameAs(some.get(0).system().a().pattern());
            assertThat(Dense.max(s.b())).isPositive().isFinite();
            assertThat(Dense.max(s.a().values())).isPositive().isFinite();
            assertThat(some.get(t).parameters())
                    .hasSameSizeAs(some.get(0).parameters())
                    .isNotEmpty();
            assertThat(again.get(t).system().a().values()).containsExactly(s.a().values());
            assertThat(again.get(t).system().b()).containsExactly(s.b());
            assertThat(again.get(t).parameters()).containsExactly(some.get(t).parameters());
        }
        assertThat(some.get(1).system().a().values())
                .isNotEqualTo(some.get(0).system().a().values());
        assertThat(some.get(1).parameters()).isNotEqualTo(some.get(0).parameters());
        assertThatThrownBy(() -> sequence.generate(0, 1, 1)).hasMessageContaining("expected");
        assertThatThrownBy(() -> sequence.generate(6, -1, 1)).hasMessageContaining("-1");
        for (Problem.Parameter p : sequence.parameters()) {
            assertThat(p.name()).matches("[a-z]+(-[a-z]+)*");
            assertThat(p.meaning()).isNotBlank();
            assertThatThrownBy(() -> sequence.generate(6, 1, 1, p.with(Double.NaN)))
                    .as("%s %s", name, p)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("NaN");
        }
    }

    @Test
    void parametersReachTheSystems() {
        assertThat(asymmetry("darcy-sequence", "stencil", 0)).isZero();
        assertThat(asymmetry("darcy-sequence", "stencil", 1)).isPositive();
        assertThat(asymmetry("darcy-sequence", "stencil", 2)).isPositive();
        assertThat(asymmetry("convection-sequence", "speed", 0)).isZero();
        assertThat(asymmetry("convection-sequence", "speed", 10)).isPositive();
        assertThat(asymmetry("drift-sequence", "wind", 0)).isZero();
        assertThat(asymmetry("drift-sequence", "wind", 1)).isPositive();
        SequenceProblem blocks = SequenceGallery.sequence("convection-sequence");
        assertThat(blocks.generate(6, 1, 1, blocks.parameter("blocks").with(3))
                        .findFirst()
                        .orElseThrow()
                        .parameters())
                .hasSize(9);
    }

    private static double asymmetry(String name, String parameter, double value) {
        SequenceProblem p = SequenceGallery.sequence(name);
        return p.generate(6, 1, 1, p.parameter(parameter).with(value))
                .findFirst()
                .orElseThrow()
                .system()
                .a()
                .asymmetry();
    }

    @Test
    void unknownNamesAreRefused() {
        assertThatThrownBy(() -> SequenceGallery.sequence("darcy"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("darcy-sequence, helmholtz-sequence");
        SequenceProblem darcy = SequenceGallery.sequence("darcy-sequence");
        assertThatThrownBy(() -> darcy.parameter("stencl")).hasMessageContaining("expected one of stencil");
        assertThatThrownBy(
                        () -> darcy.generate(6, 1, 1, darcy.parameter("stencil").with(3)))
                .hasMessageContaining("stencil = 3");
        assertThatThrownBy(() -> new SequenceSystem(null, new double[0])).hasMessageContaining("system");
    }
}

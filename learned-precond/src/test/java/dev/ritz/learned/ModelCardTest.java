package dev.ritz.learned;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.ritz.api.Preconditioner;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelCardTest {

    private static Map<String, String> factor() {
        return new HashMap<>(Map.of(
                "lprec.contract", "1",
                "lprec.kind", "factor.llt",
                "lprec.pattern", "tril(A)",
                "lprec.scaling", "sym-unit-diag",
                "lprec.edge_features", "l_ic0, a_scaled",
                "lprec.node_features", "offdiag_abs_rowsum",
                "lprec.linear", "true",
                "lprec.symmetry", "spd",
                "train.family", "anything"));
    }

    @Test
    void readsAFactorModel() {
        ModelCard card = ModelCard.parse(factor());
        assertThat(card.kind()).isEqualTo(ModelCard.Kind.FACTOR_LLT);
        assertThat(card.pattern()).isEqualTo("tril(A)");
        assertThat(card.scaling()).isEqualTo(ModelCard.Scaling.SYM_UNIT_DIAG);
        assertThat(card.edgeFeatures()).containsExactly("l_ic0", "a_scaled");
        assertThat(card.usesRightHandSide()).isFalse();
        assertThat(card.preconditionerKind()).isEqualTo(Preconditioner.Kind.SPD);
    }

    @Test
    void readsAGridDirectionWithoutGraphKeys() {
        Map<String, String> metadata = factor();
        metadata.put("lprec.kind", "direction.grid2d");
        metadata.put("lprec.linear", "false");
        metadata.remove("lprec.pattern");
        metadata.remove("lprec.edge_features");
        metadata.remove("lprec.node_features");
        ModelCard card = ModelCard.parse(metadata);
        assertThat(card.kind().everyIteration()).isTrue();
        assertThat(card.preconditionerKind()).isEqualTo(Preconditioner.Kind.VARIABLE);
        assertThat(card.edgeFeatures()).isEmpty();
    }

    @Test
    void onlyAPromisedSpdModelIsSpd() {
        Map<String, String> metadata = factor();
        metadata.put("lprec.symmetry", "symmetric");
        assertThat(ModelCard.parse(metadata).preconditionerKind()).isEqualTo(Preconditioner.Kind.FIXED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"contract", "kind", "pattern", "scaling", "edge_features", "node_features", "linear", "symmetry"
            })
    void refusesAMissingKeyByName(String key) {
        Map<String, String> metadata = factor();
        metadata.remove("lprec." + key);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ModelCard.parse(metadata))
                .withMessageContaining("lprec." + key);
    }

    @ParameterizedTest
    @CsvSource({
        "contract, 2, 1",
        "kind, factor.qr, factor.llt",
        "scaling, unit, sym-unit-diag",
        "linear, yes, true or false",
        "symmetry, hermitian, spd",
        "uses_rhs, 1, true or false"
    })
    void refusesAnUnknownValueAndSaysWhatIsExpected(String key, String value, String expected) {
        Map<String, String> metadata = factor();
        metadata.put("lprec." + key, value);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ModelCard.parse(metadata))
                .withMessageContaining("lprec." + key + " = \"" + value + "\"")
                .withMessageContaining(expected);
    }
}

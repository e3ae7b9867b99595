package dev.ritz.learned;

import dev.ritz.api.Preconditioner;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * What a learned model says of itself, in the metadata of its file: contract version 1, keys with the prefix
 * {@code lprec.}. Unknown keys are ignored; a missing or unknown value of a required key is refused.
 *
 * @param kind what the model computes
 * @param pattern where its values stand, such as {@code tril(A)}; empty for direction kinds
 * @param scaling how the matrix is scaled before the model sees it
 * @param edgeFeatures names of the inputs per entry, in order; empty for grid directions
 * @param nodeFeatures names of the inputs per unknown, in order; empty for grid directions
 * @param linear whether the preconditioner is a linear map
 * @param symmetry what the model promises of M
 * @param usesRightHandSide whether it must be run again for every right-hand side
 */
public record ModelCard(
        Kind kind,
        String pattern,
        Scaling scaling,
        List<String> edgeFeatures,
        List<String> nodeFeatures,
        boolean linear,
        Symmetry symmetry,
        boolean usesRightHandSide) {

    private static final String PREFIX = "lprec.";

    /** What a model computes. */
    public enum Kind {
        /** A lower triangle L with M = L Lᵀ. */
        FACTOR_LLT("factor.llt"),
        /** Values of L and U on the full pattern, unit U, with M = L U. */
        FACTOR_LU("factor.lu"),
        /** G with M⁻¹ = G Gᵀ + ε diag. */
        INVERSE_GGT("inverse.ggt"),
        /** The entries of M⁻¹. */
        INVERSE_SPAI("inverse.spai"),
        /** A diagonal M. */
        DIAGONAL("diagonal"),
        /** The coefficients of a polynomial in A. */
        POLYNOMIAL("polynomial"),
        /** A correction on a graph, in every iteration. */
        DIRECTION_GRAPH("direction.graph"),
        /** A correction on a plane grid, in every iteration. */
        DIRECTION_GRID2D("direction.grid2d"),
        /** A correction on a space grid, in every iteration. */
        DIRECTION_GRID3D("direction.grid3d");

        private final String key;

        Kind(String key) {
            this.key = key;
        }

        /** {@return the name in the metadata} */
        public String key() {
            return key;
        }

        /** {@return whether the model is run in every iteration, not once per matrix} */
        public boolean everyIteration() {
            return key.startsWith("direction.");
        }

        private boolean onGrid() {
            return key.startsWith("direction.grid");
        }
    }

    /** How the matrix is scaled before a model sees it. */
    public enum Scaling {
        /** Symmetrically to a unit diagonal. */
        SYM_UNIT_DIAG,
        /** By the largest entry. */
        MAX_ABS,
        /** By the smaller of the largest row sum and the largest column sum. */
        GERSHGORIN,
        /** Not at all. */
        NONE
    }

    /** What a model promises of M. */
    public enum Symmetry {
        /** Symmetric positive definite. */
        SPD,
        /** Symmetric. */
        SYMMETRIC,
        /** Nothing. */
        NONE
    }

    /**
     * A card; lists are copied.
     *
     * @param kind what the model computes
     * @param pattern where its values stand; empty for direction kinds
     * @param scaling how the matrix is scaled
     * @param edgeFeatures inputs per entry
     * @param nodeFeatures inputs per unknown
     * @param linear whether M is a linear map
     * @param symmetry what is promised of M
     * @param usesRightHandSide whether it depends on b
     */
    public ModelCard {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(pattern, "pattern");
        Objects.requireNonNull(scaling, "scaling");
        Objects.requireNonNull(symmetry, "symmetry");
        edgeFeatures = List.copyOf(edgeFeatures);
        nodeFeatures = List.copyOf(nodeFeatures);
    }

    /**
     * Reads the metadata of a model file.
     *
     * @param metadata keys and values as stored
     * @return the card
     * @throws IllegalArgumentException naming the key, its value and what was expected
     */
    public static ModelCard parse(Map<String, String> metadata) {
        String contract = required(metadata, "contract");
        if (!contract.equals("1")) {
            throw unexpected("contract", contract, "1");
        }
        Kind kind = kind(required(metadata, "kind"));
        boolean graph = !kind.onGrid();
        return new ModelCard(
                kind,
                kind.everyIteration() ? "" : required(metadata, "pattern"),
                choice(Scaling.class, metadata, "scaling"),
                graph ? names(required(metadata, "edge_features")) : List.of(),
                graph ? names(required(metadata, "node_features")) : List.of(),
                flag("linear", required(metadata, "linear")),
                choice(Symmetry.class, metadata, "symmetry"),
                flag("uses_rhs", metadata.getOrDefault(PREFIX + "uses_rhs", "false")));
    }

    /** {@return the kind a solver may rely on when it uses this model} */
    public Preconditioner.Kind preconditionerKind() {
        if (!linear) {
            return Preconditioner.Kind.VARIABLE;
        }
        return symmetry == Symmetry.SPD ? Preconditioner.Kind.SPD : Preconditioner.Kind.FIXED;
    }

    private static String required(Map<String, String> metadata, String key) {
        String value = metadata.get(PREFIX + key);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("the model's metadata lacks the required key " + PREFIX + key);
        }
        return value.strip();
    }

    private static Kind kind(String value) {
        for (Kind kind : Kind.values()) {
            if (kind.key.equals(value)) {
                return kind;
            }
        }
        throw unexpected(
                "kind", value, List.of(Kind.values()).stream().map(Kind::key).toList());
    }

    private static <E extends Enum<E>> E choice(Class<E> type, Map<String, String> metadata, String key) {
        String value = required(metadata, key);
        for (E constant : type.getEnumConstants()) {
            if (text(constant).equals(value)) {
                return constant;
            }
        }
        throw unexpected(
                key,
                value,
                List.of(type.getEnumConstants()).stream().map(ModelCard::text).toList());
    }

    private static String text(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static boolean flag(String key, String value) {
        if (value.equals("true") || value.equals("false")) {
            return value.equals("true");
        }
        throw unexpected(key, value, "true or false");
    }

    private static List<String> names(String value) {
        return List.of(value.split("\\s*,\\s*"));
    }

    private static IllegalArgumentException unexpected(String key, String value, Object expected) {
        return new IllegalArgumentException(PREFIX + key + " = \"" + value + "\", expected " + expected);
    }
}

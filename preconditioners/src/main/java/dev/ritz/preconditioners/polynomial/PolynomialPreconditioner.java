package dev.ritz.preconditioners.polynomial;

import dev.ritz.api.Preconditioner;

/** What all polynomials of this package say about themselves. */
abstract class PolynomialPreconditioner implements Preconditioner {
    final FirstLevel level;
    private final Kind kind;
    private final String name;
    private final String note;

    /**
     * A polynomial.
     *
     * @param level what it works with
     * @param kind what a solver may rely on
     * @param name the method with its degree, without M
     * @param note what the build decided, may be empty
     */
    PolynomialPreconditioner(FirstLevel level, Kind kind, String name, String note) {
        this.level = level;
        this.kind = kind;
        this.name = level.plain() ? name : name + " of " + level.innerName();
        this.note = note;
    }

    @Override
    public int size() {
        return level.n;
    }

    @Override
    public Kind kind() {
        return kind;
    }

    @Override
    public String name() {
        return name;
    }

    /** {@return how many vectors of length n it holds} */
    abstract int vectors();

    @Override
    public long bytes() {
        return 8L * level.n * vectors() + level.bytes();
    }

    @Override
    public long products() {
        return level.products();
    }

    @Override
    public String note() {
        String inner = level.innerNote();
        return note.isEmpty() || inner.isEmpty() ? note + inner : note + "; " + inner;
    }
}

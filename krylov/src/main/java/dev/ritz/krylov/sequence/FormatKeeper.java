package dev.ritz.krylov.sequence;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.LinearOperator;
import dev.ritz.api.format.FormatChoice;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * The storage format that products go through, where that pays: choosing one costs 13 to 18 products and saves up to
 * half of each (docs/decisions/0005-matrix-formats.md). New values in a known layout cost less; from how many products on
 * they pay is a guess. A layout serves further systems too, and is chosen once the products so far would have paid for it.
 */
final class FormatKeeper {
    private static final int PAYS_CHOICE = 60;
    private static final int PAYS_VALUES = 20;

    private FormatChoice choice;
    private CsrMatrix chosenFor;
    private int lastApplications;
    private long applications;

    FormatKeeper() {}

    /** The same without the format. */
    FormatKeeper(FormatKeeper other) {
        lastApplications = other.lastApplications;
        applications = other.applications;
    }

    /** What to multiply a with; a itself where few products are expected or no format is faster. */
    LinearOperator operator(CsrMatrix a) {
        boolean known = choice != null && Matrices.samePattern(chosenFor, a);
        if (known && Matrices.sameValues(chosenFor, a)) {
            return choice.operator();
        }
        if (lastApplications < PAYS_VALUES || !known && applications < PAYS_CHOICE) {
            return a;
        }
        choice = known ? choice.withValues(a) : FormatChoice.choose(a);
        chosenFor = a;
        return choice.operator();
    }

    /** How many products the last system took: the next is expected to take as many. */
    void learn(int count) {
        lastApplications = count;
        applications += count;
    }

    void write(DataOutputStream out) throws IOException {
        out.writeInt(lastApplications);
        out.writeLong(applications);
    }

    void read(DataInputStream in) throws IOException {
        lastApplications = in.readInt();
        applications = in.readLong();
    }
}

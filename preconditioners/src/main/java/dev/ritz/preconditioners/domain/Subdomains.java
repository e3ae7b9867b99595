package dev.ritz.preconditioners.domain;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.SparsityPattern;
import dev.ritz.api.kernel.WorkerPool;

/** What all subdomains come to. Rows that several of them hold are added up in the order of the subdomains. */
final class Subdomains implements Preconditioner {
    private static final int BLOCK = 4096;

    private static final WorkerPool.BlockKernel<Subdomains> RESTRICTED = Subdomains::restricted;
    private static final WorkerPool.BlockKernel<Subdomains> ADDITIVE = Subdomains::additive;
    private static final WorkerPool.BlockKernel<Subdomains> GATHER = Subdomains::gather;

    private final SparsityPattern pattern;
    private final WorkerPool pool;
    private final Subdomain[] parts;
    private final WorkerPool alone;
    private final Kind kind;
    private final Schwarz factory;
    private final int total;
    /** Where z of each subdomain begins in {@code all}; null where nothing is added up. */
    private final int[] begin;
    /** Where in {@code all} the values of row i are: from ptr[i] on, by ascending subdomain. */
    private final int[] ptr;

    private final int[] where;
    private final double[] all;

    Subdomains(CsrMatrix a, Subdomain[] parts, WorkerPool alone, Schwarz factory) {
        Schwarz.Variant variant = factory.variant();
        this.pattern = a.pattern();
        this.pool = a.pool();
        this.parts = parts;
        this.alone = alone;
        this.factory = factory;
        int rows = 0;
        for (Subdomain part : parts) {
            rows = Math.addExact(rows, part.rows.length);
        }
        this.total = rows;
        boolean overlap = total > a.rows();
        this.kind = kind(parts, variant == Schwarz.Variant.ADDITIVE || !overlap);
        if (variant == Schwarz.Variant.ADDITIVE && overlap) {
            this.begin = new int[parts.length];
            this.ptr = new int[a.rows() + 1];
            this.where = new int[total];
            this.all = new double[total];
            locate();
        } else {
            this.begin = null;
            this.ptr = null;
            this.where = null;
            this.all = null;
        }
    }

    private static Kind kind(Subdomain[] parts, boolean symmetric) {
        Kind kind = symmetric ? Kind.SPD : Kind.FIXED;
        for (Subdomain part : parts) {
            kind = kind.admits(part.inner().kind()) ? kind : part.inner().kind();
        }
        return kind;
    }

    private void locate() {
        int at = 0;
        for (int p = 0; p < parts.length; p++) {
            begin[p] = at;
            at += parts[p].rows.length;
            for (int i : parts[p].rows) {
                ptr[i + 1]++;
            }
        }
        for (int i = 0; i < ptr.length - 1; i++) {
            ptr[i + 1] += ptr[i];
        }
        int[] next = ptr.clone();
        for (int p = 0; p < parts.length; p++) {
            for (int k = 0; k < parts[p].rows.length; k++) {
                where[next[parts[p].rows[k]]++] = begin[p] + k;
            }
        }
    }

    @Override
    public int size() {
        return pattern.rows();
    }

    @Override
    public Kind kind() {
        return kind;
    }

    @Override
    public void apply(double[] r, double[] z) {
        if (all == null) {
            pool.run(parts.length, RESTRICTED, this, r, z);
        } else {
            int n = size();
            pool.run(parts.length, ADDITIVE, this, r, z);
            pool.run(n / BLOCK + (n % BLOCK == 0 ? 0 : 1), GATHER, this, r, z);
        }
    }

    private void restricted(double[] r, double[] z, int p) {
        parts[p].apply(r);
        parts[p].writeOwn(z);
    }

    private void additive(double[] r, double[] z, int p) {
        parts[p].apply(r);
        System.arraycopy(parts[p].z, 0, all, begin[p], parts[p].z.length);
    }

    private void gather(double[] r, double[] z, int block) {
        int[] first = ptr;
        int[] at = where;
        double[] from = all;
        for (int i = block * BLOCK, to = i + Math.min(BLOCK, size() - i); i < to; i++) {
            double sum = 0;
            for (int k = first[i]; k < first[i + 1]; k++) {
                sum += from[at[k]];
            }
            z[i] = sum; // Σ (R_iᵀ z_i)
        }
    }

    /** Whether a rebuild by this factory may take the subdomains over. */
    boolean madeBy(Schwarz other) {
        return factory.equals(other);
    }

    SparsityPattern pattern() {
        return pattern;
    }

    Subdomain[] parts() {
        return parts;
    }

    /** {@return the pool of the inner preconditioners, one thread} */
    WorkerPool alone() {
        return alone;
    }

    @Override
    public String name() {
        return factory.name();
    }

    @Override
    public String note() {
        int most = 0;
        for (Subdomain part : parts) {
            most = Math.max(most, part.rows.length);
        }
        return parts.length + (parts.length == 1 ? " subdomain" : " subdomains") + " with " + total
                + " rows, the largest with " + most;
    }

    /** Products with the matrices of subdomains, by their share of the rows. */
    @Override
    public long products() {
        double products = 0;
        for (Subdomain part : parts) {
            products += (double) part.inner().products() * part.rows.length / Math.max(1, size());
        }
        return Math.round(products);
    }

    @Override
    public double traffic() {
        double traffic = (all == null ? 0 : 20.0 * total) + 16.0 * size() + 16.0 * total;
        for (Subdomain part : parts) {
            traffic += part.inner().traffic();
        }
        return traffic;
    }

    @Override
    public double setupTraffic() {
        double traffic = 24.0 * pattern.nnz();
        for (Subdomain part : parts) {
            traffic += part.inner().setupTraffic();
        }
        return traffic;
    }

    @Override
    public long bytes() {
        long bytes = all == null ? 0 : 4L * begin.length + 4L * ptr.length + 12L * total;
        for (Subdomain part : parts) {
            bytes += part.bytes();
        }
        return bytes;
    }
}

package dev.ritz.krylov.tuning;

/**
 * A generator whose state is one number, so that it can be saved. Source: Steele, Lea &amp; Flood 2014,
 * doi:10.1145/2660193.2660195.
 */
final class SplitMix {
    private static final long GAMMA = 0x9e3779b97f4a7c15L;

    long state;

    SplitMix(long seed) {
        state = seed;
    }

    long nextLong() {
        state += GAMMA;
        return mix(state);
    }

    /** Uniform in [0, 1). */
    double nextDouble() {
        return (nextLong() >>> 11) * 0x1p-53;
    }

    static long mix(long z) {
        long a = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        long b = (a ^ (a >>> 27)) * 0x94d049bb133111ebL;
        return b ^ (b >>> 31);
    }
}

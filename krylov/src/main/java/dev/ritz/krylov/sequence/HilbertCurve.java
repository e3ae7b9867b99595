package dev.ritz.krylov.sequence;

/**
 * The position of a cell on the Hilbert curve through a cube of 2^b cells in each of d directions: cells that follow each
 * other share a face. Skilling 2004, "Programming the Hilbert curve", AIP Conf. Proc. 707, doi:10.1063/1.1751381.
 */
final class HilbertCurve {

    private HilbertCurve() {}

    /**
     * The position of a cell.
     *
     * @param x its coordinates, each from 0 to 2^b − 1; overwritten
     * @param bits b, with d · b at most 63
     * @return from 0 to 2^{d b} − 1
     */
    static long position(int[] x, int bits) {
        int d = x.length;
        for (int q = 1 << (bits - 1); q > 1; q >>= 1) { // undo the exchanges and inversions of each level
            int low = q - 1;
            for (int i = 0; i < d; i++) {
                if ((x[i] & q) != 0) {
                    x[0] ^= low;
                } else {
                    int exchange = (x[0] ^ x[i]) & low;
                    x[0] ^= exchange;
                    x[i] ^= exchange;
                }
            }
        }
        for (int i = 1; i < d; i++) { // Gray code
            x[i] ^= x[i - 1];
        }
        int flips = 0;
        for (int q = 1 << (bits - 1); q > 1; q >>= 1) {
            if ((x[d - 1] & q) != 0) {
                flips ^= q - 1;
            }
        }
        long position = 0;
        for (int bit = bits - 1; bit >= 0; bit--) {
            for (int i = 0; i < d; i++) {
                position = position << 1 | ((x[i] ^ flips) >> bit & 1);
            }
        }
        return position;
    }
}

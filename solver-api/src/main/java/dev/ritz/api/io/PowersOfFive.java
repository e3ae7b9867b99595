package dev.ritz.api.io;

import java.math.BigInteger;

/**
 * The leading 128 bits of 5^q for q from {@value #LEAST} to {@value #GREATEST}: truncated for q ≥ 0, rounded up for the
 * reciprocals, as the proof of the algorithm of {@link NumberParser#nearest} needs them. Source: Lemire 2021,
 * doi:10.1002/spe.2984; Mushtak and Lemire 2023, doi:10.1002/spe.3198.
 */
final class PowersOfFive {
    static final int LEAST = -342;
    static final int GREATEST = 308;

    private static final long[] HIGH = new long[GREATEST - LEAST + 1];
    private static final long[] LOW = new long[GREATEST - LEAST + 1];

    static {
        for (int q = LEAST; q <= GREATEST; q++) {
            BigInteger power = BigInteger.valueOf(5).pow(Math.abs(q));
            BigInteger bits;
            if (q < 0) {
                int z = power.subtract(BigInteger.ONE).bitLength();
                int shift = q >= -27 ? z + 127 : 2 * z + 128;
                bits = BigInteger.ONE.shiftLeft(shift).divide(power).add(BigInteger.ONE);
                bits = bits.shiftRight(Math.max(0, bits.bitLength() - 128));
            } else {
                int length = power.bitLength();
                bits = length <= 128 ? power.shiftLeft(128 - length) : power.shiftRight(length - 128);
            }
            HIGH[q - LEAST] = bits.shiftRight(64).longValue();
            LOW[q - LEAST] = bits.longValue();
        }
    }

    private PowersOfFive() {}

    static long high(int q) {
        return HIGH[q - LEAST];
    }

    static long low(int q) {
        return LOW[q - LEAST];
    }
}

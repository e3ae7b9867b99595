package dev.ritz.api.io;

import java.util.Arrays;

/** A buffer of whole lines, reused by one worker; every line ends with a newline and readable padding follows. */
final class Chunk {
    /** Lines start within this many bytes of text per chunk. */
    static final int SIZE = 1 << 18;
    /** The longest line among the entries. */
    static final int MAX_LINE = 1 << 16;

    byte[] bytes = new byte[0];
    /** First byte of the first line. */
    int start;
    /** After the last newline. */
    int end;
    /** Position in the file's order. */
    int index;
    /** The line that starts at {@link #end} is longer than {@link #MAX_LINE}. */
    boolean overlong;

    /** Makes room for text and padding. */
    void reserve(int text) {
        int needed = text + 1 + NumberParser.PADDING;
        if (bytes.length < needed) {
            bytes = Arrays.copyOf(bytes, needed);
        }
    }

    /** Gives text of the given length a last newline. */
    int closeLastLine(int length) {
        if (length > start && bytes[length - 1] != '\n') {
            bytes[length] = '\n';
            return length + 1;
        }
        return length;
    }
}

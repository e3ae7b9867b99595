package dev.ritz.api;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Bytes a piece of code allocates on the calling thread. */
public final class Allocation {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Allocation() {}

    /**
     * The least a call allocated in several; what the compiler or the measurement adds once does not count.
     *
     * @param call what to measure; warmed up first
     * @return bytes
     */
    public static long perCall(Runnable call) {
        for (int k = 0; k < 20; k++) {
            call.run();
        }
        long least = Long.MAX_VALUE;
        for (int k = 0; k < 20; k++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            call.run();
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }
}

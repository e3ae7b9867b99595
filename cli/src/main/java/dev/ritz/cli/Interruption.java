package dev.ritz.cli;

import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C and SIGTERM: the solve is asked to stop, its report is waited for, and the process ends with
 * the code of that report, mostly {@link ExitCode#CANCELLED}, instead of the status of a killed one.
 */
final class Interruption implements Watch {
    /** One iteration, or one build of a preconditioner, may take a while; nobody waits longer than this. */
    private static final long PATIENCE_SECONDS = 10;

    private final CountDownLatch reported = new CountDownLatch(1);
    private volatile boolean asked;
    private volatile boolean done;
    private volatile int code = ExitCode.CANCELLED.code();

    /** Installs the shutdown hook. */
    void install(PrintStream err) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> onSignal(err), "ritz-interruption"));
    }

    private void onSignal(PrintStream err) {
        if (done) {
            return; // an ordinary exit
        }
        asked = true;
        boolean inTime = false;
        try {
            inTime = reported.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!inTime) {
            err.println("ritz: cancelled; no iterate was ready within " + PATIENCE_SECONDS + " seconds");
        }
        err.flush();
        Runtime.getRuntime().halt(code);
    }

    @Override
    public boolean cancelled() {
        return asked;
    }

    /**
     * The report is out.
     *
     * @param exitCode what came of it: a solve may be over before it sees the wish to stop
     * @return whether the caller ends the process itself
     */
    boolean finished(int exitCode) {
        code = exitCode;
        boolean mine = !asked;
        done = mine;
        reported.countDown();
        return mine;
    }
}

package io.ristflow.service.cli;

/**
 * What the command line hands over to once everything the user wrote was read and found good. An implementation boots the host and returns the
 * process's exit status: 0 for an
 * orderly end, {@value #FAILED} for a failure while running. It says what failed in one line on standard error, beginning with {@code rist: }.
 */
public interface Launch {
    int OK = 0;
    int FAILED = 1;

    /** A mistake of the user; nothing was started. */
    int USAGE = 2;

    int run(RunOptions options);

    int demo(DemoOptions options);

    int bench(BenchOptions options);
}

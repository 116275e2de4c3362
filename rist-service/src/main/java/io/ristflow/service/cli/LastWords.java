package io.ristflow.service.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The one line that says why the process ends: {@code rist: …} on standard error, the last one there, plain whatever the log's format; and, in a container of Kubernetes, its termination message, which
 * {@code kubectl} and the operator show.
 */
public final class LastWords {
    private static final Path TERMINATION_LOG = Path.of("/dev/termination-log");
    /** Kubernetes' own limit of such a message. */
    private static final int MAX_BYTES = 4_096;

    private LastWords() {}

    /** @param message one line, without secrets */
    public static void say(PrintStream err, String message) {
        say(err, TERMINATION_LOG, message);
    }

    static void say(PrintStream err, Path terminationLog, String message) {
        String line = "rist: " + message;
        err.println(line);
        err.flush();
        // Only where somebody has put it for us: it is never made
        if (!Files.isRegularFile(terminationLog) || !Files.isWritable(terminationLog)) return;
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        try {
            Files.write(terminationLog, bytes.length <= MAX_BYTES ? bytes : java.util.Arrays.copyOf(bytes, MAX_BYTES), StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        } catch (IOException e) {
            // It stands in the log
        }
    }
}

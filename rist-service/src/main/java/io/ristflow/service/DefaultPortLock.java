package io.ristflow.service;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Who may take the default HTTP port, when several processes start at one time: looking whether it is free and binding it later would leave a gap in which two find it free. A file lock has none, and it
 * goes with the process.
 */
final class DefaultPortLock {
    /** Held for the life of the process. */
    private static FileLock held;

    private DefaultPortLock() {}

    static synchronized boolean acquire(int port) {
        if (held != null) return true;
        Path file = Path.of(System.getProperty("java.io.tmpdir"), "ristflow-http-" + port + ".lock");
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            held = channel.tryLock();
            if (held == null) channel.close();
            return held != null;
        } catch (IOException e) {
            // Another user's file, a read-only folder: then the default port is not ours to take.
            return false;
        }
    }
}

package io.ristflow.service.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The files that a listener looks users up in, one of each release's {@code ristsrppasswd}, whose formats differ. */
final class Verifiers {
    static final String USER = "alice";
    static final String PASSWORD = "pass-word";

    private static final Map<Peers, Path> FILES = new ConcurrentHashMap<>();

    private Verifiers() {}

    static Path file(Peers release) {
        return FILES.computeIfAbsent(release, Verifiers::make);
    }

    private static Path make(Peers release) {
        try {
            Path file = Files.createTempFile("verifiers-", ".txt");
            file.toFile().deleteOnExit();
            Process process = new ProcessBuilder(release.tool("ristsrppasswd"), USER, PASSWORD).redirectOutput(file.toFile()).redirectError(ProcessBuilder.Redirect.DISCARD).start();
            if (process.waitFor() != 0 || Files.size(file) == 0) throw new IllegalStateException("ristsrppasswd of " + release.version + " wrote nothing");
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

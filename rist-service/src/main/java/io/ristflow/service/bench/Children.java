package io.ristflow.service.bench;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The processes that a bench started: none outlives it, however it ends. Any thread. */
final class Children {
    private static final int PATIENCE_S = 5;

    private final List<Child> running = new ArrayList<>();
    private boolean over;

    /** A process, and what it says. */
    record Child(String name, Process process, Path log) {
        long pid() {
            return process.pid();
        }

        /** The last line it wrote, or how it ended. */
        String lastWords() {
            try {
                String said = Files.readString(log, StandardCharsets.ISO_8859_1).lines().filter(line -> !line.isBlank()).reduce((_, line) -> line).orElse("");
                return said.isEmpty() ? process.isAlive() ? "it said nothing" : "exit status " + process.exitValue() : said.strip();
            } catch (IOException e) {
                return "what it said could not be read";
            }
        }
    }

    /** @throws IllegalStateException one line, if it cannot be started */
    synchronized Child start(String name, List<String> command) {
        if (over) throw new IllegalStateException("the bench is ending");
        try {
            Path log = Files.createTempFile("rist-bench-", ".log");
            try {
                Process process = new ProcessBuilder(command).redirectInput(new File("/dev/null")).redirectErrorStream(true).redirectOutput(log.toFile()).start();
                Child child = new Child(name, process, log);
                running.add(child);
                return child;
            } catch (IOException e) {
                Files.deleteIfExists(log);
                throw e;
            }
        } catch (IOException e) {
            throw new IllegalStateException(name + " cannot be started: " + e.getMessage(), e);
        }
    }

    /** Removes a folder of files that children were told to read. */
    static void forget(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) Files.deleteIfExists(file);
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            // As with a log below: it harms nobody.
        }
    }

    /** Ends what runs: asked first, then forced. */
    synchronized void stopAll() {
        for (Child child : running) child.process().destroy();
        for (Child child : running) {
            try {
                if (!child.process().waitFor(PATIENCE_S, TimeUnit.SECONDS)) child.process().destroyForcibly();
                Files.deleteIfExists(child.log());
            } catch (InterruptedException e) {
                child.process().destroyForcibly();
                Thread.currentThread().interrupt();
            } catch (IOException e) {
                // A log that stays behind in the folder for such things harms nobody.
            }
        }
        running.clear();
    }

    /** The same, for good: a Ctrl-C may come in the middle of a row, and nothing more is to be started then. */
    synchronized void end() {
        over = true;
        stopAll();
    }

    synchronized boolean over() {
        return over;
    }
}

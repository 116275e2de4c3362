package io.ristflow.operator.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An external program, its output kept for the message of a failure; killed when closed. */
final class Program implements AutoCloseable {
    private static final int MAX_OUTPUT = 200_000;

    private final Process process;
    private final StringBuilder output = new StringBuilder();

    Program(List<String> command) {
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + command.getFirst(), e);
        }
        Thread.ofPlatform().daemon().name("output of " + command.getFirst()).start(this::read);
    }

    private void read() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) append(line);
        } catch (IOException e) {
            append("(its output ended: " + e.getMessage() + ")");
        }
    }

    private void append(String line) {
        synchronized (output) {
            output.append(line).append('\n');
            if (output.length() > MAX_OUTPUT) output.delete(0, output.length() - MAX_OUTPUT / 2);
        }
    }

    String output() {
        synchronized (output) {
            return output.toString();
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            // librist's tools may wait for a thread of theirs
            if (!process.waitFor(500, TimeUnit.MILLISECONDS)) process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}

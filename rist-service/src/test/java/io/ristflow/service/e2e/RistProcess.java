package io.ristflow.service.e2e;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code ./rist …} in a process of its own, as it was built; what it prints is kept, and it is killed when closed. */
final class RistProcess implements AutoCloseable {
    static final Path LAUNCHER = Path.of("..", "rist").toAbsolutePath().normalize();
    static final Path JAR = Path.of("target", "quarkus-app", "quarkus-run.jar").toAbsolutePath();

    private static final Pattern HTTP = Pattern.compile("health, metrics and REST: http://[^ \\n]*:([0-9]+)");

    private final Process process;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Thread outReader;
    private final Thread errReader;

    private RistProcess(ProcessBuilder builder) {
        if (!Files.exists(JAR)) throw new IllegalStateException(JAR + " is not there: build it first (./rist version, or mvn package)");
        // The tests' own JDK, and what was built: neither a build beside Maven's nor the seconds of a training run.
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        prepare(builder);
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + builder.command(), e);
        }
        // A test JVM that ends with crossings under way must not leave them behind.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        outReader = Thread.ofPlatform().daemon().name("stdout of rist").start(() -> keep(process.getInputStream(), out));
        errReader = Thread.ofPlatform().daemon().name("stderr of rist").start(() -> keep(process.getErrorStream(), err));
    }

    static void prepare(ProcessBuilder builder) {
        builder.environment().put("RIST_NO_BUILD", "1");
        builder.environment().put("RIST_AOT", "0");
    }

    static RistProcess start(String... arguments) {
        return start(List.of(), arguments);
    }

    /** @param prefix a command that ends in executing what follows it */
    static RistProcess start(List<String> prefix, String... arguments) {
        List<String> command = new ArrayList<>(prefix);
        // A shell that runs Maven in the background lets it, and all it starts, ignore Ctrl-C.
        command.addAll(List.of("env", "--default-signal=INT,TERM", LAUNCHER.toString()));
        command.addAll(List.of(arguments));
        return new RistProcess(new ProcessBuilder(command));
    }

    private void keep(InputStream from, ByteArrayOutputStream to) {
        byte[] buffer = new byte[1 << 16];
        try (from) {
            for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
                synchronized (this) {
                    to.write(buffer, 0, count);
                    notifyAll();
                }
            }
        } catch (IOException e) {
            // killed while it wrote: what came is kept
        }
    }

    /** Waits for a text on standard error. */
    void awaitErr(String text, long timeoutMs) throws InterruptedException {
        long untilNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        synchronized (this) {
            while (!err().contains(text)) {
                long leftMs = TimeUnit.NANOSECONDS.toMillis(untilNs - System.nanoTime());
                if (leftMs <= 0 || !process.isAlive() && !errReader.isAlive()) throw new AssertionError("'" + text + "' did not come within " + timeoutMs + " ms; standard error:\n" + err());
                wait(Math.min(leftMs, 100));
            }
        }
    }

    /** Waits until all flows run. */
    RistProcess awaitRunning() throws InterruptedException {
        awaitErr("ristflow.app flow ", 60_000);
        return this;
    }

    int httpPort() {
        Matcher matcher = HTTP.matcher(err());
        if (!matcher.find()) throw new AssertionError("no HTTP port in:\n" + err());
        return Integer.parseInt(matcher.group(1));
    }

    long pid() {
        return process.pid();
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    OutputStream in() {
        return process.getOutputStream();
    }

    void signal(String name) throws IOException, InterruptedException {
        int status = new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.pid()).inheritIO().start().waitFor();
        if (status != 0) throw new AssertionError("kill -" + name + " ended with " + status);
    }

    /** The exit status, when all that it printed has been read. */
    int awaitExit(long timeoutMs) throws InterruptedException {
        if (!process.waitFor(timeoutMs, TimeUnit.MILLISECONDS)) throw new AssertionError("still running after " + timeoutMs + " ms; standard error:\n" + err());
        outReader.join(5_000);
        errReader.join(5_000);
        return process.exitValue();
    }

    synchronized String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    synchronized byte[] out() {
        return out.toByteArray();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package io.ristflow.service.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** From a process' start to its readiness, of one receiving flow of ours: with the ahead-of-time cache, and without. */
final class StartTrial {
    private static final long PATIENCE_NS = 30_000_000_000L;
    private static final int LOOK_MS = 5;
    private static final int ANSWER_PATIENCE_MS = 2_000;
    static final double SECONDS_EACH = 3;

    /**
     * Medians of all starts of one kind.
     *
     * @param boundMs until the flow's RIST port was open; {@code readyMs} until {@code /q/health/ready} answered 200; {@code slowestReadyMs} of the slowest
     * @param cpuMs run time of the process until then, of all cores; {@code rssMib} its resident memory then
     */
    record Figure(boolean cached, int starts, double boundMs, double readyMs, double slowestReadyMs, double cpuMs, double rssMib) {}

    private record Start(double boundMs, double readyMs, double cpuMs, double rssMib) {}

    private final Trials trials;
    private final Results results;

    StartTrial(Trials trials, Results results) {
        this.trials = trials;
        this.results = results;
    }

    void run() throws InterruptedException {
        trials.report().startsBegin();
        for (boolean cached : new boolean[] {true, false}) {
            List<Start> starts = new ArrayList<>();
            for (int i = 0; i < trials.options().starts() && !trials.children().over(); i++) {
                try {
                    Optional<Start> start = one(cached);
                    if (start.isEmpty()) break;
                    starts.add(start.get());
                } catch (Measurement.Failed e) {
                    if (!trials.failed("", e)) return;
                    break;
                }
            }
            if (starts.isEmpty()) {
                if (cached) trials.report().note("with the ahead-of-time cache: not measured, as this process was started without one (./rist makes it)");
                continue;
            }
            Figure figure = figure(cached, starts);
            results.starts().add(figure);
            trials.report().start(figure);
        }
    }

    private static Figure figure(boolean cached, List<Start> starts) {
        double[] ready = starts.stream().mapToDouble(Start::readyMs).sorted().toArray();
        return new Figure(cached, starts.size(), Cell.median(starts.stream().mapToDouble(Start::boundMs).toArray()), Cell.median(ready), ready[ready.length - 1], Cell.median(starts.stream().mapToDouble(Start::cpuMs).toArray()),
                Cell.median(starts.stream().mapToDouble(Start::rssMib).toArray()));
    }

    private Optional<Start> one(boolean cached) throws Measurement.Failed, InterruptedException {
        List<Integer> ports = Ports.even(2);
        int listen = ports.getFirst();
        int http = freeTcpPort();
        Optional<List<String>> command = trials.ours().timedStart(listen, ports.getLast(), http, cached);
        if (command.isEmpty()) return Optional.empty();
        try {
            long beganNs = System.nanoTime();
            Children.Child child = trials.children().start(trials.ours().who(), command.get());
            double boundMs = 0;
            while (true) {
                if (boundMs == 0 && ProcFiles.boundUdpPorts().contains(listen)) boundMs = (System.nanoTime() - beganNs) / 1e6;
                if (boundMs != 0 && ready(http)) break;
                if (!child.process().isAlive()) throw new Measurement.Failed(child.name() + " ended: " + child.lastWords());
                if (System.nanoTime() - beganNs > PATIENCE_NS) throw new Measurement.Failed(child.name() + " was not ready within " + PATIENCE_NS / 1_000_000_000 + " s: " + child.lastWords());
                Thread.sleep(LOOK_MS);
            }
            double readyMs = (System.nanoTime() - beganNs) / 1e6;
            return Optional.of(new Start(boundMs, readyMs, ProcessClock.cpuNs(child.pid()) / 1e6, ProcFiles.memory(child.pid()).rssKib() / 1024.0));
        } catch (IllegalStateException e) {
            throw new Measurement.Failed(e.getMessage());
        } finally {
            trials.children().stopAll();
        }
    }

    /** Nobody listens yet, or the answer is not 200: not ready. */
    private static boolean ready(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), ANSWER_PATIENCE_MS);
            socket.setSoTimeout(ANSWER_PATIENCE_MS);
            socket.getOutputStream().write(("GET /q/health/ready HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            return new String(in.readNBytes(12), StandardCharsets.US_ASCII).endsWith(" 200");
        } catch (IOException e) {
            return false;
        }
    }

    private static int freeTcpPort() throws Measurement.Failed {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new Measurement.Failed("no TCP port can be had: " + e.getMessage());
        }
    }
}

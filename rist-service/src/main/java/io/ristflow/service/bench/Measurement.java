package io.ristflow.service.bench;

import io.ristflow.core.base.Ticks;
import io.ristflow.core.config.Profile;
import io.ristflow.service.bench.Children.Child;
import io.ristflow.service.cli.BenchOptions;
import io.ristflow.service.demo.BadPath;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * One row of one contender, once: generator -> sending end -> (bad path) -> receiving end -> sink, for one flow or for many.
 *
 * <pre>
 *   start both ends, wait for their ports | settle | stream: warm-up | counted part | a little more | wait for what is under way
 * </pre>
 *
 * The stream goes on a little beyond the counted part, so that neither an end's idle timers nor its last packets colour the figures.
 */
final class Measurement {
    /** What starting and ending take besides warm-up, counted part and buffer, about: for the forecast alone. */
    static final double OVERHEAD_SECONDS = 3;

    private static final int LEAST_BANDWIDTH_KBPS = 100_000;
    private static final int BOUND_PATIENCE_MS = 20_000;
    private static final int FIRST_PACKET_PATIENCE_MS = 10_000;
    private static final int SETTLE_MS = 1_000;
    private static final int MARGIN_MS = 20;
    private static final int TRAIL_MS = 300;
    private static final int TAIL_PATIENCE_MS = 1_000;
    private static final long PATH_SEED = 1;

    /** Why a row has no figures; one line. */
    static final class Failed extends Exception {
        private static final long serialVersionUID = 1;

        Failed(String message) {
            super(message);
        }
    }

    /**
     * What is to be measured.
     *
     * @param row {@code mbps} of each flow
     * @param seconds counted, after {@code warmupSeconds}
     * @param amongMany a row of the table of many flows, of one flow too
     */
    record Task(BenchOptions.Row row, int flows, int warmupSeconds, int seconds, boolean amongMany) {}

    /** The processes of both ends, running. */
    private record Ends(List<Child> senders, List<Child> receivers, Set<Integer> mediaPorts, Set<Integer> listenPorts) {
        List<Child> all() {
            List<Child> all = new ArrayList<>(senders);
            all.addAll(receivers);
            return all;
        }
    }

    /** What the kernel's books say at one moment. */
    private record Books(long atNs, long cpuNs, long ticks) {
        static Books of(List<Child> processes) {
            return new Books(System.nanoTime(), processes.stream().mapToLong(child -> ProcessClock.cpuNs(child.pid())).sum(), processes.stream().mapToLong(child -> ProcFiles.cpuTicks(child.pid())).sum());
        }

        Figures.End until(List<Child> processes, long packets) {
            Books now = of(processes);
            return Figures.End.of(processes.size(), now.cpuNs - cpuNs, now.ticks - ticks, now.atNs - atNs, packets);
        }
    }

    private final BenchOptions options;
    private final Children children;

    Measurement(BenchOptions options, Children children) {
        this.options = options;
        this.children = children;
    }

    Figures of(Contender contender, Task task) throws Failed, InterruptedException {
        Path folder = null;
        try (Sink sink = new Sink(task.flows())) {
            folder = Files.createTempDirectory("rist-bench-");
            return run(contender, task, sink, folder);
        } catch (IOException | IllegalStateException e) {
            throw new Failed(e.getMessage());
        } finally {
            children.stopAll();
            if (folder != null) Children.forget(folder);
        }
    }

    private Figures run(Contender contender, Task task, Sink sink, Path folder) throws IOException, Failed, InterruptedException {
        BenchOptions.Row row = task.row();
        Contender.Link link = new Contender.Link(row, options.bufferMs(), (int) Math.max(LEAST_BANDWIDTH_KBPS, 3_000 * row.mbps()), row.aesBits() == 0 ? "" : secret(), task.amongMany() && options.flows().together());
        List<Contender.Wire> wires = wires(task.flows());
        BadPath path = options.direct() || task.flows() > 1 ? null : badPath(wires.getFirst().listenPort(), row);
        try (path) {
            if (path != null) wires = List.of(new Contender.Wire(wires.getFirst().mediaPort(), path.port(), wires.getFirst().listenPort()));
            Ends ends = start(children, contender, link, wires, sink.port(), folder);
            Thread.sleep(SETTLE_MS);
            try (Generator generator = new Generator(wires.stream().mapToInt(Contender.Wire::mediaPort).toArray(), row.mbps())) {
                return stream(generator, sink, ends, path, task);
            }
        }
    }

    private static Ends start(Children children, Contender contender, Contender.Link link, List<Contender.Wire> wires, int sinkPort, Path folder) throws IOException, Failed, InterruptedException {
        Set<Integer> listenPorts = new HashSet<>(wires.stream().map(Contender.Wire::listenPort).toList());
        Set<Integer> mediaPorts = new HashSet<>(wires.stream().map(Contender.Wire::mediaPort).toList());
        List<Child> receivers = start(children, contender.who() + "'s receiver", contender.receivers(link, wires, sinkPort, folder));
        awaitBound(receivers, listenPorts);
        List<Child> senders = start(children, contender.who() + "'s sender", contender.senders(link, wires, folder));
        awaitBound(senders.isEmpty() ? receivers : senders, mediaPorts);
        return new Ends(senders, receivers, mediaPorts, listenPorts);
    }

    /**
     * Both ends of idle flows: started, connected, never fed.
     *
     * @return memory of sending and receiving end together after {@code seconds}, KiB
     */
    ProcFiles.Memory idle(Contender contender, BenchOptions.Row row, int flows, int seconds) throws Failed, InterruptedException {
        Path folder = null;
        try {
            folder = Files.createTempDirectory("rist-bench-");
            Contender.Link link = new Contender.Link(row, options.bufferMs(), LEAST_BANDWIDTH_KBPS, row.aesBits() == 0 ? "" : secret(), options.flows().together());
            List<Contender.Wire> wires = wires(flows);
            Ends ends = start(children, contender, link, wires, Ports.even(1).getFirst(), folder);
            Thread.sleep(seconds * 1_000L);
            check(null, ends);
            return memory(ends.all());
        } catch (IOException | IllegalStateException e) {
            throw new Failed(e.getMessage());
        } finally {
            children.stopAll();
            if (folder != null) Children.forget(folder);
        }
    }

    private static List<Contender.Wire> wires(int flows) {
        List<Integer> ports = Ports.even(2 * flows);
        List<Contender.Wire> wires = new ArrayList<>();
        for (int i = 0; i < flows; i++) wires.add(new Contender.Wire(ports.get(2 * i), ports.get(2 * i + 1), ports.get(2 * i + 1)));
        return wires;
    }

    private BadPath badPath(int port, BenchOptions.Row row) {
        return new BadPath(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), row.profile() == Profile.SIMPLE ? 2 : 1, new BadPath.Manners(options.lossPercent() / 100, 1, options.delayMs(), PATH_SEED));
    }

    private Figures stream(Generator generator, Sink sink, Ends ends, BadPath path, Task task) throws IOException, Failed, InterruptedException {
        for (int waitedMs = 0; sink.reached() < 0; waitedMs += 20) {
            check(generator, ends);
            if (waitedMs > FIRST_PACKET_PATIENCE_MS + options.bufferMs()) throw new Failed(silence(sink, ends, waitedMs, task));
            Thread.sleep(20);
        }
        Thread.sleep(task.warmupSeconds() * 1_000L);
        long margin = Math.round(task.row().mbps() * 1e3 * MARGIN_MS / (Generator.DATAGRAM_BYTES * 8)) + 1;

        // The generator's signals take turns, so one number of a stamp holds for all of them.
        long from = generator.sent() / task.flows() + margin;
        sink.countFrom(from);
        long sinkDrops = ProcFiles.dropsAtPort(sink.port());
        long senderDrops = ProcFiles.dropsAtPorts(ends.mediaPorts());
        long receiverDrops = ProcFiles.dropsAtPorts(ends.listenPorts());
        long generatorNs = generator.cpuNs(), sinkNs = sink.cpuNs(), reads = sink.calls(), read = sink.datagrams();
        Books senderBooks = Books.of(ends.senders());
        Books receiverBooks = Books.of(ends.receivers());
        long sentBefore = generator.sent();
        Thread.sleep(task.seconds() * 1_000L);
        check(generator, ends);
        long packets = generator.sent() - sentBefore;
        Figures.End sender = senderBooks.until(ends.senders(), packets);
        Figures.End receiver = receiverBooks.until(ends.receivers(), packets);
        double offeredMbps = packets * Generator.DATAGRAM_BYTES * 8e3 / (System.nanoTime() - receiverBooks.atNs());
        Figures.Own own = new Figures.Own((generator.cpuNs() - generatorNs) / 1e3 / Math.max(1, packets), (sink.cpuNs() - sinkNs) / 1e3 / Math.max(1, packets), (sink.datagrams() - read) / (double) Math.max(1, sink.calls() - reads));
        long to = generator.sent() / task.flows() + margin;
        sink.countTo(to);

        Thread.sleep(TRAIL_MS);
        // Before the stream ends: a receiver whose stream ends lets go of memory.
        sender = sender.with(memory(ends.senders()));
        receiver = receiver.with(memory(ends.receivers()));
        drain(generator, sink, task);
        sinkDrops = ProcFiles.dropsAtPort(sink.port()) - sinkDrops;
        senderDrops = ProcFiles.dropsAtPorts(ends.mediaPorts()) - senderDrops;
        receiverDrops = ProcFiles.dropsAtPorts(ends.listenPorts()) - receiverDrops;
        sink.close();
        long sent = (to - from) * task.flows();
        BadPath.Counts counts = path == null ? new BadPath.Counts(0, 0, 0, 0) : path.counts();
        // What overflowed in front of the checker had come out of the receiving end.
        return new Figures(task.flows(), sent, offeredMbps, Math.max(0, sent - sink.received() - sinkDrops), sinkDrops, sink.duplicated(), sink.outOfOrder(), sink.corrupted(), counts.forwardLost() + counts.backLost(), senderDrops, receiverDrops,
                sender, receiver, sink.latency(), sink.spacing(), own);
    }

    private void drain(Generator generator, Sink sink, Task task) throws InterruptedException {
        generator.close();
        long last = generator.sent() / task.flows() - 1;
        long patience = System.nanoTime() + (options.bufferMs() + 4L * options.delayMs() + TAIL_PATIENCE_MS) * Ticks.NS_PER_MS;
        while (sink.reached() < last && System.nanoTime() < patience) Thread.sleep(20);
    }

    private static String silence(Sink sink, Ends ends, int waitedMs, Task task) {
        String nothing = task.flows() == 1 ? "nothing arrived" : "nothing arrived of " + sink.silent() + " of " + task.flows() + " flows";
        String sender = ends.senders().isEmpty() ? "" : "; sender: " + ends.senders().getFirst().lastWords();
        return nothing + " within " + waitedMs / 1_000 + " s" + sender + "; receiver: " + ends.receivers().getFirst().lastWords();
    }

    private static ProcFiles.Memory memory(List<Child> processes) {
        return processes.stream().map(child -> ProcFiles.memory(child.pid())).reduce(new ProcFiles.Memory(0, 0, 0), ProcFiles.Memory::plus);
    }

    private static List<Child> start(Children children, String name, List<List<String>> commands) {
        List<Child> started = new ArrayList<>();
        for (List<String> command : commands) started.add(children.start(name, command));
        return started;
    }

    private static void awaitBound(List<Child> processes, Set<Integer> ports) throws Failed, InterruptedException {
        for (int waitedMs = 0; !ProcFiles.boundUdpPorts().containsAll(ports); waitedMs += 20) {
            for (Child child : processes) if (!child.process().isAlive()) throw new Failed(child.name() + " ended: " + child.lastWords());
            if (waitedMs > BOUND_PATIENCE_MS) throw new Failed(processes.getFirst().name() + " did not open its ports within " + BOUND_PATIENCE_MS / 1_000 + " s: " + processes.getFirst().lastWords());
            Thread.sleep(20);
        }
    }

    /** @param generator null: there is none */
    private static void check(Generator generator, Ends ends) throws Failed {
        if (generator != null && generator.failure() != null) throw new Failed("the generator could not go on: " + generator.failure().getMessage());
        for (Child end : ends.all()) if (!end.process().isAlive()) throw new Failed(end.name() + " ended: " + end.lastWords());
    }

    /** Nobody needs to know it: it lives as long as the row. */
    private static String secret() {
        byte[] bytes = new byte[16];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}

package io.ristflow.service.bench;

import io.ristflow.core.base.Ticks;
import io.ristflow.core.config.Profile;
import io.ristflow.service.bench.Children.Child;
import io.ristflow.service.cli.BenchOptions;
import io.ristflow.service.demo.BadPath;
import io.ristflow.service.demo.FreePorts;
import io.ristflow.service.media.CheckerReport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * One row of one contender: generator -> sending end -> (bad path) -> receiving end -> sink.
 *
 * <pre>
 *   start both ends, wait for their ports | settle | stream: warm-up | counted part | a little more | wait for what is under way
 * </pre>
 *
 * The stream goes on a little beyond the counted part, so that neither an end's idle timers nor its last packets colour the figures.
 */
final class Measurement {
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

    private final BenchOptions options;
    private final Children children;

    Measurement(BenchOptions options, Children children) {
        this.options = options;
        this.children = children;
    }

    Figures of(Contender contender, BenchOptions.Row row) throws Failed, InterruptedException {
        try (Sink sink = new Sink()) {
            return run(contender, row, sink);
        } catch (IOException | IllegalStateException e) {
            throw new Failed(e.getMessage());
        } finally {
            children.stopAll();
        }
    }

    private Figures run(Contender contender, BenchOptions.Row row, Sink sink) throws IOException, Failed, InterruptedException {
        Contender.Link link = new Contender.Link(row, options.bufferMs(), (int) Math.max(LEAST_BANDWIDTH_KBPS, 3_000 * row.mbps()), row.aesBits() == 0 ? "" : secret());
        InetSocketAddress listen = FreePorts.pair();
        int media = FreePorts.pair().getPort();
        Child receiver = children.start(contender.who() + "'s receiver", contender.receiver(link, listen.getPort(), sink.port()));
        awaitBound(receiver, listen.getPort());
        try (BadPath path = options.direct() ? null : badPath(listen, row)) {
            Child sender = children.start(contender.who() + "'s sender", contender.sender(link, media, path == null ? listen.getPort() : path.port()));
            awaitBound(sender, media);
            Thread.sleep(SETTLE_MS);
            try (Generator generator = new Generator(media, row.mbps())) {
                return stream(generator, sink, sender, receiver, path, row);
            }
        }
    }

    private BadPath badPath(InetSocketAddress target, BenchOptions.Row row) {
        return new BadPath(new InetSocketAddress(InetAddress.getLoopbackAddress(), target.getPort()), row.profile() == Profile.SIMPLE ? 2 : 1,
                new BadPath.Manners(options.lossPercent() / 100, 1, options.delayMs(), PATH_SEED));
    }

    private Figures stream(Generator generator, Sink sink, Child sender, Child receiver, BadPath path, BenchOptions.Row row) throws IOException, Failed, InterruptedException {
        for (int waitedMs = 0; sink.highest() < 0; waitedMs += 20) {
            check(generator, sender, receiver);
            if (waitedMs > FIRST_PACKET_PATIENCE_MS + options.bufferMs()) throw new Failed("nothing arrived within " + waitedMs / 1_000 + " s; sender: " + sender.lastWords() + "; receiver: " + receiver.lastWords());
            Thread.sleep(20);
        }
        Thread.sleep(options.warmupSeconds() * 1_000L);
        long margin = Math.round(row.mbps() * 1e3 * MARGIN_MS / (Generator.DATAGRAM_BYTES * 8)) + 1;

        long from = generator.sent() + margin;
        sink.countFrom(from);
        long dropsBefore = ProcFiles.dropsAtPort(sink.port());
        long senderTicks = ProcFiles.cpuTicks(sender.pid());
        long receiverTicks = ProcFiles.cpuTicks(receiver.pid());
        long beganNs = System.nanoTime();
        long sentBefore = generator.sent();
        Thread.sleep(options.seconds() * 1_000L);
        check(generator, sender, receiver);
        senderTicks = ProcFiles.cpuTicks(sender.pid()) - senderTicks;
        receiverTicks = ProcFiles.cpuTicks(receiver.pid()) - receiverTicks;
        long packets = generator.sent() - sentBefore;
        double offeredMbps = packets * Generator.DATAGRAM_BYTES * 8e3 / (System.nanoTime() - beganNs);
        long to = generator.sent() + margin;
        sink.countTo(to);

        Thread.sleep(TRAIL_MS);
        // Before the stream ends: a receiver whose stream ends lets go of memory, but its peak stays.
        Figures.End senderEnd = Figures.End.of(senderTicks, packets, ProcFiles.peakRssKib(sender.pid()));
        Figures.End receiverEnd = Figures.End.of(receiverTicks, packets, ProcFiles.peakRssKib(receiver.pid()));
        long sentAtLast = generator.sent();
        generator.close();
        long patience = System.nanoTime() + (options.bufferMs() + 4L * options.delayMs() + TAIL_PATIENCE_MS) * Ticks.NS_PER_MS;
        while (sink.highest() < sentAtLast - 1 && System.nanoTime() < patience) Thread.sleep(20);
        long dropped = ProcFiles.dropsAtPort(sink.port()) - dropsBefore;
        sink.close();
        return figures(sink, to - from, offeredMbps, dropped, path, senderEnd, receiverEnd);
    }

    private static Figures figures(Sink sink, long sent, double offeredMbps, long dropped, BadPath path, Figures.End sender, Figures.End receiver) {
        BadPath.Counts counts = path == null ? new BadPath.Counts(0, 0, 0, 0) : path.counts();
        CheckerReport report = sink.report();
        // What overflowed in front of the checker had come out of the receiving end.
        long lost = Math.max(0, sent - sink.received() - dropped);
        return new Figures(sent, offeredMbps, lost, dropped, sink.duplicated(), report.outOfOrder(), report.corrupted(), counts.forwardLost() + counts.backLost(), sender, receiver, sink.latency(), sink.spacing());
    }

    private static void awaitBound(Child child, int port) throws Failed, InterruptedException {
        for (int waitedMs = 0; !ProcFiles.udpPortIsBound(port); waitedMs += 20) {
            if (!child.process().isAlive()) throw new Failed(child.name() + " ended: " + child.lastWords());
            if (waitedMs > BOUND_PATIENCE_MS) throw new Failed(child.name() + " did not open its port within " + BOUND_PATIENCE_MS / 1_000 + " s: " + child.lastWords());
            Thread.sleep(20);
        }
    }

    private static void check(Generator generator, Child... ends) throws Failed {
        if (generator.failure() != null) throw new Failed("the generator could not go on: " + generator.failure().getMessage());
        for (Child end : ends) if (!end.process().isAlive()) throw new Failed(end.name() + " ended: " + end.lastWords());
    }

    /** Nobody needs to know it: it lives as long as the row. */
    private static String secret() {
        byte[] bytes = new byte[16];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}

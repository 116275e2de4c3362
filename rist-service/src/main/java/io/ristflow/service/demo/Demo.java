package io.ristflow.service.demo;

import io.ristflow.core.api.ReceiverStats;
import io.ristflow.core.config.Profile;
import io.ristflow.core.config.ReceiverConfig;
import io.ristflow.core.config.RecoveryConfig;
import io.ristflow.core.config.Role;
import io.ristflow.core.config.SenderConfig;
import io.ristflow.core.config.SessionConfig;
import io.ristflow.service.cli.DemoOptions;
import io.ristflow.service.config.Endpoint;
import io.ristflow.service.config.FlowSpec;
import io.ristflow.service.media.CheckerReport;
import io.ristflow.service.media.StreamChecker;
import io.ristflow.service.runtime.FlowRegistry;
import io.ristflow.service.runtime.FlowSnapshot;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;

/** Runs the two flows and the path between them, prints a line a second, and judges what arrived. */
public final class Demo {
    private static final String SENDER = "demo-sender";
    private static final String RECEIVER = "demo-receiver";
    private static final long LINE_MS = 1_000;

    private final FlowRegistry flows;
    private final PrintStream out;

    public Demo(FlowRegistry flows, PrintStream out) {
        this.flows = flows;
        this.out = out;
    }

    /** @return the exit status: 0 if everything that was sent arrived, whole and in order */
    public int run(DemoOptions settings) throws InterruptedException {
        int ports = settings.profile() == Profile.SIMPLE ? 2 : 1;
        InetSocketAddress listen = FreePorts.pair();
        flows.start(receiver(settings, listen));
        try (BadPath path = new BadPath(listen, ports, new BadPath.Manners(settings.lossPercent() / 100, 1, settings.delayMs(), settings.seed()))) {
            flows.start(sender(settings, new InetSocketAddress(listen.getAddress(), path.port())));
            out.printf(Locale.ROOT, "%.0f Mb/s test signal -> RIST %s%s -> path losing %.1f %% both ways, %d ms each way -> RIST, %d ms buffer -> checker%n",
                    settings.mbps(), settings.profile().name().toLowerCase(Locale.ROOT), settings.psk() == null ? "" : " (AES-256)", settings.lossPercent(), settings.delayMs(), settings.bufferMs());
            out.printf("%6s %9s %8s %13s %10s %9s %11s%n", "time", "bitrate", "RTT", "lost on path", "recovered", "residual", "buffer");
            long begin = System.nanoTime();
            for (int line = 1; line * LINE_MS <= settings.seconds() * 1_000L; line++) {
                sleepUntil(begin + line * LINE_MS * 1_000_000);
                printLine(line, path);
            }
            long sent = stopSender();
            awaitTail(sent, settings);
            CheckerReport report = report();
            ReceiverStats.Flow flow = receiverFlow();
            BadPath.Counts counts = path.counts();
            flows.drain(RECEIVER);
            return judge(sent, report, flow, counts);
        }
    }

    private void printLine(int second, BadPath path) {
        ReceiverStats.Flow flow = receiverFlow();
        if (flow == null) {
            out.printf("%5ds  connecting%n", second);
            return;
        }
        out.printf(Locale.ROOT, "%5ds %4.1f Mb/s %5.1f ms %13d %10d %9d %6.0f ms%n",
                second, flow.payloadBitrateBps() / 1e6, flow.rttNs() / 1e6, path.counts().forwardLost(), flow.recovered(), flow.lost(), flow.avgBufferTimeNs() / 1e6);
    }

    /** Ends the signal; the sender stays for what may still be asked for. @return datagrams of the signal */
    private long stopSender() {
        flows.stopInput(SENDER);
        return flows.snapshot(SENDER).orElseThrow().inputs().getFirst().media().packets();
    }

    private void awaitTail(long sent, DemoOptions settings) throws InterruptedException {
        long patience = System.nanoTime() + (long) ((settings.bufferMs() + 4 * settings.delayMs() + 1_000) * 1e6);
        while (report().stamps() < sent && System.nanoTime() < patience) Thread.sleep(20);
        flows.drain(SENDER);
    }

    private CheckerReport report() {
        return flows.ofOutputs(RECEIVER, outputs -> ((StreamChecker) outputs.getFirst()).report()).orElseThrow();
    }

    private ReceiverStats.Flow receiverFlow() {
        FlowSnapshot.RistReceiverView rist = flows.snapshot(RECEIVER).orElseThrow().inputs().getFirst().rist();
        return rist.stats().flows().isEmpty() ? null : rist.stats().flows().getFirst();
    }

    private int judge(long sent, CheckerReport report, ReceiverStats.Flow flow, BadPath.Counts counts) {
        long residual = sent - (report.stamps() - report.duplicated());
        long forward = counts.forwardPassed() + counts.forwardLost();
        boolean whole = residual == 0 && report.clean();
        out.println();
        out.printf(Locale.ROOT, "sent %d datagrams, the path lost %d of %d (%.1f %%), recovered %d, residual loss %d%n",
                sent, counts.forwardLost(), forward, forward == 0 ? 0 : 100.0 * counts.forwardLost() / forward, flow == null ? 0 : flow.recovered(), residual);
        out.printf(Locale.ROOT, "out of order %d, duplicated %d, corrupted %d, continuity errors %d; latency p50 %.0f ms, p99.9 %.0f ms%n",
                report.outOfOrder(), report.duplicated(), report.corrupted(), report.continuityErrors(), report.latencyP50Ns() / 1e6, report.latencyP999Ns() / 1e6);
        out.println(whole ? "Everything arrived, whole and in order." : "NOT everything arrived: see the figures above.");
        return whole ? 0 : 1;
    }

    private static FlowSpec receiver(DemoOptions settings, InetSocketAddress listen) {
        Endpoint.RistPath path = new Endpoint.RistPath("demo", listen, null, Endpoint.Network.DEFAULT, 0, 0);
        ReceiverConfig config = new ReceiverConfig(session(settings, Role.LISTENER), ReceiverConfig.NackType.RANGE, 1);
        return new FlowSpec(RECEIVER,
                List.of(new FlowSpec.Named("in", new Endpoint.RistInput("rist://@" + text(listen), config, List.of(path)))),
                List.of(new FlowSpec.Named("out", new Endpoint.Check("check:"))));
    }

    private static FlowSpec sender(DemoOptions settings, InetSocketAddress to) {
        InetSocketAddress any = new InetSocketAddress(to.getAddress(), 0);
        Endpoint.RistPath path = new Endpoint.RistPath("demo", any, to, Endpoint.Network.DEFAULT, 0, 0);
        SenderConfig config = new SenderConfig(session(settings, Role.CALLER), 0, false, true);
        return new FlowSpec(SENDER,
                List.of(new FlowSpec.Named("in", new Endpoint.TestSignal("test:", settings.mbps(), 1_316, 0))),
                List.of(new FlowSpec.Named("out", new Endpoint.RistOutput("rist://" + text(to), config, List.of(path)))));
    }

    private static SessionConfig session(DemoOptions settings, Role role) {
        RecoveryConfig recovery = RecoveryConfig.DEFAULT.withBufferMs(settings.bufferMs(), settings.bufferMs());
        return new SessionConfig(settings.profile(), role, role == Role.CALLER ? 1 : 0, recovery, settings.psk(),
                SessionConfig.DEFAULT_SESSION_TIMEOUT_MS, SessionConfig.DEFAULT_KEEPALIVE_INTERVAL_MS, "ristflow-demo", SessionConfig.DEFAULT_VIRT_DST_PORT);
    }

    private static String text(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    private static void sleepUntil(long ns) throws InterruptedException {
        long ms = (ns - System.nanoTime()) / 1_000_000;
        if (ms > 0) Thread.sleep(ms);
    }
}

package io.ristflow.service.observe;

import io.ristflow.core.api.Fault;
import io.ristflow.core.api.KeyStats;
import io.ristflow.core.api.Parity;
import io.ristflow.core.api.PathStats;
import io.ristflow.core.api.ReceiverStats;
import io.ristflow.core.api.SenderStats;
import io.ristflow.service.config.InputPolicy;
import io.ristflow.service.inputs.Merge;
import io.ristflow.service.media.MediaInput.InputStats;
import io.ristflow.service.media.MediaOutput.OutputStats;
import io.ristflow.service.net.PortStats;
import io.ristflow.service.runtime.FlowSnapshot;
import io.ristflow.service.runtime.FlowSnapshot.ConnectionsView;
import io.ristflow.service.runtime.FlowSnapshot.FaultView;
import io.ristflow.service.runtime.FlowSnapshot.InputView;
import io.ristflow.service.runtime.FlowSnapshot.KeyView;
import io.ristflow.service.runtime.FlowSnapshot.JoinView;
import io.ristflow.service.runtime.FlowSnapshot.OutputView;
import io.ristflow.service.runtime.FlowSnapshot.PathView;
import io.ristflow.service.runtime.FlowSnapshot.RistReceiverView;
import io.ristflow.service.runtime.FlowSnapshot.RistSenderView;
import io.ristflow.service.runtime.FlowSnapshot.State;
import io.ristflow.service.runtime.FlowSnapshot.SwitchView;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Hand-made flows. No two figures of one record are alike, so that a swapped pair shows. */
public final class Snapshots {
    private Snapshots() {}

    /** Above 2^31, so negative as an int. */
    public static final int FLOW_ID = (int) 3_000_000_002L;

    public static final Instant START = Instant.parse("2026-11-23T10:00:00Z");

    /** RIST in (Main, listening, two paths, the second silent, a fault on a third address) to UDP and a RIST output. {@code n} is added to every count. */
    public static FlowSnapshot studio(long n) {
        return studio(State.RUNNING, List.of(), n);
    }

    public static FlowSnapshot studio(State state, List<String> degraded, long n) {
        List<PathView> in = List.of(
                path("fibre", "198.51.100.9:41210", received(0, PathStats.State.CONNECTED, 24_000_000, 8_000_000, n)),
                path("lte", "203.0.113.7:50001", received(1, PathStats.State.SILENT, 900_000_000, 0, n)));
        var receiver = new RistReceiverView(
                "main", true, "0.0.0.0:5000", new ReceiverStats(1, "main", List.of(receivedFlow(n)), List.of(), Map.of(Fault.AES_SIZE_MISMATCH, 77 + n)),
                in, List.of(port(n)), true,
                List.of(new FaultView(Fault.AES_SIZE_MISMATCH, "fibre", "192.0.2.44:6000", "the peer encrypts with AES-128, this flow with AES-256", START, null)),
                List.of(new KeyView("main", "", new KeyStats(-1, 256, true, Parity.ODD, false, 4 + n, 12_500_000_000L))), null,
                new ConnectionsView(1, 811 + n, 812 + n, 813 + n, 814 + n, START.plusSeconds(1), START.plusSeconds(2), "said farewell"));
        var sender = new RistSenderView(
                "simple", false, "10.0.0.5:40000",
                new SenderStats(1, "simple", FLOW_ID, 5001 + n, 6_600_001 + n, 3, 4 + n, 1001, 1_317_316, 1_100_000_000L, 790, 4_640_000, List.of(), Map.of()),
                List.of(path("direct", "b.example:6000", sent(n))), List.of(port(n), port(n)), true, List.of(), List.of(),
                new FlowSnapshot.OutOfBandView("127.0.0.1:7001", "127.0.0.1:7002", 0x0800, 701 + n, 702 + n, 703 + n, 704 + n, 705 + n), new FlowSnapshot.WebhookView(706 + n, 707 + n, "told"),
                new ConnectionsView(1, 821 + n, 822 + n, 823 + n, 824 + n, START.plusSeconds(3), null, null));
        return new FlowSnapshot(
                7, "studio-a", state, START, null, degraded,
                List.of(new InputView("main", "rist://@0.0.0.0:5000", receiver, null)),
                List.of(
                        new OutputView("playout", "udp://239.1.1.1:5004", null, new OutputStats("udp://239.1.1.1:5004", 4990 + n, 6_566_840 + n, 11 + n, 12, "sending")),
                        new OutputView("affiliate", "rist://b.example:6000", sender, null)));
    }

    /** Two RTP inputs that are merged, the second of them silent. {@code n} is added to every count. */
    public static FlowSnapshot merged(long n) {
        Merge.Stats merge = new Merge.Stats(false, 501 + n, -12_500_000, 17_500_000, new Merge.LaneStats(511 + n, 512 + n, 513 + n, 514 + n, 515 + n), new Merge.LaneStats(521 + n, 522 + n, 523 + n, 524 + n, 525 + n));
        return new FlowSnapshot(
                9, "merged", State.RUNNING, START, null, List.of("input lte: silent"),
                List.of(
                        new InputView("fibre", "rtp://@:6001", null, new InputStats("rtp://@:6001", 601 + n, 791_516 + n, 0, "open"), true),
                        new InputView("lte", "rtp://@:6003", null, new InputStats("rtp://@:6003", 301 + n, 396_116 + n, 0, "open"), false)),
                List.of(new OutputView("playout", "udp://239.1.1.1:5004", null, new OutputStats("udp://239.1.1.1:5004", 4990 + n, 6_566_840 + n, 11 + n, 12, "sending"))),
                new JoinView(InputPolicy.Mode.MERGE, 3 + n, new SwitchView(START.plusSeconds(4), "fibre", "lte is silent"), merge));
    }

    /** UDP in, RIST out without a peer yet. */
    public static FlowSnapshot contribution(long bytes) {
        var sender = new RistSenderView(
                "main", true, "0.0.0.0:7000", new SenderStats(1, "main", 2, 0, 0, 0, 0, 0, 0, 0, 0, List.of(), Map.of()), List.of(), List.of(), false, List.of());
        return new FlowSnapshot(
                8, "contribution", State.RUNNING, START, null, List.of("output far: no peer yet"),
                List.of(new InputView("camera", "udp://@:6001", null, new InputStats("udp://@:6001", 301, bytes, 302, "open"))),
                List.of(new OutputView("far", "rist://@:7000", sender, null)));
    }

    static PathView path(String name, String remote, PathStats stats) {
        return new PathView(name, remote, "rist://" + remote, stats, name.equals("fibre") ? "alice" : "");
    }

    static PathStats received(int path, PathStats.State state, long rttNs, long bitrateBps, long n) {
        return new PathStats(path, state, FLOW_ID, "encoder-1", 601 + n, 790_001 + n, 41 + n, 42 + n, 0, 0, 0, 0, 5 + n, rttNs, 25_500_000, bitrateBps, 7_900_000, 0, 100, 0, 0, 0, 0);
    }

    static PathStats sent(long n) {
        return new PathStats(
                2, PathStats.State.CONNECTED, FLOW_ID, "gateway", 0, 0, 51 + n, 52 + n, 901 + n, 1_185_716 + n, 31 + n, 40_796 + n, 6 + n,
                30_250_000, 31_000_000, 8_100_000, 8_050_000, 270_000, 96.5, 21 + n, 22 + n, 23 + n, 24 + n, new PathStats.Bonding(0, "wan", 5, 2, 0.75, 0.98, false, false, 0));
    }

    static ReceiverStats.Flow receivedFlow(long n) {
        return new ReceiverStats.Flow(
                FLOW_ID, 2, true, 1000 + n, 1001 + n, 1_317_316 + n, 1002 + n, 103 + n, 104 + n, 105 + n, 61 + n, 62 + n, 63 + n, 64 + n, 65 + n, 106 + n, 107 + n, 108 + n, 109 + n, 110 + n, 9, 3571,
                99.5, 1_000_000_000L, 1_001_000_000L, 10_000, 2_602_000, 8_974_000, 24_000_000, 8_000_000, 400_000, 20_000, 30_000, 7_600_000);
    }

    static PortStats port(long n) {
        return new PortStats(2001 + n, 2002 + n, 2003 + n, 2004 + n, 2005 + n, 2006 + n, 2007 + n, 2008 + n, 2009 + n, 2010 + n, 212_992, 8_388_608, 212_993, 8_388_609);
    }
}

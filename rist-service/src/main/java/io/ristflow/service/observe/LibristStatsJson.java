package io.ristflow.service.observe;

import static io.ristflow.service.observe.Units.milliseconds;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ristflow.core.api.PathStats;
import io.ristflow.core.api.ReceiverStats;
import io.ristflow.core.api.SenderStats;
import io.ristflow.service.runtime.FlowSnapshot;
import io.ristflow.service.runtime.FlowSnapshot.InputView;
import io.ristflow.service.runtime.FlowSnapshot.OutputView;
import io.ristflow.service.runtime.FlowSnapshot.PathView;
import io.ristflow.service.runtime.FlowSnapshot.RistReceiverView;
import io.ristflow.service.runtime.FlowSnapshot.RistSenderView;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/**
 * Statistics as librist 0.2.20 prints them ({@code schema_version} 5), key for key and in its order, so that what reads librist's reads ours. A pure function of two snapshots: counts
 * are per interval, as librist's are, rates and queues as they stand now.
 *
 * <p>Times are milliseconds, packet spacings microseconds, rates bits per second, {@code quality} 0..100.
 */
public final class LibristStatsJson {
    public static final int SCHEMA_VERSION = 5;

    private static final int NULL_PACKET_BITS = 188 * 8;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final FlowSnapshot previous;
    private final long elapsedNs;

    private LibristStatsJson(FlowSnapshot previous, long elapsedNs) {
        this.previous = previous;
        this.elapsedNs = elapsedNs;
    }

    /**
     * The documents that librist would print for this flow, one per line: for each flow that comes in {@code receiver-stats} and {@code flow_cumulative_stats}, then for each RIST output
     * {@code sender-stats}.
     *
     * @param previous the flow a moment ago; null: counts are since the flow began
     * @param elapsedNs from {@code previous} to {@code current}, 0 if there is no previous
     */
    public static List<ObjectNode> documents(FlowSnapshot previous, FlowSnapshot current, long elapsedNs) {
        LibristStatsJson interval = new LibristStatsJson(previous, elapsedNs);
        List<ObjectNode> documents = new ArrayList<>();
        for (InputView input : current.inputs()) {
            if (input.rist() == null) continue;
            for (ReceiverStats.Flow flow : input.rist().stats().flows()) {
                documents.add(interval.receiver(input, flow));
                documents.add(cumulative(flow));
            }
        }
        for (OutputView output : current.outputs()) if (output.rist() != null) documents.add(interval.sender(output));
        return documents;
    }

    public static List<ObjectNode> documents(Sampler.Interval interval) {
        return documents(interval.previous(), interval.current(), interval.elapsedNs());
    }

    private ObjectNode receiver(InputView input, ReceiverStats.Flow now) {
        RistReceiverView before = previousReceiver(input.name());
        ReceiverStats.Flow was = before == null ? null : before.stats().flows().stream().filter(f -> f.flowId() == now.flowId()).findFirst().orElse(null);
        ObjectNode document = JSON.objectNode();
        ObjectNode instant = document.put("schema_version", SCHEMA_VERSION).putObject("receiver-stats").putObject("flowinstant");
        instant.put("flow_id", Integer.toUnsignedLong(now.flowId())).put("dead", now.alive() ? 0 : 1);
        profile(instant, input.rist().profile(), true);
        ObjectNode stats = instant.putObject("stats");
        number(stats, "quality", now.quality());
        delta(stats, "received", now, was, ReceiverStats.Flow::received);
        delta(stats, "received_bytes", now, was, ReceiverStats.Flow::receivedBytes);
        delta(stats, "dropped_late", now, was, ReceiverStats.Flow::droppedLate);
        delta(stats, "dropped_full", now, was, ReceiverStats.Flow::droppedFull);
        delta(stats, "missing", now, was, ReceiverStats.Flow::missing);
        delta(stats, "recovered_total", now, was, ReceiverStats.Flow::recovered);
        delta(stats, "reordered", now, was, ReceiverStats.Flow::reordered);
        delta(stats, "retries", now, was, ReceiverStats.Flow::retries);
        delta(stats, "recovered_one_nack", now, was, ReceiverStats.Flow::recoveredOneRetry);
        delta(stats, "recovered_two_nacks", now, was, ReceiverStats.Flow::recoveredTwoNacks);
        delta(stats, "recovered_three_nacks", now, was, ReceiverStats.Flow::recoveredThreeNacks);
        delta(stats, "recovered_four_nacks", now, was, ReceiverStats.Flow::recoveredFourNacks);
        delta(stats, "recovered_more_nacks", now, was, ReceiverStats.Flow::recoveredMoreNacks);
        delta(stats, "lost", now, was, ReceiverStats.Flow::lost);
        stats.put("avg_buffer_time", now.avgBufferTimeNs() / 1_000_000);
        delta(stats, "duplicates", now, was, ReceiverStats.Flow::duplicates);
        stats.put("missing_queue", now.missingQueue()).put("missing_queue_max", now.missingQueueMax());
        stats.put("min_inter_packet_spacing", now.interPacketMinNs() / 1_000)
                .put("cur_inter_packet_spacing", now.interPacketCurrentNs() / 1_000)
                .put("max_inter_packet_spacing", now.interPacketMaxNs() / 1_000);
        stats.put("bitrate", now.bitrateBps()).put("bitrate_retries", now.retryBitrateBps()).put("bitrate_rejected", now.rejectedBitrateBps());
        stats.put("bitrate_ts_nulls", now.nullsBitrateBps()).put("bitrate_payload", now.payloadBitrateBps());
        ArrayNode peers = instant.putArray("peers");
        for (PathView path : input.rist().paths()) {
            if (path.stats().flowId() == now.flowId()) peers.add(receiverPeer(path, previousPath(before == null ? null : before.paths(), path)));
        }
        return document;
    }

    private static ObjectNode receiverPeer(PathView path, PathStats was) {
        PathStats now = path.stats();
        ObjectNode peer = JSON.objectNode().put("id", now.path()).put("dead", Aggregates.live(now) ? 0 : 1).put("url", path.url());
        ObjectNode stats = peer.putObject("stats");
        delta(stats, "received_data", now, was, PathStats::receivedData);
        delta(stats, "received_bytes", now, was, PathStats::receivedBytes);
        delta(stats, "ts_null", now, was, PathStats::nullPackets);
        delta(stats, "received_rtcp", now, was, PathStats::receivedRtcp);
        delta(stats, "sent_rtcp", now, was, PathStats::sentRtcp);
        number(stats, "rtt", milliseconds(now.rttNs()));
        number(stats, "avg_rtt", milliseconds(now.avgRttNs()));
        stats.put("bitrate", now.bitrateBps()).put("avg_bitrate", now.avgBitrateBps());
        return peer;
    }

    private static ObjectNode cumulative(ReceiverStats.Flow flow) {
        ObjectNode document = JSON.objectNode();
        document.putObject("flow_cumulative_stats")
                .put("flow_id", Integer.toUnsignedLong(flow.flowId()))
                .put("received", flow.received())
                .put("recovered", flow.recovered())
                .put("lost", flow.lost());
        return document;
    }

    private ObjectNode sender(OutputView output) {
        RistSenderView rist = output.rist();
        RistSenderView before = previousSender(output.name());
        ObjectNode document = JSON.objectNode();
        ObjectNode sender = document.put("schema_version", SCHEMA_VERSION).putObject("sender-stats");
        ArrayNode peers = sender.putArray("peers");
        for (PathView path : rist.paths()) peers.add(senderPeer(rist, path, previousPath(before == null ? null : before.paths(), path)));
        SenderStats stats = rist.stats();
        sender.putObject("incoming_queue")
                .put("size", stats.historyPackets())
                .put("bytesize", stats.historyBytes())
                .put("time_length", stats.historyNs() / 1_000_000)
                .put("packets_per_second", stats.pushedPacketsPerSecond());
        return document;
    }

    private ObjectNode senderPeer(RistSenderView rist, PathView path, PathStats was) {
        PathStats now = path.stats();
        ObjectNode peer = JSON.objectNode().put("flow_id", Integer.toUnsignedLong(rist.stats().flowId())).put("id", now.path());
        peer.put("cname", now.cname() == null ? "" : now.cname()).put("type", "data");
        profile(peer, rist.profile(), false);
        ObjectNode stats = peer.putObject("stats");
        number(stats, "quality", now.quality());
        delta(stats, "sent", now, was, PathStats::sentPackets);
        delta(stats, "ts_null", now, was, PathStats::nullPackets);
        delta(stats, "received", now, was, PathStats::receivedRtcp);
        delta(stats, "retransmitted", now, was, PathStats::retransmitted);
        delta(stats, "sent_bytes", now, was, PathStats::sentBytes);
        delta(stats, "retransmitted_bytes", now, was, PathStats::retransmittedBytes);
        stats.put("bandwidth", now.bitrateBps()).put("retry_bandwidth", now.retryBitrateBps());
        stats.put("ts_nulls_bandwidth", elapsedNs <= 0 ? 0 : Math.round(since(now, was, PathStats::nullPackets) * NULL_PACKET_BITS * 1e9 / elapsedNs));
        // librist's three gates: the maximum bitrate, repeated within an RTT ("bloat"), too often or too late.
        delta(stats, "bandwidth_skipped", now, was, PathStats::skippedBandwidth);
        delta(stats, "bloat_skipped", now, was, PathStats::skippedSuppressed);
        delta(stats, "retransmit_skipped", now, was, p -> p.skippedExhausted() + p.skippedAged());
        number(stats, "rtt", milliseconds(now.rttNs()));
        number(stats, "avg_rtt", milliseconds(now.avgRttNs()));
        // A retransmission is sent when it is asked for, or not at all: nothing queues or cools down here
        stats.put("retry_buffer_size", 0).put("cooldown_time", 0).put("rtt_muted", now.bonding().muted()).put("rtt_mute_events", now.bonding().muteEvents());
        return peer;
    }

    private static void profile(ObjectNode node, String profile, boolean sequenceBits) {
        String name = profile.toLowerCase(Locale.ROOT);
        node.put("profile", RistProfiles.number(name)).put("profile_name", name);
        if (sequenceBits) node.put("seq_bits", RistProfiles.sequenceBits(name));
        node.put("advanced_active", RistProfiles.isAdvanced(name));
    }

    private RistReceiverView previousReceiver(String name) {
        return previous == null ? null : previous.inputs().stream().filter(i -> i.name().equals(name)).findFirst().map(InputView::rist).orElse(null);
    }

    private RistSenderView previousSender(String name) {
        return previous == null ? null : previous.outputs().stream().filter(o -> o.name().equals(name)).findFirst().map(OutputView::rist).orElse(null);
    }

    /** The same number may have been given to another address in between: then it is another path. */
    private static PathStats previousPath(List<PathView> before, PathView now) {
        if (before == null) return null;
        for (PathView was : before) if (was.stats().path() == now.stats().path() && was.remote().equals(now.remote())) return was.stats();
        return null;
    }

    private static <T> void delta(ObjectNode node, String key, T now, T was, ToLongFunction<T> count) {
        node.put(key, since(now, was, count));
    }

    /** A count that fell began anew. */
    private static <T> long since(T now, T was, ToLongFunction<T> count) {
        long value = count.applyAsLong(now);
        long before = was == null ? 0 : count.applyAsLong(was);
        return value < before ? value : value - before;
    }

    /** Whole numbers without a fraction, as librist's JSON writer does. */
    private static void number(ObjectNode node, String key, double value) {
        if (value == Math.rint(value)) node.put(key, (long) value);
        else node.put(key, value);
    }
}

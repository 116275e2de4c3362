package io.ristflow.service.observe;

import static io.ristflow.service.observe.Units.ratio;
import static io.ristflow.service.observe.Units.seconds;

import io.ristflow.core.api.PathStats;
import io.ristflow.core.api.ReceiverStats;
import io.ristflow.service.runtime.FlowSnapshot;
import io.ristflow.service.runtime.FlowSnapshot.InputView;
import io.ristflow.service.runtime.FlowSnapshot.OutputView;
import io.ristflow.service.runtime.FlowSnapshot.PathView;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The metrics of librist 0.2.20's own exporter, names, types, units and help byte for byte, so that dashboards made for it go on working. Its labels come first; ours after them
 * ({@code flow}, and {@code input} or {@code output}: without those two outputs of one flow could not be told apart).
 *
 * <p>DEVIATION(librist): {@code peer_url} carries the port and {@code cname} the name that the peer gave; librist leaves both out. {@code _created} samples are not made (its
 * {@code --metrics-nocreated}).
 */
final class LibristMeters {
    private LibristMeters() {}

    private static final MeterTable<ReceiverStats.Flow> FLOW = new MeterTable<ReceiverStats.Flow>("flow_id", "receiver_id", "flow", "input")
            .gauge("rist_client_flow_peers", "peers", "The current number of connected peers", f -> f.peers())
            .gauge("rist_client_flow_bandwidth_bps", "bps", "The current bandwidth of the flow", f -> f.bitrateBps())
            .gauge("rist_client_flow_retry_bandwidth_bps", "bps", "The current retry bandwidth of the flow", f -> f.retryBitrateBps())
            .gauge("rist_client_flow_rejected_bandwidth_bps", "bps", "The current rejected bandwidth of the flow", f -> f.rejectedBitrateBps())
            .gauge("rist_client_flow_ts_nulls_bandwidth_bps", "bps", "The current ts_nulls bandwidth of the flow", f -> f.nullsBitrateBps())
            .gauge("rist_client_flow_payload_bandwidth_bps", "bps", "The current payload bandwidth of the flow", f -> f.payloadBitrateBps())
            .counter("rist_client_flow_sent_packets_total", "packets", "Total number of packets sent", f -> f.sent())
            .counter("rist_client_flow_received_packets_total", "packets", "Total number of packets received", f -> f.received())
            .counter("rist_client_flow_missing_packets_total", "packets", "Total number of missing packets", f -> f.missing())
            .counter("rist_client_flow_reordered_packets_total", "packets", "Total number of reordered packets", f -> f.reordered())
            .counter("rist_client_flow_recovered_packets_total", "packets", "Total number of recovered packets", f -> f.recovered())
            .counter("rist_client_flow_recovered_one_retry_packets_total", "packets", "Total number of recovered after one retry packets", f -> f.recoveredOneRetry())
            .counter("rist_client_flow_recovered_two_nacks_packets_total", "packets", "Total number of packets recovered after two nacks", f -> f.recoveredTwoNacks())
            .counter("rist_client_flow_recovered_three_nacks_packets_total", "packets", "Total number of packets recovered after three nacks", f -> f.recoveredThreeNacks())
            .counter("rist_client_flow_recovered_four_nacks_packets_total", "packets", "Total number of packets recovered after four nacks", f -> f.recoveredFourNacks())
            .counter("rist_client_flow_recovered_more_nacks_packets_total", "packets", "Total number of packets recovered after more than four nacks", f -> f.recoveredMoreNacks())
            .counter("rist_client_flow_lost_packets_total", "packets", "Total number of lost packets", f -> f.lost())
            .counter("rist_client_flow_retries_packets_total", "packets", "Total number of retransmissions requested (nacks queued)", f -> f.retries())
            .counter("rist_client_flow_dropped_late_packets_total", "packets", "Total number of packets dropped for arriving too late", f -> f.droppedLate())
            .counter("rist_client_flow_dropped_full_packets_total", "packets", "Total number of packets dropped because the buffer was full", f -> f.droppedFull())
            .counter("rist_client_flow_duplicate_packets_total", "packets", "Total number of duplicate packets received", f -> f.duplicates())
            .gauge("rist_client_flow_min_iat_seconds", "seconds", "Minimum inter arrival time in seconds", f -> seconds(f.interPacketMinNs()))
            .gauge("rist_client_flow_cur_iat_seconds", "seconds", "Current inter arrival time in seconds", f -> seconds(f.interPacketCurrentNs()))
            .gauge("rist_client_flow_max_iat_seconds", "seconds", "Maximum inter arrival time in seconds", f -> seconds(f.interPacketMaxNs()))
            .gauge("rist_client_flow_avg_buffer_time_seconds", "seconds", "Average receiver buffer duration in seconds", f -> seconds(f.avgBufferTimeNs()))
            .gauge("rist_client_flow_rtt_seconds", "seconds", "Current RTT in seconds", f -> seconds(f.rttNs()))
            .gauge("rist_client_flow_quality_ratio", "ratio", "Current connection quality ratio", f -> ratio(f.quality()));

    private static final MeterTable<ReceiverStats.Flow> FLOW_INFO =
            new MeterTable<ReceiverStats.Flow>("flow_id", "receiver_id", "profile", "seq_bits", "advanced_active", "flow", "input")
                    .gauge("rist_client_flow_info", "info", "Flow metadata; value is always 1, see profile, seq_bits and advanced_active labels", f -> 1);

    private static final MeterTable<PathStats> RECEIVER_PEER = new MeterTable<PathStats>("peer_id", "peer_url", "flow_id", "receiver_id", "flow", "input")
            .gauge("rist_receiver_peer_bandwidth_bps", "bps", "The current bandwidth received from the peer", p -> p.bitrateBps())
            .gauge("rist_receiver_peer_avg_bandwidth_bps", "bps", "The average bandwidth received from the peer", p -> p.avgBitrateBps())
            .counter("rist_receiver_peer_received_data_packets_total", "packets", "Total number of data packets received from the peer", p -> p.receivedData())
            .counter("rist_receiver_peer_received_bytes_total", "bytes", "Total number of payload bytes received from the peer", p -> p.receivedBytes())
            .counter("rist_receiver_peer_received_rtcp_packets_total", "packets", "Total number of RTCP packets received from the peer", p -> p.receivedRtcp())
            .counter("rist_receiver_peer_sent_rtcp_packets_total", "packets", "Total number of RTCP packets sent to the peer", p -> p.sentRtcp())
            .gauge("rist_receiver_peer_rtt_seconds", "seconds", "Current RTT to the peer in seconds", p -> seconds(p.rttNs()))
            .gauge("rist_receiver_peer_avg_rtt_seconds", "seconds", "Average RTT to the peer in seconds", p -> seconds(p.avgRttNs()));

    /** Cumulative counts typed as gauges: librist's defect, kept as its readers expect it. Ours are in {@link FlowMeters}. */
    private static final MeterTable<PathStats> SENDER_PEER = new MeterTable<PathStats>("peer_id", "peer_url", "cname", "sender_id", "flow", "output")
            .gauge("rist_sender_peer_bandwidth_bps", "bps", "The current bandwidth transmitted to the peer", p -> p.bitrateBps())
            .gauge("rist_sender_peer_retry_bandwidth_bps", "bps", "The current retry bandwidth transmitted to the peer", p -> p.retryBitrateBps())
            .gauge("rist_sender_peer_sent_packets", "packets", "Total number of packets sent", p -> p.sentPackets())
            .gauge("rist_sender_peer_ts_null_packets", "packets", "Total number of packets with ts nulls removed", p -> p.nullPackets())
            .gauge("rist_sender_peer_retransmitted_packets", "packets", "Total number of packets retransmitted", p -> p.retransmitted())
            .gauge("rist_sender_peer_received_packets", "packets", "Total number of packets received (rtcp)", p -> p.receivedRtcp())
            .gauge("rist_sender_peer_rtt_seconds", "seconds", "Current RTT in seconds", p -> seconds(p.rttNs()))
            .gauge("rist_sender_peer_quality_ratio", "ratio", "Current connection quality ratio", p -> ratio(p.quality()))
            // librist's unit "bool" is no suffix of the first name, which OpenMetrics forbids; it has none here.
            .gauge("rist_sender_peer_rtt_muted", "", "Whether this bonded leg is currently muted by RTT auto-mute (1) or active (0)", p -> p.bonding().muted() ? 1 : 0)
            .gauge("rist_sender_peer_rtt_mute_events", "events", "Cumulative number of RTT-triggered mute events on this leg", p -> p.bonding().muteEvents());

    private static final MeterTable<PathStats> SENDER_PEER_INFO =
            new MeterTable<PathStats>("peer_id", "peer_url", "cname", "sender_id", "profile", "advanced_active", "flow", "output")
                    .gauge("rist_sender_peer_info", "info", "Sender peer metadata; value is always 1, see profile and advanced_active labels", p -> 1);

    static Stream<MeterTable.Meter<?>> all() {
        return Stream.of(FLOW.meters(), FLOW_INFO.meters(), RECEIVER_PEER.meters(), SENDER_PEER.meters(), SENDER_PEER_INFO.meters()).flatMap(List::stream);
    }

    static void collect(FlowSnapshot flow, Exposition out) {
        String id = Integer.toString(flow.id());
        for (InputView input : flow.inputs()) {
            if (input.rist() == null) continue;
            String profile = input.rist().profile().toLowerCase(Locale.ROOT);
            for (ReceiverStats.Flow f : input.rist().stats().flows()) {
                String flowId = Integer.toUnsignedString(f.flowId());
                FLOW.collect(f, out, flowId, id, flow.name(), input.name());
                FLOW_INFO.collect(f, out, flowId, id, profile, Integer.toString(RistProfiles.sequenceBits(profile)), RistProfiles.isAdvanced(profile) ? "1" : "0", flow.name(), input.name());
            }
            for (PathView path : input.rist().paths()) {
                PathStats p = path.stats();
                RECEIVER_PEER.collect(p, out, Integer.toString(p.path()), path.url(), Integer.toUnsignedString(p.flowId()), id, flow.name(), input.name());
            }
        }
        for (OutputView output : flow.outputs()) {
            if (output.rist() == null) continue;
            String profile = output.rist().profile().toLowerCase(Locale.ROOT);
            for (PathView path : output.rist().paths()) {
                PathStats p = path.stats();
                String peer = Integer.toString(p.path());
                SENDER_PEER.collect(p, out, peer, path.url(), p.cname(), id, flow.name(), output.name());
                SENDER_PEER_INFO.collect(p, out, peer, path.url(), p.cname(), id, profile, RistProfiles.isAdvanced(profile) ? "1" : "0", flow.name(), output.name());
            }
        }
    }
}

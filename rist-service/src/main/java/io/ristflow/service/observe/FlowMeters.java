package io.ristflow.service.observe;

import static io.ristflow.service.observe.Units.seconds;

import io.ristflow.core.api.Fault;
import io.ristflow.core.api.KeyStats;
import io.ristflow.core.api.Parity;
import io.ristflow.core.api.PathStats;
import io.ristflow.core.api.ReceiverStats;
import io.ristflow.core.api.SenderStats;
import io.ristflow.service.inputs.Merge;
import io.ristflow.service.media.MediaInput.InputStats;
import io.ristflow.service.media.MediaOutput.OutputStats;
import io.ristflow.service.net.PortStats;
import io.ristflow.service.runtime.FlowSnapshot;
import io.ristflow.service.runtime.FlowSnapshot.FaultView;
import io.ristflow.service.runtime.FlowSnapshot.InputView;
import io.ristflow.service.runtime.FlowSnapshot.JoinView;
import io.ristflow.service.runtime.FlowSnapshot.OutputView;
import io.ristflow.service.runtime.FlowSnapshot.PathView;
import io.ristflow.service.runtime.Flows.Transport;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Our own metrics, under {@code ristflow_}: counters are counters, units are in the names, every path has its full address. {@code direction} is input or output, {@code endpoint} the
 * input's or output's name in its flow. Whatever ends vanishes with the next scrape.
 */
final class FlowMeters {
    private FlowMeters() {}

    private static final String[] ENDPOINT = {"flow", "direction", "endpoint"};

    private static final MeterTable<String> BUILD =
            new MeterTable<String>("version").gauge("ristflow_build_info", "", "The running build; always 1, see the version label", v -> 1);

    private static final MeterTable<Transport> TRANSPORT = new MeterTable<Transport>()
            .gauge("ristflow_native_transport", "", "1 if datagrams go through the kernel's batched calls, 0 on the portable path, which costs more CPU per packet", t -> t.nativeTransport() ? 1 : 0);

    private static final MeterTable<FlowSnapshot> FLOW = new MeterTable<FlowSnapshot>("flow")
            .gauge("ristflow_flow_start_time_seconds", "seconds", "When the flow began, seconds since 1970", f -> f.startedAt() == null ? 0 : f.startedAt().toEpochMilli() / 1e3);
    private static final MeterTable<Long> FLOW_PAYLOAD = new MeterTable<Long>("flow")
            .gauge("ristflow_flow_payload_bitrate_bps", "bps", "Payload the flow's inputs give over the last second, each payload once however many paths brought it", b -> b);
    private static final MeterTable<Boolean> FLOW_STATE =
            new MeterTable<Boolean>("flow", "state").gauge("ristflow_flow_state", "", "1 for the state the flow is in, 0 for the others", is -> is ? 1 : 0);
    private static final MeterTable<Boolean> FLOW_DEGRADED = new MeterTable<Boolean>("flow", "reason")
            .gauge("ristflow_flow_degraded", "", "1 for each reason why the flow is not as it should be; a single 0 with an empty reason if there is none", is -> is ? 1 : 0);

    private static final MeterTable<List<PathView>> LIVE_PATHS =
            new MeterTable<List<PathView>>(ENDPOINT).gauge("ristflow_flow_live_paths", "paths", "Paths whose peer is known and heard", p -> Aggregates.livePaths(p));
    private static final MeterTable<Double> FLOW_RTT = new MeterTable<Double>(ENDPOINT)
            .gauge("ristflow_flow_rtt_seconds", "seconds", "Round-trip time over the live paths, weighted by the traffic of each; absent without a live path", s -> s);

    private static final MeterTable<ReceiverStats.Flow> RECEIVED = new MeterTable<ReceiverStats.Flow>("flow", "direction", "endpoint", "flow_id")
            .counter("ristflow_flow_delivered_packets_total", "packets", "Packets delivered in order", f -> f.delivered())
            .counter("ristflow_flow_lost_packets_total", "packets", "Packets given up for good", f -> f.lost())
            .gauge("ristflow_flow_missing_queue_packets", "packets", "Packets missing now that may still come", f -> f.missingQueue())
            .gauge("ristflow_flow_buffer_seconds", "seconds", "Recovery buffer in force", f -> seconds(f.bufferNs()));

    private static final MeterTable<SenderStats> SENT = new MeterTable<SenderStats>(ENDPOINT)
            .counter("ristflow_sender_pushed_packets_total", "packets", "Payloads handed to the sender", s -> s.pushed())
            .counter("ristflow_sender_pushed_bytes_total", "bytes", "Bytes of the payloads handed to the sender", s -> s.pushedBytes())
            .counter("ristflow_sender_given_up_packets_total", "packets", "Payloads given up unsent as no peer came in time", s -> s.givenUpUnsent())
            .gauge("ristflow_sender_held_packets", "packets", "Payloads that wait for a first peer", s -> s.heldPackets())
            .gauge("ristflow_sender_history_packets", "packets", "Packets that could be repeated now", s -> s.historyPackets())
            .gauge("ristflow_sender_history_seconds", "seconds", "How far back the packets reach that could be repeated now", s -> seconds(s.historyNs()));

    private static final MeterTable<SenderStats> TARGET = new MeterTable<SenderStats>(ENDPOINT)
            .gauge("ristflow_sender_target_bitrate_bps", "bps", "Bits per second that the encoder in front should send, by what the receivers report of the link; absent without source adaptation", s -> s.targetBitrateBps());
    private static final MeterTable<FlowSnapshot.WebhookView> WEBHOOK = new MeterTable<FlowSnapshot.WebhookView>(ENDPOINT)
            .counter("ristflow_sender_webhook_posts_total", "", "Requests made to tell the encoder its target; absent without a webhook", w -> w.posts())
            .counter("ristflow_sender_webhook_failures_total", "", "Requests to the encoder's webhook that failed", w -> w.failures());
    private static final MeterTable<FlowSnapshot.OutOfBandView> OUT_OF_BAND = new MeterTable<FlowSnapshot.OutOfBandView>(ENDPOINT)
            .counter("ristflow_oob_received_datagrams_total", "", "Out-of-band datagrams of the peer that were handed on; absent where none were asked for", o -> o.received())
            .counter("ristflow_oob_received_bytes_total", "bytes", "Bytes of the out-of-band datagrams of the peer that were handed on", o -> o.receivedBytes())
            .counter("ristflow_oob_sent_datagrams_total", "", "Datagrams sent to the peer out of band", o -> o.sent())
            .counter("ristflow_oob_sent_bytes_total", "bytes", "Bytes of the datagrams sent to the peer out of band", o -> o.sentBytes())
            .counter("ristflow_oob_dropped_datagrams_total", "", "Out-of-band datagrams dropped: of another type, too long, or while no peer was there", o -> o.dropped());

    private static final MeterTable<PathStats> PATH = new MeterTable<PathStats>("flow", "direction", "endpoint", "path", "remote")
            .counter("ristflow_path_sent_packets_total", "packets", "Media packets sent on the path, first transmissions", p -> p.sentPackets())
            .counter("ristflow_path_sent_bytes_total", "bytes", "Bytes of the media packets sent on the path, first transmissions", p -> p.sentBytes())
            .counter("ristflow_path_retransmitted_packets_total", "packets", "Media packets repeated on the path", p -> p.retransmitted())
            .counter("ristflow_path_retransmitted_bytes_total", "bytes", "Bytes of the media packets repeated on the path", p -> p.retransmittedBytes())
            .counter("ristflow_path_received_packets_total", "packets", "Media packets that came in on the path", p -> p.receivedData())
            .counter("ristflow_path_received_bytes_total", "bytes", "UDP payload bytes of the media packets that came in on the path", p -> p.receivedBytes())
            .counter("ristflow_path_received_rtcp_packets_total", "packets", "Control packets that came in on the path", p -> p.receivedRtcp())
            .counter("ristflow_path_sent_rtcp_packets_total", "packets", "Control packets sent on the path", p -> p.sentRtcp())
            .gauge("ristflow_path_bitrate_bps", "bps", "Bits per second on the path over the last second", p -> p.bitrateBps())
            .gauge("ristflow_path_retry_bitrate_bps", "bps", "Bits per second of retransmissions on the path over the last second", p -> p.retryBitrateBps())
            .gauge("ristflow_path_rtt_seconds", "seconds", "Smoothed round-trip time of the path", p -> seconds(p.rttNs()))
            .gauge("ristflow_path_weight", "", "Weight of the path in its bond; 0: a copy of everything", p -> p.bonding().weight())
            .gauge("ristflow_path_share_ratio", "ratio", "Part of its weight that the path has now: less where it delivers worse than the best", p -> p.bonding().share())
            .gauge("ristflow_path_silent", "", "1 where the path carries nothing as nothing was heard for some report intervals", p -> p.bonding().silent() ? 1 : 0)
            .gauge("ristflow_path_muted", "", "1 where the path carries next to nothing as its round trip is above rtt-drop", p -> p.bonding().muted() ? 1 : 0);
    private static final MeterTable<Double> PATH_DELIVERED = new MeterTable<Double>("flow", "direction", "endpoint", "path", "remote")
            .gauge("ristflow_path_delivered_ratio", "ratio", "Part of what the path alone carried that arrived, of late; absent where that cannot be told", d -> d);
    private static final MeterTable<Boolean> PATH_STATE = new MeterTable<Boolean>("flow", "direction", "endpoint", "path", "remote", "state")
            .gauge("ristflow_path_state", "", "1 for the state the path is in, 0 for the others", is -> is ? 1 : 0);
    private static final MeterTable<Long> PATH_SKIPPED = new MeterTable<Long>("flow", "direction", "endpoint", "path", "remote", "reason")
            .counter("ristflow_path_skipped_retransmissions_total", "", "Retransmissions asked for and not made: bandwidth (maximum bitrate reached), suppressed (made within an RTT), exhausted (retry limit), aged (left the history)", n -> n);

    private static final MeterTable<Long> FAULTS =
            new MeterTable<Long>("flow", "direction", "endpoint", "fault").counter("ristflow_fault_total", "", "How often a fault was met: datagrams refused, timeouts", n -> n);
    private static final MeterTable<FaultView> ACTIVE_FAULT =
            new MeterTable<FaultView>("flow", "direction", "endpoint", "remote", "fault").gauge("ristflow_fault_active", "", "1 for each fault that is on now, with the peer's address; absent otherwise", f -> 1);

    private static final MeterTable<KeyStats> KEY = new MeterTable<KeyStats>("flow", "direction", "endpoint", "path")
            .counter("ristflow_key_nonces_total", "", "Nonces that have been in force, each with a key of its own; path is empty where paths share a secret", k -> k.nonces())
            .gauge("ristflow_key_nonce_age_seconds", "seconds", "For how long the present nonce has been in force", k -> seconds(k.nonceAgeNs()))
            .gauge("ristflow_key_changing", "", "1 while a change of passphrase is under way", k -> k.changing() ? 1 : 0);
    private static final MeterTable<Boolean> KEY_IN_FORCE = new MeterTable<Boolean>("flow", "direction", "endpoint", "path", "passphrase")
            .gauge("ristflow_key_passphrase_in_force", "", "1 for the passphrase that is in force, even or odd, 0 for the other", is -> is ? 1 : 0);

    private static final MeterTable<PortStats> PORT = new MeterTable<PortStats>("flow", "direction", "endpoint", "local", "socket")
            .counter("ristflow_port_received_datagrams_total", "", "Datagrams read from the socket", p -> p.receivedDatagrams())
            .counter("ristflow_port_received_bytes_total", "bytes", "Bytes read from the socket", p -> p.receivedBytes())
            .counter("ristflow_port_sent_datagrams_total", "", "Datagrams handed to the kernel", p -> p.sentDatagrams())
            .counter("ristflow_port_sent_bytes_total", "bytes", "Bytes handed to the kernel", p -> p.sentBytes())
            .counter("ristflow_port_kernel_drops_total", "", "Datagrams the kernel dropped as the receive buffer was full", p -> p.kernelDrops())
            .counter("ristflow_port_send_drops_total", "", "Datagrams dropped as the kernel would not take them in time", p -> p.sendDropped())
            .counter("ristflow_port_send_errors_total", "", "Errors of sending to one destination, such as connection refused", p -> p.sendErrors())
            .counter("ristflow_port_unknown_sources_total", "", "Datagrams dropped as the socket serves too many addresses already", p -> p.unknownSources())
            .counter("ristflow_port_receive_calls_total", "", "System calls made to receive", p -> p.receiveCalls())
            .counter("ristflow_port_send_calls_total", "", "System calls made to send", p -> p.sendCalls())
            .gauge("ristflow_port_receive_buffer_bytes", "bytes", "Receive buffer the kernel granted; less than wanted means that net.core.rmem_max is too small", p -> p.receiveBufferBytes())
            .gauge("ristflow_port_receive_buffer_wanted_bytes", "bytes", "Receive buffer that was asked for", p -> p.receiveBufferWantedBytes())
            .gauge("ristflow_port_send_buffer_bytes", "bytes", "Send buffer the kernel granted", p -> p.sendBufferBytes())
            .gauge("ristflow_port_send_buffer_wanted_bytes", "bytes", "Send buffer that was asked for", p -> p.sendBufferWantedBytes());

    private static final MeterTable<InputView> INPUT_ACTIVE = new MeterTable<InputView>("flow", "input")
            .gauge("ristflow_input_active", "", "1 if the outputs get what the input gives, 0 if it is a standby or is not known to carry the same as the other", i -> i.active() ? 1 : 0);
    private static final MeterTable<JoinView> JOIN = new MeterTable<JoinView>("flow", "mode")
            .counter("ristflow_input_switches_total", "", "How often another input of the flow took over", j -> j.switches());
    private static final MeterTable<Merge.Stats> MERGE = new MeterTable<Merge.Stats>("flow")
            .gauge("ristflow_merge_aligned", "", "1 if both inputs are known to carry the same packets", m -> m.aligned() ? 1 : 0)
            .gauge("ristflow_merge_skew_seconds", "seconds", "By how much the second input is behind the first; negative if it is ahead", m -> seconds(m.skewNs()))
            .gauge("ristflow_merge_hold_seconds", "seconds", "How long the input that is ahead is held for the other", m -> seconds(m.holdNs()))
            .counter("ristflow_merge_lost_packets_total", "packets", "Packets that neither input had in time", m -> m.lost());
    private static final MeterTable<Long> MERGED = new MeterTable<Long>("flow", "input", "what")
            .counter("ristflow_merge_packets_total", "packets", "An input's packets by what became of them: used, duplicate (the other had it), late, unused (not known to be the same), missing (which its numbers show to have been sent)", n -> n);

    private static final MeterTable<InputStats> INPUT = new MeterTable<InputStats>("flow", "input", "url")
            .counter("ristflow_input_packets_total", "packets", "Payloads taken in from a source that is not RIST", i -> i.packets())
            .counter("ristflow_input_bytes_total", "bytes", "Bytes taken in from a source that is not RIST", i -> i.bytes())
            .counter("ristflow_input_invalid_packets_total", "packets", "Datagrams refused: not RTP on an RTP input, too long", i -> i.invalid());

    private static final MeterTable<OutputStats> OUTPUT = new MeterTable<OutputStats>("flow", "output", "url")
            .counter("ristflow_output_packets_total", "packets", "Payloads handed to a sink that is not RIST", o -> o.packets())
            .counter("ristflow_output_bytes_total", "bytes", "Bytes handed to a sink that is not RIST", o -> o.bytes())
            .counter("ristflow_output_dropped_packets_total", "packets", "Payloads dropped as the output's own queue was full", o -> o.dropped())
            .gauge("ristflow_output_queued_packets", "packets", "Payloads in the output's own queue", o -> o.queued());

    static Stream<MeterTable.Meter<?>> all() {
        return Stream.of(BUILD, TRANSPORT, FLOW, FLOW_PAYLOAD, FLOW_STATE, FLOW_DEGRADED, LIVE_PATHS, FLOW_RTT, RECEIVED, SENT, TARGET, WEBHOOK, OUT_OF_BAND, PATH, PATH_DELIVERED, PATH_STATE, PATH_SKIPPED, FAULTS, ACTIVE_FAULT, KEY, KEY_IN_FORCE,
                        PORT, INPUT_ACTIVE, JOIN, MERGE, MERGED, INPUT, OUTPUT)
                .flatMap(table -> table.meters().stream());
    }

    static void collectProcess(String version, Transport transport, Exposition out) {
        BUILD.collect(version, out, version);
        TRANSPORT.collect(transport, out);
    }

    static void collect(FlowSnapshot flow, Sampler.Interval interval, Exposition out) {
        String name = flow.name();
        FLOW.collect(flow, out, name);
        FLOW_PAYLOAD.collect(Aggregates.payloadBitrateBps(flow, interval), out, name);
        for (FlowSnapshot.State state : FlowSnapshot.State.values()) FLOW_STATE.collect(state == flow.state(), out, name, lower(state));
        for (String reason : flow.degraded()) FLOW_DEGRADED.collect(true, out, name, reason);
        if (flow.degraded().isEmpty()) FLOW_DEGRADED.collect(false, out, name, "");
        if (flow.join() != null) collect(flow, flow.join(), out);
        for (InputView input : flow.inputs()) collect(flow, input, out);
        for (OutputView output : flow.outputs()) collect(flow, output, out);
    }

    private static void collect(FlowSnapshot flow, JoinView join, Exposition out) {
        JOIN.collect(join, out, flow.name(), lower(join.mode()));
        if (join.merge() == null) return;
        MERGE.collect(join.merge(), out, flow.name());
        merged(flow.name(), flow.inputs().get(0).name(), join.merge().first(), out);
        merged(flow.name(), flow.inputs().get(1).name(), join.merge().second(), out);
    }

    private static void merged(String flow, String input, Merge.LaneStats lane, Exposition out) {
        MERGED.collect(lane.used(), out, flow, input, "used");
        MERGED.collect(lane.duplicates(), out, flow, input, "duplicate");
        MERGED.collect(lane.late(), out, flow, input, "late");
        MERGED.collect(lane.unused(), out, flow, input, "unused");
        MERGED.collect(lane.missing(), out, flow, input, "missing");
    }

    private static void collect(FlowSnapshot flow, InputView input, Exposition out) {
        INPUT_ACTIVE.collect(input, out, flow.name(), input.name());
        if (input.media() != null) INPUT.collect(input.media(), out, flow.name(), input.name(), input.url());
        var rist = input.rist();
        if (rist == null) return;
        Endpoint at = new Endpoint(flow.name(), "input", input.name());
        for (ReceiverStats.Flow f : rist.stats().flows()) RECEIVED.collect(f, out, at.flow, at.direction, at.name, Integer.toUnsignedString(f.flowId()));
        if (rist.outOfBand() != null) OUT_OF_BAND.collect(rist.outOfBand(), out, at.flow, at.direction, at.name);
        collect(at, rist.paths(), rist.stats().faults(), rist.activeFaults(), rist.localAddress(), rist.ports(), out);
        for (FlowSnapshot.KeyView key : rist.keys()) collect(at, key, out);
    }

    private static void collect(FlowSnapshot flow, OutputView output, Exposition out) {
        if (output.media() != null) OUTPUT.collect(output.media(), out, flow.name(), output.name(), output.url());
        var rist = output.rist();
        if (rist == null) return;
        Endpoint at = new Endpoint(flow.name(), "output", output.name());
        SENT.collect(rist.stats(), out, at.flow, at.direction, at.name);
        if (rist.stats().targetBitrateBps() > 0) TARGET.collect(rist.stats(), out, at.flow, at.direction, at.name);
        if (rist.webhook() != null) WEBHOOK.collect(rist.webhook(), out, at.flow, at.direction, at.name);
        if (rist.outOfBand() != null) OUT_OF_BAND.collect(rist.outOfBand(), out, at.flow, at.direction, at.name);
        collect(at, rist.paths(), rist.stats().faults(), rist.activeFaults(), rist.localAddress(), rist.ports(), out);
        for (FlowSnapshot.KeyView key : rist.keys()) collect(at, key, out);
    }

    private record Endpoint(String flow, String direction, String name) {}

    private static void collect(Endpoint at, List<PathView> paths, Map<Fault, Long> faults, List<FaultView> active, String local, List<PortStats> ports, Exposition out) {
        LIVE_PATHS.collect(paths, out, at.flow, at.direction, at.name);
        Aggregates.rttSeconds(paths).ifPresent(s -> FLOW_RTT.collect(s, out, at.flow, at.direction, at.name));
        for (PathView path : paths) collect(at, path, out);
        for (Fault fault : Fault.values()) FAULTS.collect(faults.getOrDefault(fault, 0L), out, at.flow, at.direction, at.name, fault.reason());
        for (FaultView fault : active) if (fault.active()) ACTIVE_FAULT.collect(fault, out, at.flow, at.direction, at.name, fault.remote(), fault.fault().reason());
        // An endpoint has one local address to show and may have several sockets: Simple's control port, bonded paths.
        for (int i = 0; i < ports.size(); i++) PORT.collect(ports.get(i), out, at.flow, at.direction, at.name, local, Integer.toString(i));
    }

    private static void collect(Endpoint at, FlowSnapshot.KeyView key, Exposition out) {
        KEY.collect(key.stats(), out, at.flow, at.direction, at.name, key.path());
        for (Parity parity : Parity.values()) KEY_IN_FORCE.collect(parity == key.stats().inForce(), out, at.flow, at.direction, at.name, key.path(), parity.word());
    }

    private static void collect(Endpoint at, PathView path, Exposition out) {
        PathStats p = path.stats();
        PATH.collect(p, out, at.flow, at.direction, at.name, path.name(), path.remote());
        if (p.bonding().delivered() >= 0) PATH_DELIVERED.collect(p.bonding().delivered(), out, at.flow, at.direction, at.name, path.name(), path.remote());
        for (PathStats.State state : PathStats.State.values()) PATH_STATE.collect(state == p.state(), out, at.flow, at.direction, at.name, path.name(), path.remote(), lower(state));
        skipped(at, path, "bandwidth", p.skippedBandwidth(), out);
        skipped(at, path, "suppressed", p.skippedSuppressed(), out);
        skipped(at, path, "exhausted", p.skippedExhausted(), out);
        skipped(at, path, "aged", p.skippedAged(), out);
    }

    private static void skipped(Endpoint at, PathView path, String reason, long count, Exposition out) {
        PATH_SKIPPED.collect(count, out, at.flow, at.direction, at.name, path.name(), path.remote(), reason);
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}

package io.ristflow.service.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A flow as {@code /api/v1} shows it. Names stay as they are within v1; fields may be added. Counts are cumulative; no secret is ever shown. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Flow", description = "One flow of media: where it comes from, where it goes to, and how it is.")
public record FlowView(
        @Schema(description = "Number of the flow, unique in this process; receiver_id and sender_id of librist's metrics.") int id,
        @Schema(description = "Name of the flow.") String name,
        @Schema(description = "STARTING, RUNNING (sockets bound), DRAINING, STOPPED or FAILED.") String state,
        @Schema(description = "When the flow began.") Instant startedAt,
        @Schema(description = "Why the flow failed; absent if it did not.") String failure,
        @Schema(description = "Why the flow is not as it should be, one sentence each; empty if all is well.") List<String> degraded,
        @Schema(description = "Payload that the inputs give, bits per second over the last second; each payload counts once however many paths brought it.") long payloadBitrateBps,
        @Schema(description = "Where the media comes from.") List<InputView> inputs,
        @Schema(description = "Where the media goes to.") List<OutputView> outputs,
        @Schema(description = "What is made of two inputs; absent with one.") JoinView join) {

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "Join", description = "What two inputs are to each other.")
    public record JoinView(
            @Schema(description = "failover: one at a time; merge: packet by packet (SMPTE 2022-7).") String mode,
            @Schema(description = "How often another input took over.") long switches,
            @Schema(description = "When that was last; absent if it never was.") Instant lastSwitchAt,
            @Schema(description = "Name of the input that took over last.") String lastSwitchTo,
            @Schema(description = "Why it took over, in words.") String lastSwitchWhy,
            @Schema(description = "Merge: true if both inputs are known to carry the same packets.") Boolean aligned,
            @Schema(description = "Merge: by how much the second input is behind the first, milliseconds; negative if it is ahead.") Double skewMs,
            @Schema(description = "Merge: how long the input that is ahead is held for the other, milliseconds.") Double holdMs,
            @Schema(description = "Merge: packets that neither input had in time.") Long lostPackets,
            @Schema(description = "Merge: each input's part.") List<MergedInputView> inputs) {}

    @Schema(name = "MergedInput", description = "An input's packets by what became of them.")
    public record MergedInputView(
            @Schema(description = "Name of the input.") String name,
            @Schema(description = "Packets taken from this input.") long usedPackets,
            @Schema(description = "Packets that the other input had had before.") long duplicatePackets,
            @Schema(description = "Packets that came when their place had gone by.") long latePackets,
            @Schema(description = "Packets that came while the input was not known to carry the same as the other.") long unusedPackets,
            @Schema(description = "Packets that this input lacked, as its numbers tell.") long missingPackets) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "Input", description = "An input: exactly one of rist and media is there.")
    public record InputView(
            @Schema(description = "Name of the input, unique in its flow.") String name,
            @Schema(description = "Its URL, without secrets.") String url,
            @Schema(description = "Whether the outputs get what it gives; of two inputs one may be a standby.") boolean active,
            @Schema(description = "Waiting (RIST: no peer is connected), Idle (nothing comes), Receiving, Ended (a file, a pipe) or Failed.") String state,
            @Schema(description = "Payload it gives, bits per second over the last second.") long payloadBitrateBps,
            @Schema(description = "What it lacks, all its flows that are alive together; absent if the input is not RIST.") LossView loss,
            @Schema(description = "The RIST receiver, if the input is one.") RistReceiverView rist,
            @Schema(description = "The source, if the input is not RIST.") MediaInputView media) {}

    @Schema(name = "Loss", description = "Packets that a RIST input lacked, over the last while and since its flows began.")
    public record LossView(
            @Schema(description = "How long the last while is, seconds: 30, less while the input is younger.") double windowSeconds,
            @Schema(description = "Packets that the source sent in that time, as far as the sequence numbers tell.") long windowSentPackets,
            @Schema(description = "Packets given up for good in that time.") long windowLostPackets,
            @Schema(description = "Packets that came after having been asked for, in that time.") long windowRecoveredPackets,
            @Schema(description = "Share of the packets of that time that stayed lost, 0..100.") double windowLostPercent,
            @Schema(description = "Packets that the source sent.") long sentPackets,
            @Schema(description = "Packets given up for good.") long lostPackets,
            @Schema(description = "Packets that came after having been asked for.") long recoveredPackets,
            @Schema(description = "Share of the packets that stayed lost, 0..100.") double lostPercent) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "Output", description = "An output: exactly one of rist and media is there.")
    public record OutputView(
            @Schema(description = "Name of the output, unique in its flow.") String name,
            @Schema(description = "Its URL, without secrets.") String url,
            @Schema(description = "Waiting (RIST: no peer is connected), Idle (nothing to send), Sending or Failed.") String state,
            @Schema(description = "Payload it was given to send, bits per second over the last second.") long payloadBitrateBps,
            @Schema(description = "The RIST sender, if the output is one.") RistSenderView rist,
            @Schema(description = "The sink, if the output is not RIST.") MediaOutputView media) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "RistReceiver", description = "A RIST receiver.")
    public record RistReceiverView(
            @Schema(description = "Profile: simple, main or advanced.") String profile,
            @Schema(description = "True if it waits for callers, false if it calls.") boolean listening,
            @Schema(description = "Local address as host:port.") String localAddress,
            @Schema(description = "False on the portable path, one datagram per system call.") boolean batched,
            @Schema(description = "Round-trip time in milliseconds over the live paths, weighted by the traffic of each; absent without a live path.") Double rttMs,
            @Schema(description = "Flows that come in.") List<ReceivedFlowView> flows,
            @Schema(description = "Paths, one per peer's address; a configured path that listens has none until somebody calls.") List<PathView> paths,
            @Schema(description = "Peers that came and went.") ConnectionsView connections,
            @Schema(description = "Sockets.") List<PortView> ports,
            @Schema(description = "Faults that are on now, and those that refused peers had lately.") List<FaultView> activeFaults,
            @Schema(description = "How often each fault was met.") List<FaultCountView> faults,
            @Schema(description = "Keys that it sends under, one for each secret; empty in the clear.") List<KeyView> keys,
            @Schema(description = "Datagrams beside the media; absent where none were asked for.") OutOfBandView outOfBand) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "RistSender", description = "A RIST sender.")
    public record RistSenderView(
            @Schema(description = "Profile: simple, main or advanced.") String profile,
            @Schema(description = "True if it waits for callers, false if it calls.") boolean listening,
            @Schema(description = "Local address as host:port.") String localAddress,
            @Schema(description = "False on the portable path, one datagram per system call.") boolean batched,
            @Schema(description = "Round-trip time in milliseconds over the live paths, weighted by the traffic of each; absent without a live path.") Double rttMs,
            @Schema(description = "Flow id (SSRC) that it sends under.") long flowId,
            @Schema(description = "Payloads handed to the sender.") long pushedPackets,
            @Schema(description = "Bytes of the payloads handed to the sender.") long pushedBytes,
            @Schema(description = "Payloads that wait for a first peer.") long heldPackets,
            @Schema(description = "Payloads given up unsent as no peer came in time.") long givenUpPackets,
            @Schema(description = "Packets that could be repeated now.") long historyPackets,
            @Schema(description = "How far back the packets reach that could be repeated now, milliseconds.") double historyMs,
            @Schema(description = "Paths, one per peer's address; a configured path that listens has none until somebody calls.") List<PathView> paths,
            @Schema(description = "Peers that came and went.") ConnectionsView connections,
            @Schema(description = "Sockets.") List<PortView> ports,
            @Schema(description = "Faults that are on now, and those that refused peers had lately.") List<FaultView> activeFaults,
            @Schema(description = "How often each fault was met.") List<FaultCountView> faults,
            @Schema(description = "Keys that it sends under, one for each secret; empty in the clear.") List<KeyView> keys,
            @Schema(description = "What the encoder in front should send now, bits per second; absent without source adaptation.") Long targetBitrateBps,
            @Schema(description = "How the encoder is told so; absent without a webhook.") WebhookView webhook,
            @Schema(description = "Datagrams beside the media; absent where none were asked for.") OutOfBandView outOfBand) {}

    @Schema(name = "Webhook", description = "Tells an encoder its target bit rate by HTTP.")
    public record WebhookView(
            @Schema(description = "Requests made.") long posts,
            @Schema(description = "Those that failed.") long failures,
            @Schema(description = "idle, told, or failed and why.") String state) {}

    @Schema(name = "OutOfBand", description = "Datagrams beside the media (TR-06-2, clause 5.4), handed on over UDP.")
    public record OutOfBandView(
            @Schema(description = "Where those of the peer go as host:port, empty: nowhere.") String to,
            @Schema(description = "Where those for the peer come in as host:port, empty: nowhere.") String from,
            @Schema(description = "Their EtherType.") int etherType,
            @Schema(description = "Datagrams of the peer that were handed on.") long receivedDatagrams,
            @Schema(description = "Their bytes.") long receivedBytes,
            @Schema(description = "Datagrams sent to the peer.") long sentDatagrams,
            @Schema(description = "Their bytes.") long sentBytes,
            @Schema(description = "Datagrams dropped: of another type, too long, or while no peer was there.") long droppedDatagrams) {}

    @Schema(name = "ReceivedFlow", description = "A flow of media packets that comes in, by its flow id.")
    public record ReceivedFlowView(
            @Schema(description = "Flow id (SSRC).") long flowId,
            @Schema(description = "False once its peers left.") boolean alive,
            @Schema(description = "Peers that send it.") int peers,
            @Schema(description = "Packets the source has sent, as far as the sequence numbers tell.") long sentPackets,
            @Schema(description = "Packets accepted, first transmissions and retransmissions.") long receivedPackets,
            @Schema(description = "Bytes accepted.") long receivedBytes,
            @Schema(description = "Packets delivered in order.") long deliveredPackets,
            @Schema(description = "Packets found missing, recovered later or not.") long missingPackets,
            @Schema(description = "Packets that filled a gap without having been asked for.") long reorderedPackets,
            @Schema(description = "Packets that filled a gap after having been asked for.") long recoveredPackets,
            @Schema(description = "Packets given up for good.") long lostPackets,
            @Schema(description = "Requests for single packets.") long retries,
            @Schema(description = "Packets that came after their place had been played out.") long droppedLatePackets,
            @Schema(description = "Packets for which the buffer had no room.") long droppedFullPackets,
            @Schema(description = "Packets that were there already.") long duplicatePackets,
            @Schema(description = "Packets missing now that may still come.") long missingNowPackets,
            @Schema(description = "Share of what was sent that was delivered over the last second, 0..1.") double qualityRatio,
            @Schema(description = "Recovery buffer in force, milliseconds.") double bufferMs,
            @Schema(description = "Mean time from arrival to delivery over the last second, milliseconds.") double averageBufferTimeMs,
            @Schema(description = "Smoothed round-trip time, milliseconds.") double rttMs,
            @Schema(description = "All that arrived, bits per second over the last second.") long bitrateBps,
            @Schema(description = "Retransmissions in it, bits per second.") long retryBitrateBps,
            @Schema(description = "Late and duplicate packets in it, bits per second.") long rejectedBitrateBps,
            @Schema(description = "What was delivered, bits per second over the last second.") long payloadBitrateBps) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "Connections", description = "Peers that came to an input or output and left it.")
    public record ConnectionsView(
            @Schema(description = "Peers that are connected now.") int now,
            @Schema(description = "How often one came to be connected.") long connected,
            @Schema(description = "How often one was lost, or left.") long lost,
            @Schema(description = "Logins that were passed.") long authenticated,
            @Schema(description = "Logins that were refused.") long refused,
            @Schema(description = "When one came last; absent if none did.") Instant lastConnectedAt,
            @Schema(description = "When one was lost last; absent if none was.") Instant lastLostAt,
            @Schema(description = "Why it was lost; absent if none was.") String lastLostWhy) {}

    @Schema(name = "Path", description = "The way between two addresses.")
    public record PathView(
            @Schema(description = "Number of the path in its input or output; librist's peer id.") int id,
            @Schema(description = "Name of the path.") String name,
            @Schema(description = "The peer's address as host:port.") String remote,
            @Schema(description = "The peer as a URL, without secrets.") String url,
            @Schema(description = "CONNECTING (nothing heard), HANDSHAKE (heard, not known yet), CONNECTED or SILENT.") String state,
            @Schema(description = "Flow id that the path carries, 0 if not known yet.") long flowId,
            @Schema(description = "The peer's canonical name, empty if not known yet.") String cname,
            @Schema(description = "Media packets that came in.") long receivedPackets,
            @Schema(description = "UDP payload bytes of the media packets that came in.") long receivedBytes,
            @Schema(description = "Media packets that went out, first transmissions.") long sentPackets,
            @Schema(description = "Bytes of the media packets that went out, first transmissions.") long sentBytes,
            @Schema(description = "Media packets repeated.") long retransmittedPackets,
            @Schema(description = "Bytes of the media packets repeated.") long retransmittedBytes,
            @Schema(description = "Control packets that came in.") long receivedRtcpPackets,
            @Schema(description = "Control packets that went out.") long sentRtcpPackets,
            @Schema(description = "Smoothed round-trip time, milliseconds.") double rttMs,
            @Schema(description = "Mean round-trip time, milliseconds.") double averageRttMs,
            @Schema(description = "Bits per second over the last second.") long bitrateBps,
            @Schema(description = "Bits per second since the path began.") long averageBitrateBps,
            @Schema(description = "Retransmissions, bits per second over the last second.") long retryBitrateBps,
            @Schema(description = "Sent / (sent + retransmitted) over the last second, 0..1; 1 on a receiver's path.") double qualityRatio,
            @Schema(description = "Configured path that it belongs to.") String leg,
            @Schema(description = "Weight in the bond; 0: a copy of everything.") int weight,
            @Schema(description = "Recovery priority: lost packets are asked for on the path with the highest.") int recoveryPriority,
            @Schema(description = "Part of its weight that the path has now, 0..1: less where it delivers worse than the best.") double shareRatio,
            @Schema(description = "Part of what it alone carried that arrived, of late, 0..1; absent where that cannot be told.") Double deliveredRatio,
            @Schema(description = "Carries nothing as nothing was heard for some report intervals.") boolean silent,
            @Schema(description = "Carries next to nothing as its round trip is above rtt-drop.") boolean muted,
            @Schema(description = "Name under which the caller has logged in, the peer here or this end there; absent without a login.") @JsonInclude(JsonInclude.Include.NON_NULL) String user) {}

    @Schema(name = "Port", description = "A UDP socket.")
    public record PortView(
            @Schema(description = "Datagrams read.") long receivedDatagrams,
            @Schema(description = "Datagrams sent.") long sentDatagrams,
            @Schema(description = "Datagrams that the kernel dropped as the receive buffer was full.") long kernelDrops,
            @Schema(description = "Datagrams dropped as the kernel would not take them in time.") long sendDrops,
            @Schema(description = "Errors of sending to one destination.") long sendErrors,
            @Schema(description = "Datagrams dropped as the socket serves too many addresses already.") long unknownSources,
            @Schema(description = "Receive buffer that the kernel granted, bytes; less than wanted means that net.core.rmem_max is too small.") int receiveBufferBytes,
            @Schema(description = "Receive buffer that was asked for, bytes.") int receiveBufferWantedBytes,
            @Schema(description = "Send buffer that the kernel granted, bytes.") int sendBufferBytes,
            @Schema(description = "Send buffer that was asked for, bytes.") int sendBufferWantedBytes) {}

    @Schema(name = "ActiveFault", description = "Something wrong between two peers that no retry mends.")
    public record FaultView(
            @Schema(description = "What it is, the constant that conditions, metrics and logs use: ProfileMismatch, PassphraseMismatch …") String reason,
            @Schema(description = "Configured path on which it is; absent if that is not known.") @JsonInclude(JsonInclude.Include.NON_NULL) String leg,
            @Schema(description = "The peer's address as host:port.") String remote,
            @Schema(description = "Both sides' values and what to do.") String detail,
            @Schema(description = "Since when.") Instant since,
            @Schema(description = "Null while it is on; else when it ended with a peer that is not connected. Shown for 30 s more.", nullable = true) Instant until) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "Key", description = "What one secret encrypts under; the secret itself is never shown.")
    public record KeyView(
            @Schema(description = "Name of the input or output.") String endpoint,
            @Schema(description = "Name of the path whose own secret it is; absent if paths share it.") String path,
            @Schema(description = "Size of the AES key: 128, 192 or 256.") int aesBits,
            @Schema(description = "Whether there are two passphrases to change between.") boolean twoPassphrases,
            @Schema(description = "The passphrase in force: even or odd. With one passphrase always even.") String inForce,
            @Schema(description = "Whether a change is under way: its key is derived, or its nonce announced.") boolean changing,
            @Schema(description = "Nonces that have been in force so far, each with a key of its own; 0 until the first is ready.") long nonces,
            @Schema(description = "For how long the present nonce has been in force, seconds.") double nonceAgeSeconds) {}

    @Schema(name = "FaultCount", description = "How often a fault was met.")
    public record FaultCountView(
            @Schema(description = "The fault.") String reason,
            @Schema(description = "How often it was met: datagrams refused, timeouts.") long count) {}

    @Schema(name = "MediaInput", description = "A source that is not RIST.")
    public record MediaInputView(
            @Schema(description = "Payloads taken in.") long packets,
            @Schema(description = "Bytes taken in.") long bytes,
            @Schema(description = "Datagrams refused: not RTP on an RTP input, too long.") long invalidPackets,
            @Schema(description = "open, ended, or failed and why.") String state) {}

    @Schema(name = "MediaOutput", description = "A sink that is not RIST, with a queue of its own.")
    public record MediaOutputView(
            @Schema(description = "Payloads handed over.") long packets,
            @Schema(description = "Bytes handed over.") long bytes,
            @Schema(description = "Payloads dropped as the queue was full.") long droppedPackets,
            @Schema(description = "Payloads in the queue.") long queuedPackets,
            @Schema(description = "sending, idle, or failed and why.") String state) {}
}
